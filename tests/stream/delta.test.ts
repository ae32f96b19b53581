/** A stream that also writes files appends to the Delta tables of its world, at each of its checkpoints. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { generateHistory } from '../../src/run/generation.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import { worldPaths } from '../../src/store/paths.ts';
import type { WorldSettings } from '../../src/store/world-settings.ts';
import { RunningStream } from '../../src/stream/running-stream.ts';
import { readLog } from '../../src/tables/delta/read-log.ts';
import { configOf } from '../../src/world/config.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';
import { contentOf, deltaOf } from '../run/delta-world.ts';
import { SMALL_VOLUME } from '../run/small-world.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-delta-stream-'));
afterAll(() => rmSync(base, { recursive: true }));
const FROM_MS = Date.parse('2024-03-08T21:00:00Z');
const CUT_MS = Date.parse('2024-03-08T23:00:00Z');
const TO_MS = Date.parse('2024-03-09T00:30:00Z');
const settings: WorldSettings = {
  config: configOf({ seed: 5, volume: SMALL_VOLUME }),
  dictionaries: loadDictionaries(),
  scenarios: [],
  formats: ['delta'],
};

async function history(name: string, toMs: number) {
  const paths = worldPaths(path.join(base, name));
  const window = { fromMs: FROM_MS, toMs };
  const common = { settings, paths, makeWorld: simulatedWorld, window, workers: 1 };
  await generateHistory({ ...common, formats: ['delta'], nowMs: () => toMs });
  return paths;
}

it('ends with the tables of a history, whatever commits its checkpoints made', {
  timeout: 400_000,
}, async () => {
  const whole = await history('whole', TO_MS);
  const paths = await history('streamed', CUT_MS);
  const { version } = readLog(deltaOf(paths.root, 'receipts'));
  const { ended } = await RunningStream.start({
    settings,
    paths,
    makeWorld: simulatedWorld,
    sink: 'blackhole',
    alsoCsv: true,
    catchUp: 'none',
    speed: Infinity,
    toMs: TO_MS,
  });
  expect(await ended).toEqual({ simulatedMs: TO_MS, settled: true });
  const after = readLog(deltaOf(paths.root, 'receipts'));
  expect([...after.transactions.values()].map((txn) => txn.version)).toEqual([TO_MS]);
  expect(after.version).toBeGreaterThan(version);
  expect(contentOf(paths.root)).toEqual(contentOf(whole.root));
});
