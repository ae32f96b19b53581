/** Parquet files of any records: what two readers that are not ours find in them is what the CSV shows. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Column } from '../../../src/domain/columns.ts';
import { FACTS } from '../../../src/domain/facts.ts';
import { idBase } from '../../../src/domain/ids.ts';
import { ParquetEncoder } from '../../../src/tables/parquet/encoder.ts';
import { idDictionary } from '../../../src/tables/parquet/id-dictionary.ts';
import {
  readFooter,
  readTable,
  rowsIn,
  schemaFault,
} from '../../../src/tables/parquet/read-table.ts';
import { toText } from '../../../src/tables/text.ts';
import { textSource } from '../../../src/verify/table-source.ts';
import { type AnyRecord, recordOf } from '../arbitraries.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-parquet-'));
afterAll(() => rmSync(base, { recursive: true }));
const connection = await (await DuckDBInstance.create(':memory:')).connect();

const TYPES = [
  'id',
  'instant',
  'int',
  'money',
  'real',
  'date',
  'bool',
  'choice',
  'ble',
  'ad',
] as const;
/** Each type twice: with nulls, and without. */
const COLUMNS: readonly Column[] = [...TYPES, 'text' as const].flatMap((type) =>
  [false, true].map((nullable) => ({
    name: `${nullable ? 'Maybe' : ''}${type}`,
    field: `${type}${nullable ? 'OrNull' : ''}`,
    type,
    nullable,
    about: '',
    ...(type === 'choice' && { values: ['A, B', 'é', '"', '🚚'] }),
    ...(type === 'real' && { scale: 3 }),
  })),
);
const NARROW = 2 ** 31 - 1;
const YEAR_9999 = 253402300799999;

/** Brings values into the range of the stored types, and money into that of floats, which hyparquet returns; a null that is not one becomes another number. */
function within(record: AnyRecord): AnyRecord {
  const values = COLUMNS.map(({ field, type, nullable }) => {
    const value = record[field];
    // UTF-8 has no half of a surrogate pair.
    if (type === 'text') return [field, Buffer.from(String(value)).toString()];
    if (nullable && value === -1) return [field, value];
    const most = { int: NARROW, money: 1e13, real: 1e9, instant: YEAR_9999, date: YEAR_9999 };
    const bound = most[type as keyof typeof most] ?? Number.MAX_SAFE_INTEGER;
    const kept = Math.max(
      type === 'instant' || type === 'date' ? 0 : -bound,
      Math.min(bound, Number(value)),
    );
    // A decimal has no -0.
    const stored = type === 'real' ? Number(kept.toFixed(3)) || 0 : kept;
    return [field, nullable && stored === -1 ? 5 : stored];
  });
  return Object.fromEntries(values) as AnyRecord;
}

function fileOf(
  columns: readonly Column[],
  records: readonly AnyRecord[],
  groupRows: number,
): Buffer {
  const encoder = new ParquetEncoder(columns, groupRows);
  encoder.begin();
  const pieces: Buffer[] = [];
  for (const record of records) {
    if (encoder.isFull) pieces.push(Buffer.from(encoder.takeGroup()));
    encoder.put(record as never);
  }
  return Buffer.concat([...pieces, encoder.finish()]);
}

const shown = (columns: readonly Column[], records: readonly AnyRecord[]) =>
  records.map((record) => columns.map((column) => toText(column, record[column.field])));

let files = 0;
function written(bytes: Uint8Array): string {
  const file = path.join(base, `${files++}.parquet`);
  writeFileSync(file, bytes);
  return file;
}

