/** A rate that is held, with a wall clock that the test controls. */
import { describe, expect, it } from 'vitest';
import type { OutgoingEvent } from '../../src/envelopes/outgoing-event.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/engine/time.ts';
import { type Cadence, evenCadence, RateGovernor } from '../../src/stream/rate-governor.ts';

const TICK_MS = 10;
const EVENT = () => ({ eventMs: 0 }) as OutgoingEvent;

/** Stores open from eight to eight; the first minutes are the busiest. Events per simulated second. */
function densityAt(simulatedMs: number, scale: number): number {
  const hour = (simulatedMs / HOUR_MS) % 24;
  if (hour < 8 || hour >= 20) return 0.002 * scale;
  return (hour < 8.1 ? 60 : 8) * scale;
}

interface Held {
  /** Wall instants at which events went. */
  readonly wentMs: number[];
  readonly mostLateMs: number;
  readonly governor: RateGovernor;
  readonly simulatedMs: number;
}

/** Runs a world as a stream does, for `forMs` of the wall clock, from an hour of the day on. */
async function hold(cadence: Cadence, fromHour: number, forMs: number, scale = 1): Promise<Held> {
  let wallMs = 0;
  let simulatedMs = fromHour * HOUR_MS;
  let owed = 0;
  let waiting = 0;
  let mostLateMs = 0;
  const wentMs: number[] = [];
  const governor = new RateGovernor({ cadence, wallMs: () => wallMs, patienceMs: 5_000 });
  const advance = async (toMs: number) => {
    owed += (densityAt(simulatedMs, scale) * (toMs - simulatedMs)) / 1_000;
    const made = Math.floor(owed);
    owed -= made;
    simulatedMs = toMs;
    wallMs += 0.005 + made * 0.002;
    waiting += made;
    return made;
  };
  while (wallMs < forMs) {
    if (waiting > 0) {
      while (waiting > 0 && governor.waitMs() === 0) {
        const event = EVENT();
        governor.goes(event);
        mostLateMs = Math.max(mostLateMs, governor.lateMs(event) ?? Infinity);
        wentMs.push(wallMs);
        waiting--;
      }
      if (waiting > 0) wallMs += Math.min(TICK_MS, governor.waitMs());
    } else if (governor.restMs() === 0) {
      await governor.fill(simulatedMs, simulatedMs + 5 * MINUTE_MS, advance);
    } else {
      wallMs += Math.min(TICK_MS, governor.restMs());
    }
  }
  return { wentMs, mostLateMs, governor, simulatedMs };
}

describe('a rate is held', () => {
  it.each([
    [1, 0, 300, 1],
    [50, 0, 300, 1],
    [50, 7.9, 300, 1],
    [500, 0, 300, 1],
    [500, 7.99, 300, 1],
    [500, 12, 60, 1],
    [500, 19.9, 60, 1],
    // More than is asked for comes by itself: the world is slowed down.
    [500, 7.99, 60, 100],
    [20_000, 7.99, 10, 1],
  ])(
    '%i/s from hour %d on, for %i s of a world %i times as busy',
    async (perSecond, hour, forSeconds, scale) => {
      const { wentMs, mostLateMs, governor } = await hold(
        evenCadence(perSecond),
        hour,
        forSeconds * 1_000,
        scale,
      );
      expect(Math.abs(wentMs.length / (perSecond * forSeconds) - 1)).toBeLessThan(0.005);
      expect(mostLateMs).toBeLessThan(150);
      expect(governor.givenUpMs).toBe(0);
      // In every second of them, whatever the hour.
      const seconds = new Array<number>(forSeconds).fill(0);
      for (const ms of wentMs) if (ms < forSeconds * 1_000) seconds[Math.floor(ms / 1_000)]++;
      const slack = Math.max(1, perSecond * 0.15);
      for (const events of seconds) expect(Math.abs(events - perSecond)).toBeLessThanOrEqual(slack);
    },
  );

  it('passes the night at most at a speed of a million', async () => {
    const { simulatedMs } = await hold(evenCadence(500), 20, 1_000, 0);
    expect(simulatedMs - 20 * HOUR_MS).toBeGreaterThan(100 * HOUR_MS);
    expect(simulatedMs - 20 * HOUR_MS).toBeLessThanOrEqual(1_000_000 * 1_010);
  });
});

it('a cadence sends bursts, each complete and on its instant', async () => {
  const { wentMs } = await hold({ intervalMs: 1_000, burst: 50 }, 7.9, MINUTE_MS);
  const bursts = new Map<number, number>();
  for (const ms of wentMs) {
    const at = Math.floor(ms / 1_000);
    expect(ms - at * 1_000).toBeLessThan(100);
    bursts.set(at, (bursts.get(at) ?? 0) + 1);
  }
  for (let second = 0; second < 60; second++) expect(bursts.get(second)).toBe(50);
});

it('makes up for five seconds, and gives up further delay', () => {
  let wallMs = 0;
  const governor = new RateGovernor({
    cadence: evenCadence(100),
    wallMs: () => wallMs,
    patienceMs: 5_000,
  });
  // Getting ready takes its time, and is not late.
  wallMs = 9_000;
  expect(governor.waitMs()).toBe(0);
  governor.goes(EVENT());
  wallMs = 69_010;
  let gone = 0;
  for (; governor.waitMs() === 0; gone++) governor.goes(EVENT());
  expect(gone).toBe(501);
  expect(governor.givenUpMs).toBe(55_000);
});

it('counts no time while it is paused', () => {
  let wallMs = 0;
  const governor = new RateGovernor({
    cadence: { intervalMs: 1_000, burst: 2 },
    wallMs: () => wallMs,
    patienceMs: 5_000,
  });
  governor.goes(EVENT());
  governor.goes(EVENT());
  wallMs = 400;
  governor.pause();
  wallMs = 90_000;
  expect(governor.waitMs()).toBe(600);
  governor.resume();
  expect(governor.waitMs()).toBe(600);
  wallMs = 90_600;
  expect(governor.waitMs()).toBe(0);
  expect(governor.givenUpMs).toBe(0);
});
