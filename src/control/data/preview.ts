/**
 * Some rows of a table, read from the files as they are.
 *
 * Facts are in time order within a part, so the newest (or first) rows of a table are the ends of the
 * parts of its newest (or first) days: nothing else is read, however large the table is. Any other
 * order is over one day, and DuckDB's work; so are compressed parts, which can't be entered at their ends.
 */
import path from 'node:path';
import { identifier, quoted } from '../../verify/column-types.ts';
import type { Order, TableInfo } from './catalogue.ts';
import { Duck } from './duck.ts';
import { firstLines, lastLines } from './ends.ts';
import { mergedLines } from './merge.ts';
import { daysOf, partsOf } from './parts.ts';
import { orderExpression, type Value, fieldValue } from './values.ts';

export interface Page {
  readonly limit: number;
  readonly offset: number;
  readonly order?: Order | undefined;
}

const QUOTE = 0x22;

export type PreviewRow = Readonly<Record<string, Value>>;

export interface Preview {
  readonly rows: readonly PreviewRow[];
  /** The day that they are of, where it is one. */
  readonly day: string | null;
}

export class Previews {
  private readonly duck = new Duck();

  /** Rows of a master table; in the order of the file unless another is asked for. */
  async master(folder: string, table: TableInfo, page: Page): Promise<Preview> {
    const file = path.join(folder, `${table.name}.csv`);
    return { rows: await this.query(table, [file], page), day: null };
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
      const some = { limit: wanted - rows.length, offset: 0 };
      rows.push(...(await this.endsOfDay(facts, table, day, some, oldestFirst)));
      if (rows.length >= wanted) break;
    }
    return { rows: rows.slice(page.offset, wanted), day: null };
  }

  /** The newest rows of the newest day; among them any order. */
  async recent(facts: string, table: TableInfo, page: Page): Promise<Preview> {
    for (const day of daysOf(facts, table.name).reverse()) {
      const rows = await this.endsOfDay(facts, table, day, page, false);
      if (rows.length === 0) continue;
      return { rows: page.order === undefined ? rows : sorted(rows, page.order), day };
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
    const files = partsOf(facts, table.name, day).map(({ file }) => file);
    return { rows: await this.query(table, files, page), day };
  }

  async close(): Promise<void> {
    await this.duck.close();
  }

  /** Rows of a day by time; where parts are plain only their ends are read. */
  private async endsOfDay(
    facts: string,
    table: TableInfo,
    day: string,
    { limit, offset }: Page,
    oldestFirst: boolean,
  ): Promise<PreviewRow[]> {
    const column = table.columns.find(({ name }) => name === 'EventTS');
    if (column === undefined) return [];
    const parts = partsOf(facts, table.name, day);
    const whole = () => {
      const files = parts.map(({ file }) => file);
      const order = { column, descending: !oldestFirst };
      return this.query(table, files, { limit, offset, order });
    };
    if (parts.some(({ compressed }) => compressed)) return whole();
    const take = oldestFirst ? firstLines : lastLines;
    const ends = await Promise.all(
      parts.map(({ file }) => take(file, limit + offset).catch(whereGone(Buffer.alloc(0)))),
    );
    // A text in quotes may go over several lines; few tables have any, and those are small.
    if (ends.some((bytes) => bytes.includes(QUOTE))) return whole();
    const lines = mergedLines(ends, { limit, offset, oldestFirst });
    return lines.map((line) => rowOf(table, line.split(',')));
  }

  private async query(
    table: TableInfo,
    files: readonly string[],
    { limit, offset, order }: Page,
  ): Promise<PreviewRow[]> {
    if (files.length === 0) return [];
    const { columns } = table;
    const types = columns.map(({ name }) => `${quoted(name)}: 'VARCHAR'`).join(', ');
    const fields = columns.map(({ name }) => identifier(name)).join(', ');
    const sorting =
      order === undefined
        ? ''
        : `ORDER BY ${orderExpression(order.column)} ${order.descending ? 'DESC' : 'ASC'} NULLS LAST`;
    const rows = await this.duck
      .rows(
        `SELECT ${fields} FROM read_csv([${files.map(quoted).join(', ')}],
           auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
           new_line = '\\n', nullstr = '', columns = {${types}})
         ${sorting} LIMIT ${limit} OFFSET ${offset}`,
      )
      .catch(whereGone([]));
    return rows.map((row) => rowOf(table, row));
  }
}

function rowOf({ columns }: TableInfo, fields: readonly (string | null)[]): PreviewRow {
  return Object.fromEntries(
    columns.map((column, at) => [column.name, fieldValue(fields[at], column)]),
  );
}

/** A run may move a part while it is looked for: what is not there has no rows. */
function whereGone<Value_>(instead: Value_): (error: unknown) => Value_ {
  return (error) => {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || /No files found|Cannot open file/.test(message)) return instead;
    throw error;
  };
}

function sorted(rows: readonly PreviewRow[], { column, descending }: Order): PreviewRow[] {
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [one, other] = [a[column.name], b[column.name]];
    if (one === other) return 0;
    if (one === null) return 1;
    if (other === null) return -1;
    return one < other ? -sign : sign;
  });
}
