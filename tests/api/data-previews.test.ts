/** Previews of parts stored in every way, against sorting all rows in memory. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type Order, type TableInfo, tableNamed } from '../../src/api/data/catalogue.ts';
import { Previews } from '../../src/api/data/preview.ts';
import { fieldValue } from '../../src/api/data/values.ts';
import type { Column } from '../../src/domain/columns.ts';
import { loadZstd } from '../../src/tables/compression.ts';
import { csvChunks } from '../../src/tables/csv-file.ts';
import { type AnyRecord, recordOf } from '../tables/arbitraries.ts';

const DAY = '2024-01-01';
const DAY_MS = Date.UTC(2024, 0, 1);
const base = mkdtempSync(path.join(os.tmpdir(), 'sim-previews-'));
afterAll(() => rmSync(base, { recursive: true }));

const { Encoder } = await loadZstd();
const encoder = new Encoder(1);

/** A part as it is stored, with the ending of its name. */
const STORED: Record<string, (text: Buffer) => [ending: string, bytes: Buffer]> = {
  plain: (text) => ['', text],
  gzip: (text) => ['.gz', gzipSync(text)],
  // Frames end anywhere, as those of a long part do.
  zstd: (text) => {
    const half = text.length >> 1;
    const frames = [text.subarray(0, half), text.subarray(half)];
    return ['.zst', Buffer.concat(frames.map((frame) => encoder.encodeSync(frame)))];
  },
};

let folders = 0;
/** A folder of facts with a day of a table, one part for each text. */
function factsOf(table: string, parts: readonly string[], stored: string): string {
  const facts = path.join(base, String(folders++));
  const folder = path.join(facts, table, `dt=${DAY}`);
  mkdirSync(folder, { recursive: true });
  for (const [region, text] of parts.entries()) {
    const [ending, bytes] = STORED[stored](Buffer.from(text));
    writeFileSync(path.join(folder, `part-${region + 1}.csv${ending}`), bytes);
  }
  return facts;
}

/** Parts in time order, with many rows of one instant. */
const partsOf = ({ columns }: TableInfo): fc.Arbitrary<string[]> => {
  const rows = fc.array(fc.tuple(fc.nat(5), recordOf(columns)), { maxLength: 12 });
  const texts = rows.map((some) => {
    const records = some
      .toSorted(([a], [b]) => a - b)
      .map(([second, record]): AnyRecord => ({ ...record, eventMs: DAY_MS + second * 1000 }));
    return [...csvChunks(columns, records as never)].join('');
  });
  return fc.array(texts, { minLength: 1, maxLength: 6 });
};

type Row = Record<string, string>;
const rowsOf = (parts: readonly string[]) =>
  parts.flatMap((text) => parse(text, { columns: true }) as Row[]);

const bytes = (text: string) => Buffer.from(text);
const NUMBERS = ['int', 'money', 'real'];

function compare(column: Column, a: string, b: string): number {
  return NUMBERS.includes(column.type) ? Number(a) - Number(b) : Buffer.compare(bytes(a), bytes(b));
}

/**
 * All rows in an order, those without a value last; equal ones by their lines, or where any is in quotes by all
 * columns, as texts.
 */
function inOrder(
  all: readonly Row[],
  { columns }: TableInfo,
  { column, descending }: Order,
  isQuoted = false,
): Row[] {
  const by = (one: string, other: string, sign: number, way: typeof compare, of: Column) => {
    if (one === '' || other === '') return (one === '' ? 1 : 0) - (other === '' ? 1 : 0);
    return sign * way(of, one, other);
  };
  const asText = (_: Column, a: string, b: string) => Buffer.compare(bytes(a), bytes(b));
  return all.toSorted((a, b) => {
    const { name } = column;
    const first = by(a[name], b[name], descending ? -1 : 1, compare, column);
    if (first !== 0) return first;
    if (!isQuoted) return Buffer.compare(bytes(lineOf(a)), bytes(lineOf(b)));
    for (const each of columns) {
      const next = by(a[each.name], b[each.name], 1, asText, each);
      if (next !== 0) return next;
    }
    return 0;
  });
}

const lineOf = (row: Row) => Object.values(row).join();

/** All rows by time; those of one instant in the order of the files, or against it, the newest first. */
function byTime(all: readonly Row[], descending: boolean): Row[] {
  const rows = descending ? [...all].reverse() : [...all];
  const sign = descending ? -1 : 1;
  return rows.sort((a, b) => sign * Buffer.compare(bytes(a.EventTS), bytes(b.EventTS)));
}

const shown = (rows: readonly Row[], { columns }: TableInfo) =>
  rows.map((row) =>
    Object.fromEntries(columns.map((one) => [one.name, fieldValue(row[one.name] || null, one)])),
  );

