/** The real program, killed and interrupted: the result is what it would have been. */
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

it('killed at any instant, again and again, it ends as one clean run', async () => {
  const out = path.join(base, 'killed');
  const manifest = path.join(out, 'checkpoint', 'manifest.json');
  let kills = 0;
  // Ten moments: at the start, while masters are written, half way, near the end, when it commits.
  for (const share of [0.1, 0.35, 0.5, 0.6, 0.68, 0.75, 0.8, 0.86, 0.92, 0.97]) {
    const { child, ended } = startSim(windowTo(out));
    await sleep(share * referenceMs);
    child.kill('SIGKILL');
    if ((await ended).code === null) kills++;
  }
  expect(kills).toBeGreaterThan(0);
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
  let kills = 0;
  for (const share of [0.6, 0.75, 0.85, 0.95]) {
    const { child, ended } = startSim(windowTo(out, ...zstd));
    await sleep(share * referenceMs);
    child.kill('SIGKILL');
    if ((await ended).code === null) kills++;
  }
  expect(kills).toBeGreaterThan(0);
  expect((await startSim(windowTo(out)).ended).code).toBe(0);
  expect(digests(out)).toEqual(digests(clean));
});

it('interrupted, it commits, says how to go on, and ends as one clean run', async () => {
  const out = path.join(base, 'interrupted');
  const { child, ended } = startSim(windowTo(out));
  await appearance(path.join(out, 'facts', 'receipts'));
  child.kill('SIGINT');
  // A launcher in between passes the same signal on again.
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  expect(stderr).toContain('Stopping at the next consistent instant');
  if (code === 130) expect(stderr).toContain('Go on with:');
  else expect(stderr).toContain('Generated');
  expect((await startSim(windowTo(out)).ended).code).toBe(0);
  expect(digests(out)).toEqual(digests(reference));
});
