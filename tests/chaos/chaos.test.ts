/** Twenty seeds of the chaos driver: see README.md beside it. `npm run chaos` tries more, and longer ones. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { IS_LONG } from '../helpers/long.ts';
import { Grounds } from './grounds.ts';
import { outcomeText, runSeeds } from './many.ts';
import { bundled } from './program.ts';

const FIRST = 1;
const COUNT = 20;
const STEPS = IS_LONG ? 5 : 3;
const JOBS = 2;

it('keeps every promise, whatever is drawn', { timeout: 900_000 }, async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'chaos-'));
  const grounds = new Grounds(folder, await bundled(path.join(folder, 'bundle')));
  const seeds = Array.from({ length: COUNT }, (_, index) => FIRST + index);
  const outcomes = await runSeeds(grounds, seeds, JOBS, { steps: STEPS, keep: false });
  const failed = outcomes.filter(({ fault }) => fault !== undefined);
  expect(failed.map((outcome) => outcomeText(outcome, { steps: STEPS })).join('\n')).toBe('');
  expect(outcomes.map(({ seed }) => seed).sort((a, b) => a - b)).toEqual(seeds);
  // Something happened: each world delivers all of its stretch in the end.
  for (const { events } of outcomes) expect(events).toBeGreaterThan(1_000);
  rmSync(folder, { recursive: true });
});