describe.each(Object.keys(STORED))('parts stored %s', (stored) => {
  it.each(['supply_chain_disruption', 'truck_moves', 'payments', 'ble_pings'])(
    'show a day of %s in any order as sorting it would',
    async (name) => {
      const table = tableNamed(name, 'fact');
      const previews = new Previews();
      const check = fc.asyncProperty(
        partsOf(table),
        fc.nat(table.columns.length - 1),
        fc.boolean(),
        fc.integer({ min: 1, max: 30 }),
        fc.nat(30),
        async (parts, at, descending, limit, offset) => {
          const order = { column: table.columns[at], descending };
          const page = { limit, offset, order };
          const { rows } = await previews.ofDay(factsOf(name, parts, stored), table, DAY, page);
          const all = rowsOf(parts);
          const isQuoted = parts.join().includes('"');
          // Texts in quotes are DuckDB's work in any order.
          const isByEnds = order.column.name === 'EventTS' && !isQuoted;
          const expected = isByEnds
            ? byTime(all, descending)
            : inOrder(all, table, order, isQuoted);
          const wanted = shown(expected.slice(offset, offset + limit), table);
          if (order.column.name !== 'EventTS' || isByEnds) expect(rows).toEqual(wanted);
          else expect(rows.map((row) => row.EventTS)).toEqual(wanted.map((row) => row.EventTS));
        },
      );
      await fc.assert(check, { seed: 11, numRuns: 40 });
      await previews.close();
    },
  );

  it('show the ends of parts that are longer than one read', async () => {
    const name = 'ble_pings';
    const table = tableNamed(name, 'fact');
    const parts = [0, 1].map((part) => {
      const rows = Array.from({ length: 6000 }, (_, at) => {
        const instant = new Date(DAY_MS + at * 500 + part).toISOString();
        return `S${part}-${at},${instant},${at % 40},B1-${at},BLE-1,-${(at * 7919) % 97},TOYS,S1-1\n`;
      });
      return `${table.columns.map((column) => column.name).join(',')}\n${rows.join('')}`;
    });
    const facts = factsOf(name, parts, stored);
    const all = rowsOf(parts);
    const previews = new Previews();
    for (const name of ['EventTS', 'RSSI', 'StoreID']) {
      for (const descending of [false, true]) {
        const order = { column: table.columns.find((one) => one.name === name)!, descending };
        const expected = name === 'EventTS' ? byTime(all, descending) : inOrder(all, table, order);
        const page = { limit: 20, offset: 5990, order };
        const { rows } = await previews.ofDay(facts, table, DAY, page);
        expect(rows).toEqual(shown(expected.slice(5990, 6010), table));
      }
    }
    await previews.close();
  });
});

describe('a part that changes', () => {
  const table = tableNamed('store_ops', 'fact');
  const order = { column: table.columns[2], descending: false };
  const text = (stores: readonly number[]) =>
    [
      'TraceId,EventTS,StoreID,Operation',
      ...stores.map((store) => `W${store}-1,2024-01-01T05:00:00.000Z,${store},OPENED`),
      '',
    ].join('\n');

  it('is shown with its present content', async () => {
    const previews = new Previews();
    const facts = factsOf('store_ops', [text([3, 1, 2])], 'plain');
    const stores = async () => {
      const { rows } = await previews.ofDay(facts, table, DAY, { limit: 9, offset: 0, order });
      return rows.map((row) => row.StoreID);
    };
    expect(await stores()).toEqual([1, 2, 3]);
    const part = path.join(facts, 'store_ops', `dt=${DAY}`, 'part-1.csv');
    writeFileSync(`${part}.new`, text([12, 7]));
    renameSync(`${part}.new`, part);
    expect(await stores()).toEqual([7, 12]);
    // Compressed meanwhile: another name, the same rows.
    writeFileSync(`${part}.gz`, gzipSync(text([12, 7])));
    rmSync(part);
    expect(await stores()).toEqual([7, 12]);
    rmSync(`${part}.gz`);
    expect(await stores()).toEqual([]);
  });

  it('is found under its new name if it is renamed during the search', async () => {
    const previews = new Previews();
    const facts = factsOf('store_ops', [text([2, 1])], 'gzip');
    const part = path.join(facts, 'store_ops', `dt=${DAY}`, 'part-1.csv');
    // It leads nowhere, and comes first, as a plain part would that is just removed.
    symlinkSync(`${part}.gone`, part);
    const looking = previews.ofDay(facts, table, DAY, { limit: 9, offset: 0, order });
    rmSync(part);
    const { rows } = await looking;
    expect(rows.map((row) => row.StoreID)).toEqual([1, 2]);
  });
});
