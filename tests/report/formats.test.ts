/** A report reads a world in any format: the same world in another has the same figures. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compareWorlds } from '../../src/report/against/compare.ts';
import { reportWorld } from '../../src/report/report.ts';
import type { RealismReport } from '../../src/report/result.ts';
import { type SmallWorld, smallWorld } from '../run/small-world.ts';

const START_MS = Date.parse('2024-03-04T00:00:00Z');
/** Most that is measured takes two weeks. */
const END_MS = START_MS + 15 * 86_400_000;
const FORMATS = ['csv', 'parquet', 'csv,parquet'];
/** Sums of decimals depend on their order in the last digits. */
const DIGITS = 9;

const worlds: SmallWorld[] = [];
const folders = new Map<string, string>();
beforeAll(async () => {
  for (const format of FORMATS) {
    const world = await smallWorld(START_MS, END_MS, { output: { format } });
    worlds.push(world);
    folders.set(format, world.copy().root);
  }
}, 180_000);
afterAll(() => {
  for (const world of worlds) world.remove();
});

async function figuresOf(format: string): Promise<Partial<RealismReport>> {
  const { statistics, pictures, problems } = await reportWorld(folders.get(format)!, {
    threads: 1,
  });
  const figures = JSON.stringify({ statistics, pictures, problems }, (_, value) =>
    typeof value === 'number' ? Number(value.toPrecision(DIGITS)) : value,
  );
  return JSON.parse(figures);
}

it('a report on Parquet, alone or beside CSV, is that on CSV', async () => {
  const csv = await figuresOf('csv');
  expect(csv.problems).toBe(0);
  expect(csv.statistics!.filter(({ measured }) => measured !== undefined).length).toBeGreaterThan(
    20,
  );
  for (const format of FORMATS.slice(1)) expect(await figuresOf(format), format).toEqual(csv);
}, 180_000);

it('a world in CSV and the same one in Parquet are alike in everything', async () => {
  const { tables, least } = await compareWorlds(folders.get('csv')!, folders.get('parquet')!, {
    threads: 1,
  });
  expect(tables.length).toBeGreaterThan(15);
  for (const { table, rows } of tables) expect(rows[1], table).toBe(rows[0]);
  expect(least).toBeGreaterThan(0.999);
}, 180_000);
