/** Simulated time as the page shows it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Playback } from '../../src/page/lib/playback-clock.ts';

const EVERY_MS = 500;
const FRAME_MS = 50;
/** The server's clock and the page's have nothing to do with each other. */
const SERVER_MS = 1_700_000_000_000;

interface Shown {
  readonly wallMs: number;
  readonly shownMs: number;
  /** Where the world is at that instant. */
  readonly trueMs: number;
}

interface Feed {
  readonly pace: number;
  readonly speed: number | 'max';
  /** How long each state is on its way. */
  readonly delaysMs: readonly number[];
  /** Nothing is heard between the two; what comes meanwhile arrives together. */
  readonly stalls?: readonly { fromMs: number; untilMs: number }[];
  /** How much older simulated time is than the state that tells it. */
  readonly staleMs?: readonly number[];
}

/** Plays the states of a stream that is watched from its beginning; what is shown each frame. */
function shown({ pace, speed, delaysMs, stalls = [], staleMs = [] }: Feed): Shown[] {
  const playback = new Playback();
  const frames: Shown[] = [];
  let wallMs = 0;
  let lastMs = 0;
  for (const [index, delayMs] of delaysMs.entries()) {
    const sentMs = index * EVERY_MS;
    const reachesMs = sentMs + delayMs;
    const stall = stalls.find(({ fromMs, untilMs }) => fromMs <= reachesMs && reachesMs < untilMs);
    // One connection: nothing overtakes what was sent before it.
    const arrivesMs = Math.max(lastMs, stall?.untilMs ?? reachesMs);
    lastMs = arrivesMs;
    for (; wallMs < arrivesMs; wallMs += FRAME_MS) {
      const shownMs = playback.nowMs(wallMs);
      if (shownMs !== null) frames.push({ wallMs, shownMs, trueMs: wallMs * pace });
    }
    const simulatedMs = Math.max(0, sentMs - (staleMs[index] ?? 0)) * pace;
    playback.take({ simulatedMs, wallMs: SERVER_MS + sentMs, speed }, arrivesMs, true);
  }
  return frames;
}

const jitter = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 30, maxLength: 60 });
const stale = fc.array(fc.integer({ min: 0, max: 250 }), { minLength: 60, maxLength: 60 });
const stalls = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 12_000 }), fc.integer({ min: 100, max: 12_000 }))
    .map(([fromMs, lengthMs]) => ({ fromMs, untilMs: fromMs + lengthMs })),
  { maxLength: 3 },
);
const speeds = fc.constantFrom(1, 10, 60, 600);

it('shows nothing before the first state', () => {
  expect(new Playback().nowMs(1000)).toBeNull();
});

describe('whatever the network and the browser do', () => {
  it('never goes back', () => {
    fc.assert(
      fc.property(jitter, stale, stalls, speeds, (delaysMs, staleMs, gaps, speed) => {
        const frames = shown({ pace: speed, speed, delaysMs, staleMs, stalls: gaps });
        const steps = frames.slice(1).map(({ shownMs }, index) => shownMs - frames[index].shownMs);
        expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
      }),
      { seed: 9, numRuns: 300 },
    );
  });

  it('is never ahead of the world by more than the allowed time', () => {
    fc.assert(
      fc.property(jitter, stale, stalls, speeds, (delaysMs, staleMs, gaps, speed) => {
        const frames = shown({ pace: speed, speed, delaysMs, staleMs, stalls: gaps });
        const ahead = frames.map(({ shownMs, trueMs }) => shownMs - trueMs);
        expect(Math.max(...ahead)).toBeLessThan(2000 * speed);
      }),
      { seed: 10, numRuns: 300 },
    );
  });

  it.each([1, 60, 600, 'max'] as const)('shows the truth soon after, at × %s', (speed) => {
    fc.assert(
      fc.property(jitter, stale, stalls, (delaysMs, staleMs, gaps) => {
        const pace = speed === 'max' ? 20_000 : speed;
        const calm = Array.from({ length: 60 }, () => 20);
        const feed = { pace, speed, delaysMs: [...delaysMs, ...calm], staleMs, stalls: gaps };
        const off = shown(feed).map(({ shownMs, trueMs }) => Math.abs(shownMs - trueMs));
        expect(Math.max(...off.slice(-20))).toBeLessThan(500 * pace);
      }),
      { seed: 11, numRuns: 100 },
    );
  });

  it('handles two states that arrive together', () => {
    const playback = new Playback();
    const arrivals = [0, 500, 1000, 1500, 2500, 2501];
    for (const [index, atMs] of arrivals.entries()) {
      const simulatedMs = index * 300_000;
      playback.take({ simulatedMs, wallMs: SERVER_MS + index * EVERY_MS, speed: 600 }, atMs, true);
    }
    expect(Math.round((playback.nowMs(3500) ?? 0) / 60_000)).toBe(35);
  });

  it('runs on for two seconds without a new state, and then waits', () => {
    const playback = new Playback();
    for (let state = 0; state < 10; state++) {
      const [simulatedMs, wallMs] = [state * 30_000, state * EVERY_MS];
      playback.take({ simulatedMs, wallMs, speed: 60 }, wallMs, true);
    }
    let atMs = 4500;
    for (; atMs < 60_000; atMs += FRAME_MS) playback.nowMs(atMs);
    expect(playback.nowMs(atMs)).toBe(270_000 + 2000 * 60);
  });
});