describe('a file of any records', () => {
  const anyRecords = fc.array(recordOf(COLUMNS).map(within), { maxLength: 40 });

  it('is read by DuckDB and hyparquet as what the CSV shows, types and nulls included', async () => {
    const property = fc.asyncProperty(
      anyRecords,
      fc.integer({ min: 1, max: 50 }),
      async (records, rows) => {
        const file = written(fileOf(COLUMNS, records, rows));
        const expected = shown(COLUMNS, records);
        const found = await connection.runAndReadAll(
          `SELECT * FROM ${textSource([file], COLUMNS, 'parquet')}`,
        );
        expect(found.getRowsJS().map((row) => row.map((value) => value ?? ''))).toEqual(expected);
        expect(readTable(file, COLUMNS).map((row) => Object.values(row))).toEqual(expected);
        expect(rowsIn(file)).toBe(records.length);
        rmSync(file);
      },
    );
    await fc.assert(property, { numRuns: 40 });
  });

  it('is the same in one go, and saved and restored anywhere', () => {
    const property = fc.property(
      anyRecords,
      fc.nat(40),
      fc.integer({ min: 1, max: 12 }),
      (records, at, rows) => {
        const first = new ParquetEncoder(COLUMNS, rows);
        first.begin();
        const pieces: Buffer[] = [];
        const put = (encoder: ParquetEncoder, some: readonly AnyRecord[]) => {
          for (const record of some) {
            if (encoder.isFull) pieces.push(Buffer.from(encoder.takeGroup()));
            encoder.put(record as never);
          }
        };
        put(first, records.slice(0, at));
        const saved = structuredClone(first.save('open/'));
        // What it shows to readers meanwhile does not change what follows.
        first.finish();
        const second = new ParquetEncoder(COLUMNS, rows);
        expect(second.restore(saved, 'open/')).toBe(
          pieces.reduce((sum, { length }) => sum + length, 0),
        );
        expect(second.rows).toBe(Math.min(at, records.length));
        put(second, records.slice(at));
        const whole = Buffer.concat([...pieces, second.finish()]);
        expect(whole.equals(fileOf(COLUMNS, records, rows))).toBe(true);
      },
    );
    fc.assert(property, { numRuns: 60 });
  });
});

