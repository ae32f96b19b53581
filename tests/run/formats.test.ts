/** Worlds in Parquet, alone and beside CSV: the same world, by any number of runs, threads and shards. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readNetwork } from '../../src/api/live/network.ts';
import { readSettings } from '../../src/cli/settings.ts';
import type { Format } from '../../src/domain/formats.ts';
import { generateHistory } from '../../src/run/generation.ts';
import { requireTargets } from '../../src/run/disruptions/targets.ts';
import { runHistory } from '../../src/run/history.ts';
import { openWorld } from '../../src/run/open-world.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import { mergeShards } from '../../src/store/merge.ts';
import { worldPaths } from '../../src/store/paths.ts';
import { removeWorld } from '../../src/store/remove-world.ts';
import { withStorage } from '../../src/store/world-settings.ts';
import { worldContent } from '../../src/store/world-files.ts';
import { readTable } from '../../src/tables/parquet/read-table.ts';
import { worldTables } from '../../src/tables/world-tables.ts';
import { DIMENSIONS } from '../../src/domain/dimensions.ts';
import { verifyWorld } from '../../src/verify/verify.ts';
import { digests } from './digests.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-formats-'));
afterAll(() => rmSync(base, { recursive: true }));
const START = Date.parse('2024-03-01T09:30:00Z');
const DAY_MS = 86_400_000;
/** Two midnights, and a cut between them. */
const DAYS = 2;
const CUT_DAYS = 1.3;

const config = path.join(base, 'config.json');
const csv = path.join(base, 'csv');
const parquet = path.join(base, 'parquet');
const both = path.join(base, 'both');

beforeAll(async () => {
  const volume = {
    stores: 4,
    dcs: 3,
    total_geographies: 12,
    total_customers: 900,
    total_products: 400,
    customers_per_day: 100,
    online_orders_per_day: 20,
  };
  writeFileSync(config, JSON.stringify({ seed: 5, volume }));
  await generate(csv, 1, DAYS, ['csv']);
  await generate(parquet, 1, DAYS, ['parquet']);
  // Cut in the middle of a day, and by threads that hand regions to each other.
  await generate(both, 2, CUT_DAYS, ['csv', 'parquet']);
  await generate(both, 2, DAYS, ['csv', 'parquet']);
}, 300_000);

async function generate(root: string, workers: number, days: number, formats: readonly Format[]) {
  const paths = worldPaths(root);
  const settings = withStorage(readSettings({ config }), { formats }, undefined);
  const world = simulatedWorld(settings, START, paths);
  const manifest = openWorld(paths, world);
  const pace = { due: () => true, committed: () => {} };
  return runHistory({ paths, world, manifest, workers, toMs: START + days * DAY_MS, pace });
}

/** Digests of the tables that end so. */
const tablesOf = (root: string, ending: string) =>
  ['master', 'facts', 'closing'].flatMap((kind) =>
    digests(path.join(root, kind)).filter((line) => line.split(' ')[0].endsWith(ending)),
  );

describe('a world of both formats, cut in the middle of a day, by two threads', () => {
  it('has the CSV of a world of CSV alone, byte for byte', () => {
    expect(tablesOf(both, '.csv').length).toBeGreaterThan(60);
    expect(tablesOf(both, '.csv')).toEqual(tablesOf(csv, '.csv'));
  });

  it('has the Parquet of an uncut world of Parquet alone by one thread, byte for byte', () => {
    expect(tablesOf(both, '.parquet').length).toBeGreaterThan(60);
    expect(tablesOf(both, '.parquet')).toEqual(tablesOf(parquet, '.parquet'));
  });

  it('leaves nothing behind of the open day, and only files that are its own', () => {
    const names = readdirSync(both, { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => /\.(kept|tmp)$/.test(name))).toEqual([]);
    expect(worldContent(worldPaths(both)).foreign).toEqual([]);
  });
});

it('a world of Parquet alone has a file for each of CSV, and no CSV', () => {
  const names = (root: string, ending: string) =>
    tablesOf(root, ending).map((line) => line.split(' ')[0].slice(0, -ending.length));
  expect(names(parquet, '.parquet')).toEqual(names(csv, '.csv'));
  expect(tablesOf(parquet, '.csv')).toEqual([]);
});

it('every table has the same rows, sums of money and stock in both formats', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  let compared = 0;
  for (const { files, columns } of worldTables()) {
    const sums = columns
      .filter(({ type }) => type === 'money' || type === 'int' || type === 'real')
      .map(({ name, type }) => `sum("${name}"::${type === 'int' ? 'HUGEINT' : 'DECIMAL(30,6)'})`);
    const texts = columns
      .filter(({ type }) => ['id', 'text', 'choice', 'ble', 'ad'].includes(type))
      .map(({ name }) => `count("${name}"), sum(hash("${name}"::VARCHAR)::HUGEINT)`);
    const instants = columns
      .filter(({ type }) => type === 'instant')
      .map(({ name }) => `sum(epoch_ms("${name}")::HUGEINT)`);
    const query = `SELECT ${['count(*)', ...sums, ...texts, ...instants].join(', ')} FROM`;
    const path_ = files.replace('.csv', '.parquet');
    const asCsv = `read_csv('${csv}/${files}', hive_partitioning = false, header = true,
      types = {${columns.map(({ name, type }) => `'${name}': '${CSV_TYPES[type]}'`).join(', ')}})`;
    const one = await connection.runAndReadAll(`${query} ${asCsv}`);
    const other = await connection.runAndReadAll(`${query} '${parquet}/${path_}'`);
    expect([files, other.getRows()]).toEqual([files, one.getRows()]);
    compared += Number(one.getRows()[0][0]);
  }
  expect(compared).toBeGreaterThan(10_000);
});

