/**
 * Some rows of a table, read from the files as they are.
 *
 * Facts are in time order within a part, so the newest (or first) rows of a table are the ends of the
 * parts of its newest (or first) days: nothing else is read, however large the table is. Any other
 * order is over one day, and DuckDB's work (`sorting.ts`).
 */
import path from 'node:path';
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
  /** Whether fields are wanted as they stand in the file; as the values that they mean without it. */
  readonly asText?: boolean;
}

export type PreviewRow = Readonly<Record<string, Value>>;

export interface Preview {
  readonly rows: readonly PreviewRow[];
  /** The day that they are of, where it is one. */
  readonly day: string | null;
}

const QUOTE = 0x22;
/** How often parts are looked for anew if a run moves them just then. */
const ATTEMPTS = 5;

export class Previews {
  private readonly duck = new Duck();
  private readonly counts = new DayCounts();

  /** Loads what takes a while to load, so that the first who asks does not wait for it. */
  warm(): Promise<void> {
    return this.duck.warm();
  }

  /** Rows of a master table; in the order of the file unless another is asked for. */
  async master(folder: string, table: TableInfo, page: Page): Promise<Preview> {
    const files = [path.join(folder, `${table.name}.csv`)];
    const { order } = page;
    const rows = await whereItLies(() =>
      order === undefined
        ? someRows(this.duck, table, files, page)
        : sortedRows(this.duck, table, files, { ...page, order }),
    );
    return { rows: rows.map((fields) => rowOf(table, fields, page)), day: null };
  }

  /** Rows of a day of a table. */
  rowsOfDay(facts: string, table: TableInfo, day: string): Promise<number> {
    return this.counts.ofDay(facts, table.name, day);
  }

  /** Rows by time over all days: the newest first, or the first first. */
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

  /** The newest rows of the newest day; among them any order. */
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

  /** Rows of one day, in any order. */
  async ofDay(facts: string, table: TableInfo, day: string, page: Page): Promise<Preview> {
    const { order } = page;
    if (order === undefined || order.column.name === 'EventTS') {
      const oldestFirst = order?.descending !== true;
      return { rows: await this.endsOfDay(facts, table, day, page, oldestFirst), day };
    }
    const rows = await whereItLies(async () => {
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

  /** Rows of a day by time, out of the ends of its parts. */
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
    const rows = await whereItLies(async () => {
      const files = partsOf(facts, table.name, day).map(({ file }) => file);
      const ends = await Promise.all(files.map((file) => take(file, limit + offset)));
      // A text in quotes may go over several lines; few tables have any, and those are small.
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

/** Looks for rows again where a run has moved a part meanwhile: it lies there under another name, or is gone. */
async function whereItLies(find: () => Promise<Fields[]>): Promise<Fields[]> {
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
