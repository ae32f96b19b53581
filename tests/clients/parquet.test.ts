/**
 * A world in Parquet, read by PyArrow and Polars: rows, types, nulls, sums of money and stock are those of its CSV. Needs
 * SIM_TEST_PYTHON, the interpreter that has tests/clients/requirements.txt.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateHistory } from '../../src/run/generation.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import { worldPaths } from '../../src/store/paths.ts';
import { worldTables } from '../../src/tables/world-tables.ts';
import { configOf } from '../../src/world/config.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';
import { SMALL_VOLUME } from '../run/small-world.ts';
import { available, hasPythonModule, output, PYTHON } from './programs.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-parquet-clients-'));
const world = path.join(base, 'w');
const FROM_MS = Date.parse('2024-03-08T00:00:00Z');
const TO_MS = Date.parse('2024-03-10T14:00:00Z');
afterAll(() => rmSync(base, { recursive: true, force: true }));

const isThere = available(
  hasPythonModule('polars') && hasPythonModule('pyarrow'),
  'Parquet is not read by PyArrow and Polars: SIM_TEST_PYTHON names no Python that has them (tests/clients)',
);

describe.skipIf(!isThere)('PyArrow and Polars', () => {
  let found: Record<string, unknown>;
  beforeAll(async () => {
    await generateHistory({
      settings: {
        config: configOf({ seed: 5, volume: SMALL_VOLUME }),
        dictionaries: loadDictionaries(),
        scenarios: [],
      },
      paths: worldPaths(world),
      makeWorld: simulatedWorld,
      window: { fromMs: FROM_MS, toMs: TO_MS },
      workers: 1,
      formats: ['csv', 'parquet'],
      nowMs: () => TO_MS,
    });
    const script = path.join(import.meta.dirname, 'parquet.py');
    found = JSON.parse(await output(PYTHON!, [script, world], base));
  }, 300_000);

  it('read every table, with the rows of its CSV', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const rows: Record<string, number> = {};
    for (const { name, files } of worldTables()) {
      const query = `SELECT count(*) FROM read_csv('${world}/${files}', all_varchar = true)`;
      rows[name] = Number((await connection.runAndReadAll(query)).getRows()[0][0]);
    }
    expect(found.arrow).toEqual(rows);
    expect(found.polars).toEqual(rows);
    const figure = async (value: string, table: string) => {
      const files = `${world}/facts/${table}/*/*.csv`;
      const query = `SELECT (${value})::VARCHAR FROM read_csv('${files}', hive_partitioning = false)`;
      return (await connection.runAndReadAll(query)).getRows()[0][0];
    };
    const cents = (column: string) => `sum(round("${column}" * 100)::BIGINT)`;
    expect(String(found.totalCents)).toBe(await figure(cents('Total'), 'receipts'));
    expect(String(found.lineCents)).toBe(await figure(cents('ExtPrice'), 'receipt_lines'));
    expect(String(found.units)).toBe(await figure('sum(QtyDelta)', 'store_inventory_txn'));
    expect(String(found.noStore)).toBe(await figure('count(*) - count(StoreID)', 'stockouts'));
    const last = await figure('epoch_ms(max(EventTS))', 'receipts');
    expect(String(Date.parse(found.last as string))).toBe(last);
  });

  it('find strict types, nulls where the catalogue has them, days and statistics', () => {
    expect(found.types).toMatchObject({
      TraceId: 'string',
      EventTS: 'timestamp[ms, tz=UTC]',
      StoreID: 'int32',
      Total: 'decimal128(18, 2)',
      TenderType: 'string',
    });
    expect(found.nullable).toEqual(['StoreID', 'DCID', 'BackroomQuantity']);
    expect(found.days).toEqual(['2024-03-08', '2024-03-09', '2024-03-10']);
    expect(found.statistics).toBe(true);
  });
});
