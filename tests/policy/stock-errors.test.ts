/** What people get wrong with stock: miscounts, counts that are due, orders filled in part, promotions forecast too low. */
import { describe, expect, it } from 'vitest';
import { purposeKey, Substream } from '../../src/engine/substream.ts';
import { COUNT_DAYS, countClass, drawMiscount, walksOn } from '../../src/policy/stock-records.ts';
import { drawLineFill, expectedLift, fillRateOf } from '../../src/policy/supply-errors.ts';

const stream = () => Substream.of(7, purposeKey('test', 'stock-errors'), 1);
const DRAWS = 20_000;

describe('receiving', () => {
  it('miscounts two in a hundred products, never by more than came, mostly too much', () => {
    const draws = stream();
    const miscounts = Array.from({ length: DRAWS }, () => drawMiscount(draws, 8, 12)).filter(
      (miscount) => miscount !== 0,
    );
    expect(miscounts.length / DRAWS).toBeCloseTo(0.02, 2);
    expect(Math.min(...miscounts)).toBe(-8);
    expect(Math.max(...miscounts)).toBe(12);
    const over = miscounts.filter((miscount) => miscount > 0).length;
    expect(over / miscounts.length).toBeGreaterThan(0.5);
  });
});

describe('counts', () => {
  it('come more often for what sells more', () => {
    expect([2, 0.9, 0.1].map(countClass)).toEqual([0, 1, 2]);
    expect(COUNT_DAYS[0]).toBeLessThan(COUNT_DAYS[1]);
    expect(COUNT_DAYS[1]).toBeLessThan(COUNT_DAYS[2]);
  });

  it('leave gaps unseen on Sundays', () => {
    expect([0, 1, 2, 3, 4, 5, 6].filter(walksOn)).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe('suppliers', () => {
  it('fill 90 to 98 % of the units, each its own share', () => {
    const rates = Array.from({ length: 200 }, (_, index) => fillRateOf(42, index + 1));
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(0.9);
    expect(Math.max(...rates)).toBeLessThanOrEqual(0.98);
    expect(new Set(rates).size).toBe(200);
  });

  it.each([0.9, 0.95, 0.98])('deliver %f of their lines on average, most lines whole', (rate) => {
    const draws = stream();
    const fills = Array.from({ length: DRAWS }, () => drawLineFill(draws, rate));
    expect(fills.reduce((sum, fill) => sum + fill, 0) / DRAWS).toBeCloseTo(rate, 2);
    expect(fills.filter((fill) => fill === 1).length / DRAWS).toBeGreaterThan(0.75);
  });
});

describe('planners', () => {
  it('expect two thirds of what an offer adds, more of some and less of others', () => {
    const guesses = Array.from({ length: 4000 }, (_, index) => expectedLift(42, 2800, index, 2.1));
    const mean = guesses.reduce((sum, guess) => sum + guess, 0) / guesses.length;
    expect((mean - 1) / 1.1).toBeGreaterThan(0.6);
    expect((mean - 1) / 1.1).toBeLessThan(0.75);
    expect(guesses.some((guess) => guess > 2.1)).toBe(true);
    expect(guesses.every((guess) => guess > 1)).toBe(true);
    expect(expectedLift(42, 2800, 3, 2.1)).toBe(guesses[3]);
  });
});
