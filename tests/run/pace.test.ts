import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextStepEnd, StepSize, steadyPace } from '../../src/run/pace.ts';

const DAY_MS = 86_400_000;

it('steps end at the end of a day or of the window, whatever their sizes', () => {
  const from = Date.parse('2024-02-28T17:05:00.250Z');
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 * DAY_MS }),
      fc.infiniteStream(fc.nat(9000)),
      (length, elapsed) => {
        const size = new StepSize();
        const ends = new Set<number>();
        for (let nowMs = from; nowMs < from + length; ) {
          const endMs = nextStepEnd(nowMs, size.ms, from + length);
          expect(endMs).toBeGreaterThan(nowMs);
          expect(Math.floor((endMs - 1) / DAY_MS)).toBe(Math.floor(nowMs / DAY_MS));
          ends.add(endMs);
          nowMs = endMs;
          size.observe(elapsed.next().value);
        }
        expect(ends).toContain(from + length);
      },
    ),
  );
});

it('steps shrink while they take too long, and grow back', () => {
  const size = new StepSize();
  for (let i = 0; i < 5; i++) size.observe(0);
  expect(size.ms).toBe(DAY_MS / 4);
  for (let i = 0; i < 5; i++) size.observe(10_000);
  expect(size.ms).toBeLessThan(DAY_MS / 24);
});

it('commits come every ten seconds, or when they cost a twentieth of the time', () => {
  let nowMs = 0;
  const pace = steadyPace(() => nowMs);
  const isDueAt = (ms: number) => {
    nowMs = ms;
    return pace.due();
  };
  expect([9999, 10_000].map(isDueAt)).toEqual([false, true]);
  pace.committed(10);
  expect([19_999, 20_000].map(isDueAt)).toEqual([false, true]);
  pace.committed(1000);
  expect([39_999, 40_000].map(isDueAt)).toEqual([false, true]);
});
