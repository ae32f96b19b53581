/**
 * Some rows of a table, read from the files as they are.
 *
 * Facts are in time order within a part, so the newest (or first) rows of a table are the ends of the
 * parts of its newest (or first) days: nothing else is read, however large the table is. Any other
 * order is over one day, all rows of which are looked at.
 */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { codecOf } from '../../tables/compression.ts';
import type { Order, TableInfo } from './catalogue.ts';
import { firstRecords, lastLines } from './ends.ts';
import { mergedLines } from './merge.ts';
import { daysOf, partsOf } from './parts.ts';
import { QUOTE, recordsIn } from './records.ts';
import { Remembered } from './remembered.ts';
import { type ScanOptions, scan } from './scan.ts';
import { Turns } from './turns.ts';
import { fieldValue, isNumber, type Value } from './values.ts';

export interface Page {
  readonly limit: number;
  readonly offset: number;
  readonly order?: Order | undefined;
}

export type PreviewRow = Readonly<Record<string, Value>>;

export interface Preview {
  readonly rows: readonly PreviewRow[];
  /** The day that they are of, where it is one. */
  readonly day: string | null;
}

/** Days that are read whole at a time; each takes a few megabytes. */
const AT_A_TIME = 2;
/** How often parts are looked for anew if a run moves them just then. */
const ATTEMPTS = 5;

export class Previews {
  private readonly remembered = new Remembered();
  private readonly turns = new Turns(AT_A_TIME);

  /** Rows of a master table; in the order of the file unless another is asked for. */
  async master(folder: string, table: TableInfo, page: Page): Promise<Preview> {
    const files = () => [path.join(folder, `${table.name}.csv`)];
    const rows = await this.first(table, files, page.offset + page.limit, page.order);
    return { rows: pageOf(table, rows, page), day: null };
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
    const rows: string[] = [];
    for (const day of oldestFirst ? days : days.reverse()) {
      const left = wanted - rows.length;
      const ofDay = await this.firstOfDay(facts, table, day, left, byTime(table, oldestFirst));
      rows.push(...ofDay.slice(0, left));
      if (rows.length >= wanted) break;
    }
    return { rows: pageOf(table, rows, page), day: null };
  }

  /** The newest rows of the newest day; among them any order. */
  async recent(facts: string, table: TableInfo, page: Page): Promise<Preview> {
    const wanted = page.offset + page.limit;
    for (const day of daysOf(facts, table.name).reverse()) {
      const newest = await this.firstOfDay(facts, table, day, wanted, byTime(table, false));
      if (newest.length === 0) continue;
      const rows = pageOf(table, newest, page);
      return { rows: page.order === undefined ? rows : sorted(rows, page.order), day };
    }
    return { rows: [], day: null };
  }

  /** Rows of one day, in any order. */
  async ofDay(facts: string, table: TableInfo, day: string, page: Page): Promise<Preview> {
    const { offset, limit, order = byTime(table, true) } = page;
    const rows = await this.firstOfDay(facts, table, day, offset + limit, order);
    return { rows: pageOf(table, rows, page), day };
  }

  private firstOfDay(
    facts: string,
    table: TableInfo,
    day: string,
    wanted: number,
    order: Order,
  ): Promise<readonly string[]> {
    const files = () => partsOf(facts, table.name, day).map(({ file }) => file);
    return this.first(table, files, wanted, order);
  }

  /** The first `wanted` rows of files, or more, as they stand; by no order as in the file. */
  private async first(
    table: TableInfo,
    filesNow: () => string[],
    wanted: number,
    order: Order | undefined,
  ): Promise<readonly string[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        const files = filesNow();
        const key = [
          order?.column.name,
          order?.descending,
          ...(await Promise.all(files.map(mark))),
        ];
        return await this.remembered.rows(key.join(' '), wanted, (keep) =>
          this.find(table, files, keep, order),
        );
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        // A run moved a part while it was looked for, and it lies there under another name; or it is gone.
        if (attempt === ATTEMPTS) return [];
      }
    }
  }

  private async find(
    table: TableInfo,
    files: readonly string[],
    keep: number,
    order: Order | undefined,
  ): Promise<readonly string[]> {
    if (order === undefined) {
      const beginnings = await Promise.all(files.map((file) => firstRecords(file, keep)));
      return beginnings.flatMap(recordsIn);
    }
    const isByTime = table.kind === 'fact' && order.column.name === 'EventTS';
    const found = isByTime ? await this.endsOf(files, keep, order) : undefined;
    return found ?? this.turns.take(() => scan(files, scanOptions(table, order, keep, isByTime)));
  }

  /** The first rows by time; undefined if they can't be told from the ends of the parts. */
  private async endsOf(
    files: readonly string[],
    keep: number,
    { descending }: Order,
  ): Promise<readonly string[] | undefined> {
    const take = descending ? lastLines : firstRecords;
    const takeAll = () => Promise.all(files.map((file) => take(file, keep)));
    const isCompressed = files.some((file) => codecOf(file) !== undefined);
    const ends = await (isCompressed ? this.turns.take(takeAll) : takeAll());
    // A text in quotes may go over several lines; few tables have any, and those are small.
    if (ends.some((bytes) => bytes.includes(QUOTE))) return undefined;
    return mergedLines(ends, { limit: keep, oldestFirst: !descending });
  }
}

function scanOptions(
  { columns }: TableInfo,
  { column, descending }: Order,
  keep: number,
  isByTime: boolean,
): ScanOptions {
  return {
    place: { column: columns.indexOf(column), columns: columns.length },
    isNumber: isNumber(column),
    descending,
    keep,
    // As the ends of parts are merged.
    lastOfEqualsFirst: isByTime && descending,
  };
}

function byTime({ columns }: TableInfo, oldestFirst: boolean): Order {
  const column = columns.find(({ name }) => name === 'EventTS');
  if (column === undefined) throw new Error('Facts have a time.');
  return { column, descending: !oldestFirst };
}

/** A file as it is now. */
async function mark(file: string): Promise<string> {
  const { ino, size, mtimeMs } = await stat(file);
  return `${file} ${ino} ${size} ${mtimeMs}`;
}

function pageOf(
  { columns }: TableInfo,
  rows: readonly string[],
  { offset, limit }: Page,
): PreviewRow[] {
  return rows.slice(offset, offset + limit).map((row) => {
    const fields = row.includes('"') ? (parse(row) as string[][])[0] : row.split(',');
    return Object.fromEntries(
      columns.map((column, at) => [column.name, fieldValue(fields[at] ?? '', column)]),
    );
  });
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
