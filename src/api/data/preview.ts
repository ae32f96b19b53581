/**
 * Some rows of a table, read from its files.
 *
 * Facts are in order of time within a part, so the newest (or first) rows of a table are at the ends of the
 * parts of its newest (or first) days: only these are read, however large the table is. DuckDB sorts the rows of
 * one day in other orders (`sorting.ts`).
 */
import { formatOfFile } from '../../domain/formats.ts';
import { masterFile } from '../../store/read-master.ts';
import type { Order, TableInfo } from './catalogue.ts';
import { DayCounts } from './day-counts.ts';
import { Duck } from './duck.ts';
import { firstLines, lastLines } from './ends.ts';
import { mergedLines } from './merge.ts';
import { daysOf, partsOf } from './parts.ts';
import { type Fields, someRows, sortedLines, sortedRows } from './sorting.ts';
import { type Value, fieldValue } from './values.ts';

export interface Page {
  readonly limit: number;
  readonly offset: number;
  readonly order?: Order | undefined;
  /** Whether to return fields as in the file; otherwise they are converted to values. */
  readonly asText?: boolean;
}

export type PreviewRow = Readonly<Record<string, Value>>;

export interface Preview {
  readonly rows: readonly PreviewRow[];
  /** The day of the rows, if they are of one day. */
  readonly day: string | null;
}

const QUOTE = 0x22;
/** Maximum number of attempts when a run moves parts at the same time. */
const ATTEMPTS = 5;

export class Previews {
  private readonly duck = new Duck();
  private readonly counts = new DayCounts();

  /** Loads DuckDB in advance, so that the first request does not wait for it. */
  warm(): Promise<void> {
    return this.duck.warm();
  }

  /** Returns rows of a master table, by default in the order of the file. */
  async master(folder: string, table: TableInfo, page: Page): Promise<Preview> {
    const files = [masterFile(folder, table.name)];
    const { order } = page;
    const rows = await withRetries(() =>
      order === undefined
        ? someRows(this.duck, table, files, page)
        : sortedRows(this.duck, table, files, { ...page, order }),
    );
    return { rows: rows.map((fields) => rowOf(table, fields, page)), day: null };
  }

  /** Returns the number of rows of a day. */
  rowsOfDay(facts: string, table: TableInfo, day: string): Promise<number> {
    return this.counts.ofDay(facts, table.name, day);
  }

  /** Returns rows by time over all days: the newest or the oldest first. */
  async byTime(
    facts: string,
    table: TableInfo,
    page: Page,
    oldestFirst: boolean,
  ): Promise<Preview> {
    const wanted = page.offset + page.limit;
    const days = daysOf(facts, table.name);
    const ordered = oldestFirst ? days : days.reverse();
    const rows: PreviewRow[] = [];
    for (const day of ordered) {
      const some = { ...page, limit: wanted - rows.length, offset: 0 };
      rows.push(...(await this.endsOfDay(facts, table, day, some, oldestFirst)));
      if (rows.length >= wanted) break;
    }
    return { rows: rows.slice(page.offset, wanted), day: null };
  }

  /** Returns the newest rows of the newest day, in any order. */
  async recent(facts: string, table: TableInfo, page: Page): Promise<Preview> {
    const all = { ...page, limit: page.offset + page.limit, offset: 0 };
    for (const day of daysOf(facts, table.name).reverse()) {
      const newest = await this.endsOfDay(facts, table, day, all, false);
      if (newest.length === 0) continue;
      const rows = newest.slice(page.offset);
      return { rows: page.order === undefined ? rows : sorted(rows, page, page.order), day };
    }
    return { rows: [], day: null };
  }

  /** Returns rows of one day, in any order. */
  async ofDay(facts: string, table: TableInfo, day: string, page: Page): Promise<Preview> {
    const { order } = page;
    if (order === undefined || order.column.name === 'EventTS') {
      const oldestFirst = order?.descending !== true;
      return { rows: await this.endsOfDay(facts, table, day, page, oldestFirst), day };
    }
    const rows = await withRetries(async () => {
      const files = partsOf(facts, table.name, day).map(({ file }) => file);
      const lines = await sortedLines(this.duck, table, files, { ...page, order });
      if (lines !== undefined) return lines.map((line) => line.split(','));
      return sortedRows(this.duck, table, files, { ...page, order });
    });
    return { rows: rows.map((fields) => rowOf(table, fields, page)), day };
  }

  async close(): Promise<void> {
    await this.duck.close();
  }

  /** Returns rows of a day by time, from the ends of its parts. */
  private async endsOfDay(
    facts: string,
    table: TableInfo,
    day: string,
    page: Page,
    oldestFirst: boolean,
  ): Promise<PreviewRow[]> {
    const { limit, offset } = page;
    const column = table.columns.find(({ name }) => name === 'EventTS');
    if (column === undefined) throw new Error(`${table.name} has no time to order by`);
    const take = oldestFirst ? firstLines : lastLines;
    const rows = await withRetries(async () => {
      const files = partsOf(facts, table.name, day).map(({ file }) => file);
      if (files.some((file) => formatOfFile(file) !== 'csv')) {
        return sortedRows(this.duck, table, files, {
          limit,
          offset,
          order: { column, descending: !oldestFirst },
        });
      }
      const ends = await Promise.all(files.map((file) => take(file, limit + offset)));
      // A quoted text may span several lines; few tables have them, and these are small.
      if (ends.some((bytes) => bytes.includes(QUOTE))) {
        const order = { column, descending: !oldestFirst };
        return sortedRows(this.duck, table, files, { limit, offset, order });
      }
      const lines = mergedLines(ends, { limit, offset, oldestFirst });
      return lines.map((line) => line.split(','));
    });
    return rows.map((fields) => rowOf(table, fields, page));
  }
}

function rowOf({ columns }: TableInfo, fields: Fields, { asText = false }: Page): PreviewRow {
  const valueIn = asText ? (text: string | null) => text ?? '' : fieldValue;
  return Object.fromEntries(
    columns.map((column, at) => [column.name, valueIn(fields[at], column)]),
  );
}

/** Repeats a query if a run has renamed or removed a part meanwhile. */
async function withRetries(find: () => Promise<Fields[]>): Promise<Fields[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await find();
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && !/No files found|Cannot open file/.test(message)) throw error;
      if (attempt === ATTEMPTS) return [];
    }
  }
}

function sorted(
  rows: readonly PreviewRow[],
  { asText = false }: Page,
  { column, descending }: Order,
): PreviewRow[] {
  const sign = descending ? -1 : 1;
  const valueIn = (row: PreviewRow) => {
    const value = row[column.name];
    return asText ? fieldValue(value as string, column) : value;
  };
  return rows.toSorted((a, b) => {
    const [one, other] = [valueIn(a), valueIn(b)];
    if (one === other) return 0;
    if (one === null) return 1;
    if (other === null) return -1;
    return one < other ? -sign : sign;
  });
}
