/** Simulated time as the page shows it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Playback } from '../../../src/control/page/lib/playback-clock.ts';

const EVERY_MS = 500;

/** Plays states of a stream at a speed, with the delays given; what is shown each 50 ms. */
function shown(speed: number, delaysMs: readonly number[]): number[] {
  const playback = new Playback();
  const times: number[] = [];
  let wallMs = 0;
  for (const [index, delayMs] of delaysMs.entries()) {
    const sentMs = index * EVERY_MS;
    const untilMs = sentMs + delayMs;
    for (; wallMs < untilMs; wallMs += 50) {
      const at = playback.nowMs(wallMs);
      if (at !== null) times.push(at);
    }
    playback.take(sentMs * speed, Math.max(wallMs, untilMs), true);
  }
  return times;
}

it('shows nothing before the first state', () => {
  expect(new Playback().nowMs(1000)).toBeNull();
});

it('never goes back, however unevenly states arrive', () => {
  const delays = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 5, maxLength: 40 });
  fc.assert(
    fc.property(delays, fc.constantFrom(1, 60, 600), (delaysMs, speed) => {
      const times = shown(speed, delaysMs);
      for (const [index, time] of times.entries()) {
        if (index > 0) expect(time).toBeGreaterThanOrEqual(times[index - 1]);
      }
    }),
    { seed: 9, numRuns: 200 },
  );
});

it('keeps within a second of a steady stream', () => {
  const times = shown(
    60,
    Array.from({ length: 40 }, () => 20),
  );
  const truth = (times.length - 1) * 50 * 60;
  expect(Math.abs((times.at(-1) ?? 0) - truth)).toBeLessThan(60 * 1000);
});

it('stands where the world stands when it is paused or at rest', () => {
  const playback = new Playback();
  for (let state = 0; state < 10; state++) playback.take(state * 30_000, state * EVERY_MS, true);
  playback.take(275_000, 5000, false);
  expect(playback.nowMs(5200)).toBe(275_000);
  expect(playback.nowMs(9000)).toBe(275_000);
});

it('jumps when the world is another one', () => {
  const playback = new Playback();
  for (let state = 0; state < 10; state++) playback.take(state * 30_000, state * EVERY_MS, true);
  playback.take(5, 5000, true);
  expect(playback.nowMs(5010)).toBeLessThan(30_000);
});
