/** The real program, killed and interrupted: the result is the same as without. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { contentDigests } from '../helpers/decompressed.ts';
import { digests } from './digests.ts';
import { appearance, startSim } from './sim-process.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-crash-'));
const config = path.join(base, 'config.json');
const reference = path.join(base, 'reference');
let referenceMs = 0;

function windowTo(out: string, ...more: string[]): string[] {
  const window = ['--from', '2024-03-01', '--to', '2024-03-07T13:14:15Z'];
  return ['run', '--mode', 'history', '--config', config, '--out', out, ...window, ...more];
}

beforeAll(async () => {
  const volume = {
    stores: 2,
    dcs: 2,
    total_geographies: 8,
    total_customers: 600,
    total_products: 400,
    customers_per_day: 120,
    online_orders_per_day: 20,
  };
  writeFileSync(config, JSON.stringify({ seed: 5, volume }));
  const startedMs = performance.now();
  const { code, stderr } = await startSim(windowTo(reference)).ended;
  referenceMs = performance.now() - startedMs;
  expect(stderr).toContain('Generated');
  expect(code).toBe(0);
});
afterAll(() => rmSync(base, { recursive: true }));

const DAYS = [1, 2, 3, 4, 5, 6].map((day) => `dt=2024-03-0${day}`);

/** Kills a run a moment after a file of its world appears: it has more to do then, however fast it is. */
async function killAt(out: string, file: string, moreMs: number, ...flags: string[]) {
  const { child, ended } = startSim(windowTo(out, ...flags));
  await appearance(path.join(out, file), 60_000);
  await sleep(moreMs);
  child.kill('SIGKILL');
  return (await ended).code === null;
}

it('killed at any instant, again and again, it ends as one clean run', {
  timeout: 400_000,
}, async () => {
  const out = path.join(base, 'killed');
  const manifest = path.join(out, 'checkpoint', 'manifest.json');
  // At the start, while masters are written, and in each day: at its begin, within it, near its commit.
  const early = startSim(windowTo(out));
  await sleep(0.1 * referenceMs);
  early.child.kill('SIGKILL');
  expect((await early.ended).code).toBe(null);
  expect(await killAt(out, 'master/stores.csv', 0)).toBe(true);
  for (const [at, day] of DAYS.entries()) {
    await killAt(out, `facts/receipts/${day}`, at * 0.02 * referenceMs);
  }
  expect((await startSim(windowTo(out)).ended).code).toBe(0);
  expect(existsSync(manifest)).toBe(true);
  expect(digests(out)).toEqual(digests(reference));
});

it('killed while it compresses, it ends as one clean run', async () => {
  const clean = path.join(base, 'compressed');
  const zstd = ['--compress', 'zstd'];
  expect((await startSim(windowTo(clean, ...zstd)).ended).code).toBe(0);
  const facts = (root: string) => contentDigests(path.join(root, 'facts'));
  expect(await facts(clean)).toEqual(await facts(reference));
  const out = path.join(base, 'killed-compressing');
  // As soon as the first part of a day is compressed.
  expect(await killAt(out, `facts/receipts/${DAYS[0]}/part-1.csv.zst`, 0, ...zstd)).toBe(true);
  for (const day of [DAYS[2], DAYS[4]]) {
    await killAt(out, `facts/receipts/${day}/part-1.csv.zst`, 0, ...zstd);
  }
  expect((await startSim(windowTo(out)).ended).code).toBe(0);
  expect(digests(out)).toEqual(digests(clean));
});

it('killed in Parquet and CSV, it ends as one clean run', async () => {
  const clean = path.join(base, 'two-formats');
  const formats = ['--format', 'csv,parquet'];
  expect((await startSim(windowTo(clean, ...formats)).ended).code).toBe(0);
  const facts = (root: string) => digests(path.join(root, 'facts'));
  const asCsv = (lines: string[]) => lines.filter((line) => line.includes('.csv '));
  expect(asCsv(facts(clean))).toEqual(facts(reference));
  const out = path.join(base, 'killed-in-parquet');
  // At the first file of a day, and again in the open day of the end, whose parts are then resumed.
  for (const day of [DAYS[0], DAYS[2]]) {
    await killAt(out, `facts/receipts/${day}/part-1.parquet`, 0, ...formats);
  }
  expect((await startSim(windowTo(out, ...formats)).ended).code).toBe(0);
  expect(digests(out)).toEqual(digests(clean));
  const further = ['run', '--config', config, '--out', out, '--to', '2024-03-08T15:00:00Z'];
  const { child, ended } = startSim(further);
  // Here the resumed day is over, and the part as it was at the last commit is kept for a crash.
  await appearance(path.join(out, 'facts/receipts/dt=2024-03-08'), 60_000);
  child.kill('SIGKILL');
  await ended;
  expect((await startSim(further).ended).code).toBe(0);
  expect(
    (await startSim(['run', '--config', config, '--out', clean, ...further.slice(5)]).ended).code,
  ).toBe(0);
  expect(digests(out)).toEqual(digests(clean));
});

it('interrupted, it commits, says how to continue, and ends as one clean run', async () => {
  const out = path.join(base, 'interrupted');
  const { child, ended } = startSim(windowTo(out));
  await appearance(path.join(out, 'facts', 'receipts'));
  child.kill('SIGINT');
  // A launcher in between passes the same signal on again.
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  expect(stderr).toContain('Stopping at the next consistent instant');
  if (code === 130) expect(stderr).toContain('Continue with:');
  else expect(stderr).toContain('Generated');
  expect((await startSim(windowTo(out)).ended).code).toBe(0);
  expect(digests(out)).toEqual(digests(reference));
});
