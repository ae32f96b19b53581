/** A stream under control: what a command and an API can ask of it. */
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../src/domain/errors.ts';
import { RunningStream, type StreamRequest } from '../../src/stream/running-stream.ts';
import { readManifest } from '../../src/store/manifest.ts';
import { type WorldPaths, worldPaths } from '../../src/store/paths.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import type { StreamStatus } from '../../src/stream/stream-status.ts';
import { streamPaths } from '../../src/store/paths.ts';
import { eventsIn, idsOf } from '../run/event-file.ts';
import { type SmallWorld, smallWorld } from '../run/small-world.ts';

const FROM_MS = Date.parse('2024-03-08T22:00:00Z');
const CUT_MS = Date.parse('2024-03-09T15:20:10.123Z');
const HOUR_MS = 3_600_000;
/** An hour of the world in a second. */
const SPEED = 3_600;

let world: SmallWorld;
beforeAll(async () => {
  world = await smallWorld(FROM_MS, CUT_MS);
});
afterAll(() => world.remove());

/** However busy the machine is. */
const PATIENT = { timeout: 30_000 };

/** A wall clock that a test moves. */
class Wall {
  ms = 0;
  readonly read = () => this.ms;
}

function start(paths: WorldPaths, more: Partial<StreamRequest> = {}): Promise<RunningStream> {
  return RunningStream.start({
    settings: world.settings,
    paths,
    makeWorld: simulatedWorld,
    sink: 'ndjson',
    catchUp: 'none',
    nowMs: () => CUT_MS,
    ...more,
  });
}

async function reached(stream: RunningStream, simulatedMs: number): Promise<void> {
  await expect.poll(() => stream.status().simulatedMs, PATIENT).toBe(simulatedMs);
}

