/**
 * The Delta tables of a world, read by deltalake, Polars and DuckDB: rows and sums of every column of numbers are those of
 * its CSV. Needs SIM_TEST_PYTHON, the interpreter that has tests/clients/requirements.txt.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateHistory } from '../../src/run/generation.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import { readManifest } from '../../src/store/manifest.ts';
import { worldPaths } from '../../src/store/paths.ts';
import { worldIdOf } from '../../src/store/world-id.ts';
import { worldTables } from '../../src/tables/world-tables.ts';
import { readCommitted } from '../../src/verify/committed.ts';
import { deltaProblems } from '../../src/verify/delta-tables.ts';
import { configOf } from '../../src/world/config.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';
import { SMALL_VOLUME } from '../run/small-world.ts';
import { available, hasPythonModule, output, PYTHON } from './programs.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-delta-clients-'));
const world = path.join(base, 'w');
const HOUR_MS = 3_600_000;
const FROM_MS = Date.parse('2024-03-01T00:00:00Z');
/** A checkpoint after ten commits, and a day that was replaced. */
const ENDS_MS = ['2024-03-09T14:00:00Z', '2024-03-11T06:00:00Z'].map((text) => Date.parse(text));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const isThere = available(
  ['deltalake', 'polars', 'pyarrow', 'duckdb_extension_delta'].every(hasPythonModule),
  'Delta tables are not read by deltalake, Polars and DuckDB: SIM_TEST_PYTHON names no Python that has them (tests/clients)',
);

describe.skipIf(!isThere)('deltalake, Polars and DuckDB', () => {
  let found: Record<string, never>;
  let csv: Record<string, Record<string, string | number>>;
  beforeAll(async () => {
    for (const toMs of ENDS_MS) await generateTo(toMs);
    const appId = `synthetic-retail/${worldIdOf(readManifest(worldPaths(world).manifest)!)}`;
    const script = path.join(import.meta.dirname, 'delta.py');
    found = JSON.parse(await output(PYTHON!, [script, world, appId], base));
    csv = await contentOfCsv();
  }, 300_000);

  function generateTo(toMs: number) {
    return generateHistory({
      settings: {
        config: configOf({ seed: 5, volume: SMALL_VOLUME }),
        dictionaries: loadDictionaries(),
        scenarios: [],
      },
      paths: worldPaths(world),
      makeWorld: simulatedWorld,
      window: { fromMs: FROM_MS, toMs },
      workers: 1,
      formats: ['csv', 'delta'],
      nowMs: () => toMs,
    });
  }

  async function contentOfCsv() {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const content: typeof csv = {};
    for (const { name, files, columns } of worldTables()) {
      const numbers = columns.filter(({ type }) => ['int', 'money', 'real'].includes(type));
      const sums = numbers.map(
        (column) => `coalesce(sum("${column.name}"::DECIMAL(38, 6)), 0)::DECIMAL(38, 6)::VARCHAR`,
      );
      const query = `SELECT ${['count(*)', ...sums].join(', ')} FROM read_csv('${world}/${files}', all_varchar = true)`;
      const [[rows, ...values]] = (await connection.runAndReadAll(query)).getRows();
      const byName = numbers.map((column, at) => [column.name, String(values[at])]);
      content[name] = { rows: Number(rows), ...Object.fromEntries(byName) };
    }
    return content;
  }

  it('find in every table the rows of its CSV, and the same sums of money, stock and all numbers', () => {
    expect(Object.keys(csv)).toHaveLength(worldTables().length);
    expect(found.deltalake).toEqual(csv);
    expect(found.duckdb).toEqual(csv);
    const rows = Object.entries(csv).map(([table, content]) => [table, content.rows]);
    expect(found.polars).toEqual(Object.fromEntries(rows));
  });

  it('find strict types, and what a column is', () => {
    expect(found.types).toMatchObject({
      TraceId: 'string',
      EventTS: 'timestamp[us, tz=UTC]',
      StoreID: 'int32',
      Total: 'decimal128(18, 2)',
    });
    expect(found.comment).toMatch(/^[A-Z].*\.$/);
  });

  it('find older versions: a day each, in all tables alike', () => {
    // The opening, nine days, one of them twice, and the end.
    expect(found.versions).toEqual([12]);
    const rows: number[] = found.rowsByVersion;
    expect(rows[0]).toBe(0);
    expect(rows.at(-1)).toBe(csv.receipts.rows);
    expect(rows.toSorted((a, b) => a - b)).toEqual(rows);
    expect(found.ours).toBe(ENDS_MS[1]);
  });

  it('skip files by the statistics', () => {
    expect(found.files).toBe(2 * 11);
    expect(found.filesOfLastInstant).toBe(1);
  });

  it('vacuum only what a later commit replaced, and the world goes on', async () => {
    expect(found.vacuumed).toBe(2);
    await generateTo(ENDS_MS[1] + HOUR_MS);
    const { root, master, facts, closing } = worldPaths(world);
    const folders = { master, facts, closing };
    expect(deltaProblems(root, folders, readCommitted(root, folders))).toEqual([]);
  });
});
