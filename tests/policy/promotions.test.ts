import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_EFFECTS } from '../../src/policy/effects.ts';
import {
  discountedCents,
  discountTypeOf,
  offerLift,
  percentOff,
  promotionCode,
  promotionsBetween,
  promotionWeek,
  promotionWeekStartMs,
} from '../../src/policy/promotions.ts';

const startMs = Date.UTC(2024, 0, 1);

describe('the promotion calendar', () => {
  it('lists every code that a product can carry, active at that time', () => {
    const endMs = startMs + 28 * 86_400_000;
    const calendar = new Map(
      promotionsBetween(startMs, endMs, NO_EFFECTS).map((promotion) => [promotion.code, promotion]),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: startMs, max: endMs - 1 }),
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 0, max: 9 }),
        (atMs, productId, department) => {
          const week = promotionWeek(atMs);
          const percent = percentOff(5, week, productId, department);
          if (percent === 0) return;
          const code = promotionCode(week, department, percent, discountTypeOf(5, week, productId));
          const promotion = calendar.get(code);
          expect(promotion?.percentOff).toBe(percent);
          expect(promotion?.startMs).toBeLessThanOrEqual(atMs);
          expect(promotion?.endMs).toBeGreaterThan(atMs);
        },
      ),
    );
  });

  it('turns on Wednesdays at ten, when no store is open', () => {
    const turn = new Date(promotionWeekStartMs(promotionWeek(startMs)));
    expect(turn.getUTCDay()).toBe(3);
    expect(turn.getUTCHours()).toBe(10);
  });

  it('sells 26 % off in the mean, and doubles the units at 25 %', () => {
    const depths = Array.from({ length: 20_000 }, (_, index) =>
      percentOff(1, 2900, index + 1, 0),
    ).filter((percent) => percent > 0);
    // Deeper offers sell more, so the mean over lines weighs each depth by its lift.
    const lines = depths.reduce((sum, depth) => sum + offerLift(depth), 0);
    const mean = depths.reduce((sum, depth) => sum + depth * offerLift(depth), 0) / lines;
    expect(depths.length / 20_000).toBeCloseTo(0.4, 1);
    expect(Math.abs(mean - 26)).toBeLessThan(1.5);
    expect(offerLift(25)).toBeCloseTo(2.11, 1);
  });

  it('always lowers the price and never gives goods away', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 500_000 }),
        fc.integer({ min: 1, max: 90 }),
        (price, percent) => {
          const discounted = discountedCents(price, percent);
          expect(discounted).toBeLessThan(price);
          expect(discounted).toBeGreaterThan(0);
        },
      ),
    );
  });
});