describe('a live stream', () => {
  it('stands still while it is paused and goes on without a burst and without a gap', async () => {
    const paths = world.copy();
    const wall = new Wall();
    const stream = await start(paths, { speed: SPEED, wallMs: wall.read });
    wall.ms += 1_000;
    await reached(stream, CUT_MS + HOUR_MS);
    stream.pause();
    expect(stream.status().state).toBe('paused');
    wall.ms += 10_000;
    // Several of its ticks pass without anything to do.
    await sleep(50);
    expect(stream.status().simulatedMs).toBe(CUT_MS + HOUR_MS);
    stream.resume();
    await sleep(50);
    expect(stream.status()).toMatchObject({ simulatedMs: CUT_MS + HOUR_MS, state: 'running' });
    wall.ms += 1_000;
    await reached(stream, CUT_MS + 2 * HOUR_MS);
    const { simulatedMs, settled } = await stream.stop();
    expect({ simulatedMs, settled }).toEqual({ simulatedMs: CUT_MS + 2 * HOUR_MS, settled: true });
    expect(stream.status()).toMatchObject({ givenUpMs: 0, buffered: 0, state: 'ended' });

    const other = world.copy();
    const unbroken = await start(other, { speed: Infinity, toMs: simulatedMs });
    await unbroken.ended;
    const ids = (of: WorldPaths) => idsOf(eventsIn(of)).toSorted();
    expect(ids(paths)).toEqual(ids(other));
  });

  it('also when it is paused while it has much to catch up', async () => {
    const wall = new Wall();
    const stream = await start(world.copy(), {
      catchUp: 'stream',
      nowMs: () => CUT_MS + 400 * HOUR_MS,
      wallMs: wall.read,
      speed: 1,
    });
    stream.pause();
    await expect.poll(() => stream.status().underWay, PATIENT).toBe(0);
    await sleep(30);
    const { simulatedMs } = stream.status();
    await sleep(50);
    expect(stream.status().simulatedMs).toBe(simulatedMs);
    expect(simulatedMs).toBeLessThan(CUT_MS + 400 * HOUR_MS);
    await stream.stop();
  });

  it('by the real clock: no later than it must be, and as long paused as it was paused', async () => {
    const speed = 300;
    const beganMs = performance.now();
    const stream = await start(world.copy(), { sink: 'event-hubs', speed });
    await expect.poll(() => stream.status().lag.events, PATIENT).toBeGreaterThan(50);
    // What is late here is the machine: 250 ms is the aim on one that has nothing else to do.
    expect(stream.status().lag.p50Ms).toBeLessThan(2_000);
    stream.pause();
    await expect.poll(() => stream.status().buffered, PATIENT).toBe(0);
    const pausedMs = performance.now();
    const { simulatedMs } = stream.status();
    await sleep(700);
    expect(stream.status().simulatedMs).toBe(simulatedMs);
    stream.resume();
    const restMs = performance.now() - pausedMs;
    await expect
      .poll(() => stream.status().simulatedMs, PATIENT)
      .toBeGreaterThan(simulatedMs + 20_000);
    const { simulatedMs: endMs } = await stream.stop();
    expect(endMs - CUT_MS).toBeLessThanOrEqual((performance.now() - beganMs - restMs) * speed);
    expect(stream.ledger.total()).toMatchObject({ inFlight: 0, retried: 0 });
  });

  it('makes up for five seconds of a machine that slept, and gives the rest up', async () => {
    const wall = new Wall();
    const stream = await start(world.copy(), { speed: SPEED, wallMs: wall.read });
    wall.ms += 60_000;
    await expect.poll(() => stream.status().givenUpMs, PATIENT).toBeGreaterThan(50_000);
    const explained = () => {
      const { simulatedMs, givenUpMs } = stream.status();
      return simulatedMs + givenUpMs * SPEED;
    };
    await expect.poll(explained, PATIENT).toBeCloseTo(CUT_MS + 60 * HOUR_MS, -4);
    await stream.stop();
  });

  it('changes its speed, ends where it should, and tells how it is doing', async () => {
    const paths = world.copy();
    const wall = new Wall();
    const told: StreamStatus[] = [];
    const stream = await start(paths, {
      speed: SPEED,
      wallMs: wall.read,
      toMs: CUT_MS + 5 * HOUR_MS,
      onStatus: (status) => told.push(status),
    });
    wall.ms += 500;
    await reached(stream, CUT_MS + HOUR_MS / 2);
    expect(() => stream.setSpeed(0)).toThrow(RangeError);
    stream.setSpeed(Infinity);
    const { simulatedMs } = await stream.ended;
    expect(simulatedMs).toBe(CUT_MS + 5 * HOUR_MS);
    const status = stream.status();
    const events = eventsIn(paths);
    expect(status).toMatchObject({
      state: 'ended',
      speed: 'max',
      hubPort: null,
      fromMs: CUT_MS,
      checkpointMs: simulatedMs,
      breaker: 'closed',
      total: { generated: events.length, acknowledged: events.length, inFlight: 0 },
    });
    expect(status.lastBatches.length).toBeGreaterThan(0);
    expect(told.at(-1)?.state).toBe('ended');
    expect(told.some(({ speed, state }) => speed === 'max' && state === 'running')).toBe(true);
    expect(structuredClone(status)).toEqual(status);
    const recent = stream.recentEvents(3).map((text) => JSON.parse(text));
    expect(recent).toEqual(events.slice(-3));
    expect(stream.recentEvents()).toHaveLength(200);
    expect(readManifest(streamPaths(paths).manifest)?.committedMs).toBe(simulatedMs);
    expect(existsSync(paths.lock)).toBe(false);
    await expect(stream.stop()).resolves.toEqual({ simulatedMs, settled: true });
  });

  it('holds the folder while it lasts', async () => {
    const paths = world.copy();
    const stream = await start(paths, { speed: 1 });
    await expect(start(paths)).rejects.toThrow(InputError);
    await stream.stop();
    const next = await start(paths, { speed: 1, durationMs: 50 });
    await expect(next.ended).resolves.toMatchObject({ settled: true });
  });

  it('ends without delivering when that takes longer than the patience', async () => {
    const paths = world.copy();
    const { config } = world.settings;
    const realtime = { ...config.realtime, send_timeout_ms: 100 };
    const stream = await start(paths, {
      settings: { ...world.settings, config: { ...config, realtime } },
      speed: Infinity,
    });
    const target = stream as unknown as { parts: { target: { sink: { send: () => unknown } } } };
    // A service that never answers.
    target.parts.target.sink.send = () => new Promise(() => {});
    await expect.poll(() => stream.status().underWay, PATIENT).toBeGreaterThan(0);
    await expect(stream.stop(50)).resolves.toMatchObject({ settled: false });
    expect(existsSync(paths.lock)).toBe(false);
  });

  it('refuses a world without history, and lets go of it', async () => {
    const paths = worldPaths(`${world.copy().root}-empty`);
    await expect(start(paths)).rejects.toThrow(/it has no history.*run --mode history/);
    expect(existsSync(paths.lock)).toBe(false);
  });
});
