import { expect, it } from 'vitest';
import { backoffMs } from '../../src/delivery/backoff.ts';

const SETTINGS = { firstMs: 100, multiplier: 2, longestMs: 30_000, retriesPerRound: 3 };
const waits = (settings: typeof SETTINGS & { firstRestMs?: number }, count: number) =>
  Array.from({ length: count }, (_, index) => backoffMs(settings, index + 1, 1));

it('doubles the waits of a round, and rests between rounds', () => {
  expect(waits(SETTINGS, 9)).toEqual([100, 200, 400, 30_000, 100, 200, 400, 30_000, 100]);
});

it('rests briefly at first, then longer, up to a limit', () => {
  const rests = waits({ ...SETTINGS, firstRestMs: 5_000 }, 20).filter((ms) => ms > 400);
  expect(rests).toEqual([5_000, 10_000, 20_000, 30_000, 30_000]);
});

it('waits between half of the nominal length and all of it', () => {
  expect(backoffMs(SETTINGS, 3, 0)).toBe(200);
});