it('keeps within a second of a steady stream', () => {
  const delaysMs = Array.from({ length: 40 }, () => 20);
  const last = shown({ pace: 60, speed: 60, delaysMs }).at(-1)!;
  expect(Math.abs(last.shownMs - last.trueMs)).toBeLessThan(60 * 1000);
});

it("runs at the world's actual speed, not at the requested one", () => {
  const delaysMs = Array.from({ length: 40 }, () => 20);
  const last = shown({ pace: 150, speed: 600, delaysMs }).at(-1)!;
  expect(Math.abs(last.shownMs - last.trueMs)).toBeLessThan(150 * 300);
});

describe('starts again', () => {
  const streamed = (speed: number) => {
    const playback = new Playback();
    for (let state = 0; state < 10; state++) {
      const wallMs = state * EVERY_MS;
      playback.take({ simulatedMs: wallMs * speed, wallMs, speed }, wallMs, true);
    }
    return playback;
  };

  it("at the world's time when it is paused or no task runs", () => {
    const playback = streamed(60);
    playback.take({ simulatedMs: 275_000, wallMs: 5000, speed: 60 }, 5000, false);
    expect(playback.nowMs(5200)).toBe(275_000);
    expect(playback.nowMs(9000)).toBe(275_000);
  });

  it('at another speed, at the pace of that one', () => {
    const playback = streamed(600);
    playback.take({ simulatedMs: 2_800_000, wallMs: 5000, speed: 1 }, 5000, true);
    expect(playback.nowMs(5400)).toBeGreaterThanOrEqual(2_800_000);
    expect(playback.nowMs(5400)).toBeLessThan(2_800_000 + 1000);
  });

  it('after a rest, at the pace of the new stream', () => {
    const playback = streamed(600);
    playback.take({ simulatedMs: 2_800_000, wallMs: 5000, speed: null }, 5000, false);
    playback.take({ simulatedMs: 2_800_000, wallMs: 8000, speed: 60 }, 8000, true);
    playback.take({ simulatedMs: 2_830_000, wallMs: 8500, speed: 60 }, 8500, true);
    expect(playback.nowMs(9000)).toBeLessThanOrEqual(2_860_000);
  });

  it('at the present time of the world, after the page was hidden for a while', () => {
    const playback = streamed(60);
    playback.interrupt();
    playback.take({ simulatedMs: 400_000, wallMs: 6000, speed: 60 }, 6000, true);
    expect(playback.nowMs(6000)).toBe(400_000);
  });

  it('in another world', () => {
    const playback = streamed(60);
    playback.take({ simulatedMs: 5, wallMs: 5000, speed: 60 }, 5000, true);
    expect(playback.nowMs(5010)).toBeLessThan(30_000);
  });
});
