/** A world as files of another format: byte for byte what a run in that format writes. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorldPaths } from '../../src/store/paths.ts';
import { digests } from '../run/digests.ts';
import type { SmallWorld } from '../run/small-world.ts';
import { begunWorld, compressedWorld, exported, exportWorld, grow } from './worlds.ts';

const base = mkdtempSync(path.join(os.tmpdir(), "sim-export-it's [1]-"));
const worlds: Record<string, SmallWorld> = {};

beforeAll(async () => {
  worlds.csv = await begunWorld();
  worlds.parquet = await begunWorld({ output: { format: 'parquet' } });
  return () => Object.values(worlds).map((world) => world.remove());
}, 120_000);
afterAll(() => rmSync(base, { recursive: true }));

/** The tables and their description, file by file. */
function tablesIn(root: string): string[] {
  return digests(root).filter((line) => /^(master|facts|closing|schema)[\\/]/.test(line));
}

describe.each([
  ['csv', 'parquet'],
  ['parquet', 'csv'],
])('from %s to %s', (from, to) => {
  let source: WorldPaths;
  let other: WorldPaths;
  const output = path.join(base, `to-${to}`);
  beforeAll(() => {
    source = worlds[from].copy();
    other = worlds[to].copy();
  });

  it('is byte for byte the world that was begun in the other format', async () => {
    const { newRows, rows } = await exported(source.root, '--to', to, '--output', output);
    expect(tablesIn(output)).toEqual(tablesIn(other.root));
    expect(Object.values(rows).reduce((sum, count) => sum + count, 0)).toBe(newRows);
    expect(rows.receipts).toBeGreaterThan(100);
  });

  it('is not written twice', async () => {
    const file = path.join(output, 'export.ndjson');
    const before = readFileSync(file, 'utf8');
    const stores = path.join(output, 'master', `stores.${to}`);
    utimesSync(stores, 1, 1);
    // A line that a crash has cut.
    appendFileSync(file, '{"part":"facts/rec');
    const { newRows } = await exported(source.root, '--to', to, '--output', output);
    expect(newRows).toBe(0);
    expect(statSync(stores).mtimeMs).toBe(1000);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('follows a world that has grown, by the files that have changed', async () => {
    await grow(worlds[from], source);
    await grow(worlds[to], other);
    const { newRows, rows } = await exported(source.root, '--to', to, '--output', output);
    expect(tablesIn(output)).toEqual(tablesIn(other.root));
    const all = Object.values(rows).reduce((sum, count) => sum + count, 0);
    expect(newRows).toBeGreaterThan(0);
    expect(newRows).toBeLessThan(all);
  });

  it('writes a file again that is gone', async () => {
    const gone = path.join(output, 'closing', 'dc_stock', `part-1.${to}`);
    rmSync(gone);
    await exported(source.root, '--to', to, '--output', output);
    expect(tablesIn(output)).toEqual(tablesIn(other.root));
  });
});

it('a compressed world becomes a plain one', async () => {
  const root = path.join(base, 'packed');
  await compressedWorld(worlds.csv, root);
  expect(tablesIn(root).some((line) => line.includes('.csv.gz'))).toBe(true);
  const output = path.join(base, 'plain');
  await exported(root, '--to', 'csv', '--output', output);
  expect(tablesIn(output)).toEqual(tablesIn(worlds.csv.copy().root));
}, 60_000);

describe('refused, with nothing written', () => {
  it('without a world', async () => {
    const { code, stderr } = await exportWorld(base, '--to', 'csv', '--output', `${base}/none`);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`There is no world in "${base}"`)]);
    expect(existsSync(`${base}/none`)).toBe(false);
  });

  it('a world with a file that was changed or is gone', async () => {
    const { root } = worlds.csv.copy();
    const stores = path.join(root, 'master', 'stores.csv');
    writeFileSync(stores, readFileSync(stores, 'utf8').replace('1', '2'));
    const output = path.join(base, 'changed');
    const changed = await exportWorld(root, '--to', 'parquet', '--output', output);
    expect(changed.code).toBe(2);
    expect(changed.stderr).toContain(`"${stores}" is`);
    expect(changed.stderr).toContain('than was committed');
    rmSync(stores);
    const gone = await exportWorld(root, '--to', 'parquet', '--output', output);
    expect(gone.stderr).toContain('"sim verify" lists all that is wrong');
    expect(existsSync(output)).toBe(false);
  });

  it('a folder of something else', async () => {
    const { root } = worlds.csv.copy();
    const own = await exportWorld(root, '--to', 'parquet', '--output', root);
    expect([own.code, own.stderr]).toEqual([2, expect.stringContaining('the folder of a world')]);
    const taken = path.join(base, 'taken');
    mkdirSync(path.join(taken, 'facts'), { recursive: true });
    const foreign = await exportWorld(root, '--to', 'csv', '--output', taken);
    expect([foreign.code, foreign.stderr]).toEqual([
      2,
      expect.stringContaining('has a folder "facts" that no export wrote'),
    ]);
  });

  it('a folder of another world or format', async () => {
    const output = path.join(base, 'to-parquet');
    const other = await begunWorld({ seed: 6 });
    try {
      const { root } = other.copy();
      const foreign = await exportWorld(root, '--to', 'parquet', '--output', output);
      expect(foreign.code).toBe(2);
      expect(foreign.stderr).toMatch(/has files of the world \w{16}, and this is the world \w{16}/);
      const { root: same } = worlds.csv.copy();
      const format = await exportWorld(same, '--to', 'csv', '--output', output);
      expect(format.stderr).toContain('has the world as parquet already');
    } finally {
      other.remove();
    }
  }, 60_000);

  it.each([
    [['--to', 'csv'], 'Name the folder of --to csv with --output'],
    [['--to', 'duckdb'], 'Name the file of --to duckdb with --output'],
    [['--to', 'csv', '--output', 'x', '--create'], '--create is for --to postgres alone'],
    [['--to', 'sqlite', '--output', 'x', '--url', 'y'], '--url is for --to postgres alone'],
    [['--to', 'postgres', '--output', 'x'], '--output is not for --to postgres'],
    [['--to', 'xlsx'], 'Allowed choices are csv, parquet'],
    [[], "'--to <kind>' not specified"],
  ])('%j', async (words, message) => {
    const { code, stderr } = await exportWorld(...words);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
