/** Previews of parts stored in every way, against sorting all rows in memory. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type Order, type TableInfo, tableNamed } from '../../src/control/data/catalogue.ts';
import { Previews } from '../../src/control/data/preview.ts';
import { visitRecords } from '../../src/control/data/records.ts';
import { Remembered } from '../../src/control/data/remembered.ts';
import { visitPieces } from '../../src/control/data/scan.ts';
import { Turns } from '../../src/control/data/turns.ts';
import { fieldValue, isNumber } from '../../src/control/data/values.ts';
import { loadZstd } from '../../src/tables/compression.ts';
import { csvText } from '../../src/tables/csv-file.ts';
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
    return csvText(columns, records as never);
  });
  return fc.array(texts, { minLength: 1, maxLength: 6 });
};

type Row = Record<string, string>;
const rowsOf = (parts: readonly string[]) =>
  parts.flatMap((text) => parse(text, { columns: true }) as Row[]);

/** All rows in an order: equal ones as in the files, or by time against them where the newest come first. */
function inOrder(all: readonly Row[], table: TableInfo, { column, descending }: Order) {
  const rows = [...all];
  const isByTime = column.name === 'EventTS';
  if (isByTime && descending) rows.reverse();
  const sign = descending ? -1 : 1;
  rows.sort((one, other) => {
    const [a, b] = [one[column.name], other[column.name]];
    if (a === '' || b === '') return (a === '' ? 1 : 0) - (b === '' ? 1 : 0);
    return sign * (isNumber(column) ? Number(a) - Number(b) : Buffer.compare(bytes(a), bytes(b)));
  });
  return rows.map((row) =>
    Object.fromEntries(table.columns.map((one) => [one.name, fieldValue(row[one.name], one)])),
  );
}
const bytes = (text: string) => Buffer.from(text);

describe.each(Object.keys(STORED))('parts stored %s', (stored) => {
  it.each(['supply_chain_disruption', 'truck_moves', 'payments', 'ble_pings'])(
    'show a day of %s in any order as sorting it would',
    async (name) => {
      const table = tableNamed(name, 'fact');
      const check = fc.asyncProperty(
        partsOf(table),
        fc.nat(table.columns.length - 1),
        fc.boolean(),
        fc.integer({ min: 1, max: 30 }),
        fc.nat(30),
        async (parts, at, descending, limit, offset) => {
          const order = { column: table.columns[at], descending };
          const previews = new Previews();
          const facts = factsOf(name, parts, stored);
          const expected = inOrder(rowsOf(parts), table, order);
          const { rows } = await previews.ofDay(facts, table, DAY, { limit, offset, order });
          expect(rows).toEqual(expected.slice(offset, offset + limit));
          // Of what is remembered now, another page.
          const next = await previews.ofDay(facts, table, DAY, { limit: 3, offset: 1, order });
          expect(next.rows).toEqual(expected.slice(1, 4));
        },
      );
      await fc.assert(check, { seed: 11, numRuns: 40 });
    },
  );

  it('show the ends of parts that are longer than what is read at once', async () => {
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
    for (const column of ['EventTS', 'RSSI', 'StoreID']) {
      for (const descending of [false, true]) {
        const order = { column: table.columns.find((one) => one.name === column)!, descending };
        const expected = inOrder(all, table, order);
        const page = { limit: 20, offset: 5990, order };
        const { rows } = await previews.ofDay(facts, table, DAY, page);
        expect(rows).toEqual(expected.slice(5990, 6010));
      }
    }
  });
});

describe('records', () => {
  const field = fc.oneof(
    fc.constantFrom('', 'a', '-12', '"x, y"', '"one\ntwo"', '"a ""word"""', 'é'),
    fc.string({ unit: fc.constantFrom('a', 'b', '7'), maxLength: 9 }),
  );
  const content = fc.array(fc.tuple(field, field, field), { maxLength: 20 });

  it('are the same however their bytes are cut', async () => {
    const check = fc.asyncProperty(
      content,
      fc.integer({ min: 1, max: 40 }),
      fc.nat(2),
      async (rows, size, column) => {
        const text = Buffer.from([['A', 'B', 'C'], ...rows].map((row) => `${row}\n`).join(''));
        // The same buffer each time, as pieces of a file are.
        const buffer = Buffer.alloc(size);
        async function* pieces() {
          for (let at = 0; at < text.length; at += size) {
            yield buffer.subarray(0, text.copy(buffer, 0, at, at + size));
          }
        }
        const found: [string, string][] = [];
        await visitPieces(
          pieces(),
          { column, columns: 3 },
          {
            record: (all, from, to, fieldFrom, fieldTo) =>
              found.push([
                all.toString('utf8', from, to),
                all.toString('utf8', fieldFrom, fieldTo),
              ]),
          },
        );
        expect(found).toEqual(rows.map((row) => [row.join(','), row[column]]));
      },
    );
    await fc.assert(check, { seed: 12, numRuns: 500 });
  });

  it('that are shorter than their table keep to themselves', () => {
    const text = Buffer.from('1,2,3,4\n9\n5,6,7,8\n');
    for (const column of [0, 1, 2, 3]) {
      const spans: number[][] = [];
      visitRecords(
        text,
        { column, columns: 4 },
        {
          record: (_, ...span) => spans.push(span),
        },
      );
      expect(spans.map(([from, to]) => [from, to])).toEqual([
        [0, 7],
        [8, 9],
        [10, 17],
      ]);
      const [from, to, fieldFrom, fieldTo] = spans[1];
      expect(fieldFrom).toBeGreaterThanOrEqual(from);
      expect(fieldTo).toBeLessThanOrEqual(to);
    }
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

  it('is shown as it is now', async () => {
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

  it('is found under its new name when it goes while it is looked for', async () => {
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

describe('what is remembered', () => {
  it('serves what it has, looks again for more, and lets the oldest go', async () => {
    const remembered = new Remembered();
    const found: string[] = [];
    const rows = (key: string, wanted: number, width = 10) =>
      remembered.rows(key, wanted, async (keep) => {
        found.push(`${key} ${keep}`);
        return Array.from({ length: keep }, () => 'x'.repeat(width));
      });
    await Promise.all([rows('a', 5), rows('a', 900)]);
    expect(found).toEqual(['a 1000']);
    await rows('a', 1001);
    expect(found).toEqual(['a 1000', 'a 1001']);
    await rows('b', 10, 9000);
    await rows('a', 7);
    await rows('c', 10, 9000);
    await rows('a', 7);
    expect(found).toEqual(['a 1000', 'a 1001', 'b 1000', 'c 1000']);
    await rows('b', 10, 9000);
    expect(found.at(-1)).toBe('b 1000');
    expect(found.length).toBe(5);
  });

  it('is no failure', async () => {
    const remembered = new Remembered();
    const fail = () => remembered.rows('a', 1, () => Promise.reject(new Error('gone')));
    await expect(fail()).rejects.toThrow('gone');
    expect(await remembered.rows('a', 1, async () => ['row'])).toEqual(['row']);
  });
});

it('as much is under way at a time as may be, failures or not', async () => {
  const turns = new Turns(2);
  let underWay = 0;
  let most = 0;
  const work = (fails: boolean) =>
    turns.take(async () => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay--;
      if (fails) throw new Error('failed');
    });
  const outcomes = await Promise.allSettled([true, false, true, false, false].map(work));
  expect(outcomes.map(({ status }) => status[0])).toEqual(['r', 'f', 'r', 'f', 'f']);
  expect(most).toBe(2);
});