describe('a file', () => {
  const { columns } = FACTS.stockouts;
  const session = idBase('session', 3);
  const stockout = (n: number) => ({
    traceId: session + n,
    eventMs: Date.UTC(2024, 0, 1) + n * 1000,
    storeId: n % 3 === 0 ? -1 : 1 + (n % 40),
    dcId: -1,
    productId: 1 + ((n * 7919) % 300_000),
    lastKnown: n % 7,
  });
  const records = Array.from({ length: 3000 }, (_, n) => ({
    ...Object.fromEntries(columns.map(({ field }) => [field, 0])),
    ...stockout(n),
  }));
  const file = written(fileOf(columns, records as never, 1000));
  const sql = async (query: string) => (await connection.runAndReadAll(query)).getRowsJS();

  it('has strict types: instants with a zone, integers of 32 bits, texts', async () => {
    const rows = await sql(`DESCRIBE SELECT * FROM '${file}'`);
    expect(rows.map(([name, type]) => [name, type]).slice(0, 5)).toEqual([
      ['TraceId', 'VARCHAR'],
      ['EventTS', 'TIMESTAMP WITH TIME ZONE'],
      ['StoreID', 'INTEGER'],
      ['DCID', 'INTEGER'],
      ['ProductID', 'INTEGER'],
    ]);
  });

  it('has money and reals as decimals, and days as dates', async () => {
    const some: Column[] = [
      { name: 'Total', field: 'cents', type: 'money', about: '' },
      { name: 'Latitude', field: 'latitude', type: 'real', scale: 5, about: '' },
      { name: 'Day', field: 'dayMs', type: 'date', about: '' },
    ];
    const values = { cents: -1230, latitude: 41.25, dayMs: Date.UTC(2024, 1, 29) };
    const one = written(fileOf(some, [values], 10));
    const types = await sql(`DESCRIBE SELECT * FROM '${one}'`);
    expect(types.map(([, type]) => type)).toEqual(['DECIMAL(18,2)', 'DECIMAL(18,5)', 'DATE']);
    const texts = await sql(`SELECT Total::VARCHAR, Latitude::VARCHAR, Day::VARCHAR FROM '${one}'`);
    expect(texts).toEqual([['-12.30', '41.25000', '2024-02-29']]);
  });

  it('has statistics of each row group by which engines skip it', async () => {
    const rows = await sql(`
      SELECT row_group_id, path_in_schema, stats_min_value, stats_max_value, stats_null_count
      FROM parquet_metadata('${file}') WHERE path_in_schema IN ('EventTS', 'StoreID', 'DCID')
      ORDER BY row_group_id, path_in_schema`);
    expect(rows.map((row) => row.map(String)).slice(0, 4)).toEqual([
      ['0', 'DCID', 'null', 'null', '1000'],
      ['0', 'EventTS', '2024-01-01 00:00:00+00', '2024-01-01 00:16:39+00', '0'],
      ['0', 'StoreID', '1', '40', '334'],
      ['1', 'DCID', 'null', 'null', '1000'],
    ]);
  });

  it('names no time and no version of the program, so that the same rows have the same bytes', () => {
    expect(readFileSync(file).equals(fileOf(columns, records as never, 1000))).toBe(true);
    expect(readFooter(file).created_by).toBe('synthetic-retail version 1.0.0 (build 1)');
  });

  it('tells another schema, and one that is cut', () => {
    expect(schemaFault(file, columns)).toBeUndefined();
    expect(schemaFault(file, FACTS.store_ops.columns)).toMatch(
      /^DCID INT32 OPTIONAL, expected Operation STRING REQUIRED$|expected/,
    );
    const cut = written(readFileSync(file).subarray(0, 500));
    expect(() => schemaFault(cut, columns)).toThrow(/footer/);
  });

  it('refuses an integer that its type does not hold, instead of another one', () => {
    const column = { name: 'Units', field: 'units', type: 'int', about: '' } as const;
    const encoder = new ParquetEncoder([column]);
    encoder.begin();
    encoder.put({ units: 2 ** 31 } as never);
    expect(() => encoder.finish()).toThrow(
      'Cannot write 2147483648 to the column Units: expected an integer of 32 bits',
    );
  });
});

describe('the ids of a column', () => {
  const ids = Float64Array.from(
    { length: 5000 },
    (_, n) => idBase('session', 1 + (n % 40)) + n * 977,
  );

  it('are numbered by their first appearance, however many', () => {
    const twice = Float64Array.from([...ids, ...ids]);
    for (let round = 0; round < 2; round++) {
      const { ids: found, positions } = idDictionary(twice, ids.length)!;
      expect(Buffer.from(found.slice().buffer).equals(Buffer.from(ids.buffer))).toBe(true);
      expect(positions.every((position, at) => position === at % ids.length)).toBe(true);
    }
    expect([...idDictionary(ids.subarray(7, 8), 1)!.positions]).toEqual([0]);
  });

  it('get no dictionary if too many are different', () => {
    expect(idDictionary(ids, ids.length - 1)).toBeUndefined();
    expect(idDictionary(ids, ids.length)!.ids).toHaveLength(ids.length);
  });

  it('are written alike, whether another column has the same or not', () => {
    const column = (name: string, nullable = false) =>
      ({ name, field: name, type: 'id', nullable, about: '' }) as const;
    const columns = [column('trace'), column('session'), column('other'), column('maybe', true)];
    const records = Array.from(ids.subarray(0, 300), (trace, n) => {
      const repeated = ids[n >> 3];
      return { trace: repeated, session: repeated, other: trace, maybe: n % 5 ? repeated : -1 };
    });
    const file = written(fileOf(columns, records as never, 100));
    expect(readTable(file, columns).map((row) => Object.values(row))).toEqual(
      shown(columns, records as never),
    );
  });
});
