/** The hub that a stream starts for itself keeps its events in the world's folder. */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { hubLock } from '../../src/hub/disk/hub-files.ts';
import { type Hub, startHub } from '../../src/hub/hub.ts';
import { RunningStream } from '../../src/stream/running-stream.ts';
import { takeLock } from '../../src/store/lock.ts';
import type { WorldPaths } from '../../src/store/paths.ts';
import { removeWorld } from '../../src/store/remove-world.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import { worldContent } from '../../src/store/world-files.ts';
import { type SmallWorld, smallWorld } from '../run/small-world.ts';

const FROM_MS = Date.parse('2024-03-08T22:00:00Z');
const CUT_MS = Date.parse('2024-03-09T15:20:10.123Z');
const HOUR_MS = 3_600_000;

let world: SmallWorld;
beforeAll(async () => {
  world = await smallWorld(FROM_MS, CUT_MS);
});
afterAll(() => world.remove());

/** Streams up to an instant. */
async function streamTo(paths: WorldPaths, toMs: number): Promise<void> {
  const stream = await RunningStream.start({
    settings: world.settings,
    paths,
    makeWorld: simulatedWorld,
    catchUp: 'none',
    speed: Infinity,
    nowMs: () => CUT_MS,
    toMs,
  });
  expect(stream.status().hubLostEvents).toBe(0);
  await stream.ended;
}

async function kept(paths: WorldPaths): Promise<Hub> {
  const hub = await startHub({ port: 0, data: { folder: paths.hub, lock: takeLock } });
  onTestFinished(() => hub.close());
  return hub;
}

const eventsOf = (hub: Hub) =>
  hub.entities.flatMap(({ name, partitionCount }) =>
    Array.from({ length: partitionCount }, (_, index) =>
      hub.partition(name, index).map(({ sequenceNumber, offset, encoded }) => ({
        sequenceNumber,
        offset,
        bytes: encoded.toString('hex'),
      })),
    ),
  );

it('is the same event hub in every life of the stream', async () => {
  const paths = world.copy();
  await streamTo(paths, CUT_MS + HOUR_MS);
  const between = await kept(paths);
  const before = eventsOf(between);
  expect(before.flat().length).toBeGreaterThan(100);
  await between.close();
  await streamTo(paths, CUT_MS + 2 * HOUR_MS);
  const after = eventsOf(await kept(paths));
  // What a consumer has read stays where it was, and what is new comes behind it.
  expect(after.map((events, index) => events.slice(0, before[index].length))).toEqual(before);
  expect(after.flat().length).toBeGreaterThan(before.flat().length);
});

it('belongs to the world: its files are known, and go with it, but not under a hub', async () => {
  const paths = world.copy();
  await streamTo(paths, CUT_MS + HOUR_MS / 4);
  const { own, foreign } = worldContent(paths);
  expect(own.filter((file) => file.startsWith(paths.hub)).length).toBeGreaterThanOrEqual(9);
  expect(foreign).toEqual([]);
  const hub = await kept(paths);
  expect(() => removeWorld(paths)).toThrow(/is using it/);
  expect(existsSync(hubLock(paths.hub))).toBe(true);
  await hub.close();
  removeWorld(paths);
  expect(existsSync(paths.root) && existsSync(paths.hub)).toBe(false);
});
