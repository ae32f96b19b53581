/** A stream that holds a rate, from a night over the opening of the stores, with a clock that the test controls. */
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningStream, type StreamRequest } from '../../src/stream/running-stream.ts';
import type { WorldPaths } from '../../src/store/paths.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import type { Config } from '../../src/world/config.ts';
import { eventsIn, idsOf } from '../run/event-file.ts';
import { type SmallWorld, smallWorld } from '../run/small-world.ts';

const FROM_MS = Date.parse('2024-03-08T22:00:00Z');
/** Stores are shut, and open some hours later. */
const NIGHT_MS = Date.parse('2024-03-09T06:00:00Z');
const TICK_MS = 20;

let world: SmallWorld;
beforeAll(async () => {
  world = await smallWorld(FROM_MS, NIGHT_MS);
});
afterAll(() => world.remove());

interface Driven {
  readonly stream: RunningStream;
  readonly paths: WorldPaths;
  /** Lets so much of the wall clock pass. */
  pass(seconds: number): Promise<void>;
}

async function start(
  more: Partial<StreamRequest>,
  realtime: Partial<Config['realtime']> = {},
): Promise<Driven> {
  const paths = world.copy();
  let wallMs = 0;
  const { config } = world.settings;
  const stream = await RunningStream.start({
    settings: {
      ...world.settings,
      config: { ...config, realtime: { ...config.realtime, ...realtime } },
    },
    paths,
    makeWorld: simulatedWorld,
    sink: 'ndjson',
    catchUp: 'none',
    nowMs: () => NIGHT_MS,
    wallMs: () => wallMs,
    ...more,
  });
  const pass = async (seconds: number) => {
    const endMs = wallMs + seconds * 1_000;
    while (wallMs < endMs) {
      wallMs += TICK_MS;
      // Wakes it: its own waits are by the real clock.
      stream.resume();
      await setImmediate();
      await setImmediate();
    }
  };
  return { stream, paths, pass };
}

const generated = ({ stream }: Driven) => stream.ledger.total().generated;

describe('a rate', () => {
  it('is held through night and opening, with the events of any other speed', async () => {
    const driven = await start({ perSecond: 100 });
    const { stream, paths, pass } = driven;
    let before = 0;
    const speeds: number[] = [];
    for (let round = 0; round < 12; round++) {
      await pass(5);
      const events = generated(driven) - before;
      before += events;
      expect(events).toBeGreaterThan(500 * 0.97);
      expect(events).toBeLessThan(500 * 1.03);
      const { speed, heldPerSecond, capPerSecond } = stream.status();
      expect({ heldPerSecond, capPerSecond }).toEqual({ heldPerSecond: 100, capPerSecond: null });
      speeds.push(Number(speed));
    }
    // Night and day: what holds the rate differs by far.
    expect(Math.max(...speeds) / Math.min(...speeds)).toBeGreaterThan(3);
    const { simulatedMs } = await stream.stop();

    const other = world.copy();
    const unpaced = await RunningStream.start({
      settings: world.settings,
      paths: other,
      makeWorld: simulatedWorld,
      sink: 'ndjson',
      catchUp: 'none',
      nowMs: () => NIGHT_MS,
      speed: Infinity,
      toMs: simulatedMs,
    });
    await unpaced.ended;
    const byKey = (of: WorldPaths) => {
      const ids: Record<string, string[]> = {};
      for (const event of eventsIn(of)) {
        ids[event.partition_key] ??= [];
        ids[event.partition_key].push(event.event_id);
      }
      return ids;
    };
    expect(idsOf(eventsIn(paths)).toSorted()).toEqual(idsOf(eventsIn(other)).toSorted());
    expect(byKey(paths)).toEqual(byKey(other));
  });

  it('begins, changes and ends while the stream runs', async () => {
    const driven = await start({ speed: 1 });
    const { stream, pass } = driven;
    await pass(1);
    expect(() => stream.setRate(0)).toThrow(RangeError);
    stream.setRate(40);
    let before = generated(driven);
    await pass(10);
    expect(Math.abs(generated(driven) - before - 400)).toBeLessThan(12);
    stream.pause();
    before = generated(driven);
    stream.setRate(80);
    const { simulatedMs } = stream.status();
    // Pausing wins: it stands still until it is told to go on.
    for (let turn = 0; turn < 20; turn++) await setImmediate();
    expect(stream.status().simulatedMs).toBe(simulatedMs);
    stream.resume();
    await pass(10);
    expect(Math.abs(generated(driven) - before - 800)).toBeLessThan(24);
    stream.setSpeed(60);
    expect(stream.status()).toMatchObject({ speed: 60, heldPerSecond: null });
    const fromMs = stream.status().simulatedMs;
    await pass(10);
    const reachedMs = stream.status().simulatedMs;
    expect(reachedMs - fromMs).toBeGreaterThan(590_000);
    expect(reachedMs - fromMs).toBeLessThanOrEqual(600_000);
    await expect(stream.stop()).resolves.toMatchObject({ settled: true });
  });

  it('excludes a speed, and catching up by streaming', async () => {
    await expect(start({ perSecond: 10, speed: 2 })).rejects.toThrow(/--rate.*or a speed/);
    await expect(start({ perSecond: 10, catchUp: 'stream' })).rejects.toThrow(/leave out the rate/);
  });
});

describe('emit_interval_ms and burst', () => {
  const CADENCE = { emit_interval_ms: 1_000, burst: 50 };

  it('are a rate if no speed is given', async () => {
    const driven = await start({}, CADENCE);
    const { stream, pass } = driven;
    expect(stream.status()).toMatchObject({ heldPerSecond: 50, capPerSecond: null });
    const counts: number[] = [];
    // Half a second after the instant of a burst; in the night the first takes longer.
    await pass(0.5);
    for (let round = 0; round < 20; round++) {
      await pass(1);
      counts.push(generated(driven));
    }
    expect(counts).toEqual(counts.map((_, index) => 50 * (index + 2)));
    await stream.stop();
  });

  it('are a cap with a speed, and say from the start that the world outruns it', async () => {
    const notes: string[] = [];
    const driven = await start(
      { speed: 3_600, onNote: (text) => notes.push(text) },
      { emit_interval_ms: 1_000, burst: 1, max_buffer_size: 200 },
    );
    const { stream, pass } = driven;
    // Until the stores open.
    await pass(10);
    await expect
      .poll(() => notes.filter((text) => text.includes('outruns the cap of 1/s')), {
        timeout: 30_000,
      })
      .toHaveLength(1);
    expect(stream.status()).toMatchObject({ capPerSecond: 1, heldPerSecond: null, speed: 3_600 });
    expect(stream.status().waiting).toBeGreaterThan(1);
    await stream.stop(50);
  });

  it('are a cap if the gap is streamed', async () => {
    const { stream } = await start({ catchUp: 'stream' }, CADENCE);
    expect(stream.status()).toMatchObject({ capPerSecond: 50, heldPerSecond: null, speed: 1 });
    await stream.stop(50);
  });
});