const CSV_TYPES = {
  id: 'VARCHAR',
  ble: 'VARCHAR',
  ad: 'VARCHAR',
  text: 'VARCHAR',
  choice: 'VARCHAR',
  int: 'INTEGER',
  money: 'DECIMAL(18,2)',
  real: 'DECIMAL(18,6)',
  bool: 'BOOLEAN',
  date: 'DATE',
  instant: 'TIMESTAMP WITH TIME ZONE',
} as const;

it('shards of it merge to the same world', async () => {
  const root = path.join(base, 'shards');
  const paths = worldPaths(root);
  for (const index of [1, 2]) {
    await generateHistory({
      settings: readSettings({ config }),
      paths,
      makeWorld: simulatedWorld,
      window: { fromMs: START, toMs: START + DAYS * DAY_MS },
      workers: 1,
      shard: { index, count: 2 },
      formats: ['parquet'],
      nowMs: Date.now,
    });
  }
  await mergeShards(paths);
  expect(tablesOf(root, '.parquet')).toEqual(tablesOf(parquet, '.parquet'));
});

it('keeps its formats: others are refused when there is history, and may be chosen before', async () => {
  await expect(generate(parquet, 1, DAYS + 1, ['csv'])).rejects.toThrow(
    'formats: is parquet, requested csv',
  );
  const root = path.join(base, 'chosen');
  const paths = worldPaths(root);
  const world = (formats: readonly Format[]) =>
    simulatedWorld(withStorage(readSettings({ config }), { formats }, undefined), START, paths);
  openWorld(paths, world(['csv']));
  openWorld(paths, world(['parquet']));
  expect(readdirSync(paths.master).every((name) => name.endsWith('.parquet'))).toBe(true);
});

it('the program reads its network and the targets of disruptions from Parquet', () => {
  const found = readNetwork(worldPaths(parquet));
  expect(found.stores).toHaveLength(4);
  expect({ ...found, world: null }).toEqual({ ...readNetwork(worldPaths(csv)), world: null });
  requireTargets(worldPaths(parquet), { stores: [4] } as never);
  expect(() => requireTargets(worldPaths(parquet), { stores: [5] } as never)).toThrow(
    'there is no store 5 in this world; it has 4, numbered from 1 to 4',
  );
});

describe('sim verify', () => {
  it.each([
    ['Parquet alone', parquet],
    ['both formats', both],
  ])('finds every invariant kept in a world of %s', async (_, root) => {
    const { broken, factRows, checks } = await verifyWorld(root);
    expect(checks.filter(({ violations }) => violations > 0)).toEqual([]);
    expect(broken).toBe(0);
    expect(factRows).toBeGreaterThan(10_000);
  });

  /** What C1a says of a copy of a world, without its manifest, in which one file has another content. */
  async function damaged(root: string, name: string, change: (bytes: Buffer) => Buffer) {
    const copy = path.join(base, 'damaged');
    rmSync(copy, { recursive: true, force: true });
    cpSync(root, copy, { recursive: true });
    const file = path.join(copy, name);
    writeFileSync(file, change(readFileSync(file)));
    rmSync(path.join(copy, 'checkpoint'), { recursive: true });
    const { checks } = await verifyWorld(copy);
    return JSON.stringify(checks.find(({ id }) => id === 'C1a'));
  }
  const lines = 'facts/receipt_lines/dt=2024-03-01/part-2.parquet';

  it('names a file that is cut, and one that is damaged inside', async () => {
    const cut = (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1);
    expect(await damaged(parquet, lines, cut)).toContain('footer');
    const spoilt = (bytes: Buffer) => Buffer.from(bytes).fill(0xff, 5, bytes.length >> 1);
    expect(await damaged(parquet, lines, spoilt)).toContain('damaged');
  });

  it('tells when the Parquet of a world is not its CSV', async () => {
    const other = () => readFileSync(path.join(both, lines.replace('part-2', 'part-1')));
    expect(await damaged(both, lines, other)).toContain('its Parquet files');
  });
});

it('is removed as a whole', () => {
  const copy = path.join(base, 'cleared');
  cpSync(both, copy, { recursive: true });
  removeWorld(worldPaths(copy));
  expect(
    readdirSync(copy, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name)),
  ).toEqual([]);
});

it('a master is read as its CSV shows it', () => {
  const file = path.join(parquet, 'master', 'products_master.parquet');
  const rows = readTable(file, DIMENSIONS.products_master);
  const [header, first] = readFileSync(
    path.join(csv, 'master', 'products_master.csv'),
    'utf8',
  ).split('\n');
  expect(Object.keys(rows[0]).join()).toBe(header);
  expect(Object.values(rows[0]).join()).toBe(first.replaceAll('"', ''));
});
