/** Damage to every column and to rows of every table: a check reports each that something in the files contradicts. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { IS_LONG } from '../../helpers/long.ts';
import { nameOf } from './corruption.ts';
import { corruptionsOf, TABLES } from './generate.ts';
import { Harness } from './harness.ts';
import { UNDETECTABLE } from './undetectable.ts';
import { writeSmallWorld } from './world.ts';

/** One of so many corruptions is tried; `npm run test:long` tries all. */
const STEP = IS_LONG ? 1 : 4;
const LEAST_TRIED = 250;
const LEAST_CAUGHT = 0.98;
/** About one for every five columns: more would be excuses. */
const MOST_REASONS = 70;

const folder = mkdtempSync(path.join(os.tmpdir(), 'corruptions-'));
let harness: Harness;
/** Those that something in the files contradicts. */
let tried = 0;
let caught = 0;

beforeAll(async () => {
  await writeSmallWorld(folder);
  harness = await Harness.open(folder);
});
afterAll(() => {
  harness.close();
  rmSync(folder, { recursive: true });
});

it('has nothing to report before any damage', async () => {
  expect(await harness.brokenBefore()).toEqual([]);
});

it.each(TABLES.map((table) => [table.name, table] as const))('in %s', async (_name, table) => {
  const missed: string[] = [];
  const corruptions = corruptionsOf(table, 1).filter((_, at) => at % STEP === 0);
  for (const corruption of corruptions) {
    const check = await harness.reportOf(corruption);
    if (check === undefined || (check === '' && nameOf(corruption) in UNDETECTABLE)) continue;
    tried++;
    if (check === '') missed.push(nameOf(corruption));
    else caught++;
  }
  expect(missed, 'write a check, or a reason in undetectable.ts').toEqual([]);
});

it('are many, and nearly all are reported', () => {
  expect(tried).toBeGreaterThanOrEqual(LEAST_TRIED);
  expect(Object.keys(UNDETECTABLE).length).toBeLessThanOrEqual(MOST_REASONS);
  expect(caught / tried).toBeGreaterThanOrEqual(LEAST_CAUGHT);
});
