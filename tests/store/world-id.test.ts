/** The id of a world: the same however it is generated, a different one for every other world. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateHistory } from '../../src/run/generation.ts';
import { RunningStream } from '../../src/stream/running-stream.ts';
import { readManifest, WORLD_VERSION, type WorldIdentity } from '../../src/store/manifest.ts';
import { mergeShards } from '../../src/store/merge.ts';
import { type WorldPaths, worldPaths } from '../../src/store/paths.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import { worldIdOf } from '../../src/store/world-id.ts';
import { identityOf, type WorldSettings } from '../../src/store/world-settings.ts';
import { configOf } from '../../src/world/config.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';
import { loadScenario } from '../../src/scenario/scenario.ts';
import { eventsIn, idsOf } from '../run/event-file.ts';
import { SMALL_VOLUME } from '../run/small-world.ts';

const FROM_MS = Date.parse('2024-03-08T12:00:00Z');
const CUT_MS = Date.parse('2024-03-08T16:00:00Z');
const TO_MS = Date.parse('2024-03-08T18:00:00Z');

const base = mkdtempSync(path.join(os.tmpdir(), 'world-id-'));
afterAll(() => rmSync(base, { recursive: true }));

function settingsOf(config: Readonly<Record<string, unknown>> = {}): WorldSettings {
  return {
    config: configOf({ seed: 7, volume: SMALL_VOLUME, ...config }),
    dictionaries: loadDictionaries(),
    scenarios: [],
  };
}

const settings = settingsOf();
const identity = identityOf(settings, FROM_MS);
const id = worldIdOf(identity);

/** Generates a world up to the cut, then streams it; tells its folder. */
async function made(name: string, of: WorldSettings, workers: number): Promise<WorldPaths> {
  const paths = worldPaths(path.join(base, name));
  mkdirSync(paths.root);
  const window = { fromMs: FROM_MS, toMs: CUT_MS };
  const makeWorld = simulatedWorld;
  await generateHistory({ settings: of, paths, makeWorld, window, workers, nowMs: () => TO_MS });
  const stream = await RunningStream.start({
    settings: of,
    paths,
    makeWorld,
    sink: 'ndjson',
    catchUp: 'none',
    speed: Infinity,
    toMs: TO_MS,
    nowMs: () => TO_MS,
  });
  await stream.ended;
  return paths;
}

describe('the id of a world', () => {
  it('is a short digest', () => {
    expect(id).toMatch(/^[0-9a-f]{16}$/);
  });

  const hash = 'a'.repeat(64);
  const others: readonly (readonly [string, Partial<WorldIdentity>])[] = [
    ['another seed', { seed: 8 }],
    ['another start', { startMs: FROM_MS + 1 }],
    ['another world version', { worldVersion: WORLD_VERSION + 1 }],
    ['another config', { config: { ...identity.config, 'volume.stores': 4 } }],
    ['other dictionaries', { dictionaries: hash }],
    ['a scenario', { scenarios: [{ name: 'holiday', sha256: hash }] }],
  ];
  it.each(others)('differs with %s', (_what, other) => {
    expect(worldIdOf({ ...identity, ...other })).not.toBe(id);
  });

  it('differs with every scenario of its own', () => {
    const withScenario = (name: string) =>
      worldIdOf(identityOf({ ...settings, scenarios: [loadScenario(name)] }, FROM_MS));
    expect(new Set([id, withScenario('holiday'), withScenario('disruption')]).size).toBe(3);
  });

  it.each<readonly [string, WorldIdentity]>([
    ['compression', identityOf({ ...settings, compress: 'zstd' }, FROM_MS)],
    [
      'settings of streams, folders and threads',
      identityOf(
        settingsOf({
          realtime: { max_batch_size: 9 },
          paths: { master: 'elsewhere' },
          performance: { max_workers: 3 },
        }),
        FROM_MS,
      ),
    ],
    [
      'the order of settings',
      { ...identity, config: Object.fromEntries(Object.entries(identity.config).reverse()) },
    ],
  ])('does not depend on %s', (_what, same) => {
    expect(worldIdOf(same)).toBe(id);
  });
});

describe('worlds in folders', () => {
  let paths: WorldPaths;
  let other: WorldPaths;
  beforeAll(async () => {
    paths = await made('seed-7', settings, 1);
    other = await made('seed-8', settingsOf({ seed: 8 }), 2);
  }, 120_000);

  it('keep their id over manifests, streams and shards', async () => {
    const ids = [worldIdOf(readManifest(paths.manifest)!)];
    ids.push(worldIdOf(readManifest(path.join(paths.stream, 'manifest.json'))!));
    const shards = worldPaths(path.join(base, 'shards'));
    for (const index of [2, 1]) {
      await generateHistory({
        settings,
        paths: shards,
        makeWorld: simulatedWorld,
        window: { fromMs: FROM_MS, toMs: CUT_MS },
        shard: { index, count: 2 },
        workers: 1,
        nowMs: () => TO_MS,
      });
    }
    await mergeShards(shards);
    ids.push(worldIdOf(readManifest(shards.manifest)!));
    expect(ids).toEqual([id, id, id]);
  }, 60_000);

  it('are distinguished by it if their events have the same ids', () => {
    const [events, others] = [eventsIn(paths), eventsIn(other)];
    expect(new Set(events.map(({ world_id }) => world_id))).toEqual(new Set([id]));
    const mine = new Set(idsOf(events));
    const shared = idsOf(others).filter((eventId) => mine.has(eventId));
    expect(shared.length).toBeGreaterThan(100);
    const keys = [...events, ...others].map((event) => `${event.world_id} ${event.event_id}`);
    expect(new Set(keys).size).toBe(events.length + others.length);
  });
});
