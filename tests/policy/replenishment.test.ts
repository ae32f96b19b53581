import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dcPolicy,
  dcVarianceRatio,
  fairShare,
  leastReorderPoint,
  orderQuantity,
  orderUpToLevel,
  reorderPoint,
  smooth,
  storeLeadDays,
  storePolicy,
} from '../../src/policy/replenishment.ts';

const STORE = storePolicy(150, 3);
const demand = fc.double({ min: 0, max: 5000, noNaN: true });

describe('replenishment', () => {
  it('orders whole cases that bring the position to the level, and less than a case above', () => {
    fc.assert(
      fc.property(
        demand,
        fc.integer({ min: 1, max: 48 }),
        fc.integer({ min: -500, max: 500 }),
        (perDay, casePack, gap) => {
          const point = reorderPoint(STORE, perDay);
          const level = orderUpToLevel(STORE, point, perDay, casePack);
          const position = point - Math.abs(gap);
          const qty = orderQuantity(level, position, casePack);
          expect(qty % casePack).toBe(0);
          expect(qty).toBeGreaterThan(0);
          expect(position + qty).toBeGreaterThanOrEqual(level);
          expect(position + qty).toBeLessThan(level + casePack);
        },
      ),
    );
  });

  it('holds more for more demand, longer lead times and lumpier orders', () => {
    expect(reorderPoint(STORE, 20)).toBeGreaterThan(reorderPoint(STORE, 10));
    expect(reorderPoint(dcPolicy(4, 14), 10)).toBeGreaterThan(reorderPoint(dcPolicy(1, 14), 10));
    expect(dcVarianceRatio(1000, 8, 3, 12)).toBeGreaterThan(dcVarianceRatio(10, 8, 3, 12));
  });

  it("covers a store's review, the wait for a truck, the road and the dock", () => {
    // 12 h until a truck leaves, 2 h at the dock, and 150 km x 1.25 at 55 mph: 2.1 h.
    expect(storeLeadDays(150) * 24).toBeCloseTo(16.1, 1);
    expect(storePolicy(150, 3).protectionDays).toBeCloseTo(1.67, 2);
    expect(dcPolicy(3, 14).protectionDays).toBeCloseTo(5.99, 2);
    // 10 a day: 16.7 units, and 0.7 of sqrt(16.7 x 1.8) = 5.5 for safety.
    expect(reorderPoint(STORE, 10)).toBe(21);
  });

  it('keeps a quarter of the opening reorder point, and one unit of what is carried', () => {
    expect([0, 1, 2, 8, 21].map(leastReorderPoint)).toEqual([0, 1, 1, 2, 5]);
  });

  it('shares out what is short in proportion, and never more than there is or is wanted', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 0, max: 5000 }),
        (available, wanted, others) => {
          const share = fairShare(available, wanted, wanted + others);
          expect(share).toBeLessThanOrEqual(Math.min(available, wanted));
          if (available >= wanted + others) expect(share).toBe(wanted);
          else
            expect(share).toBeGreaterThanOrEqual(
              Math.floor((available * wanted) / (wanted + others)),
            );
        },
      ),
    );
  });

  it('forgets old demand little by little', () => {
    let forecast = 100;
    for (let day = 0; day < 100; day++) forecast = smooth(forecast, 10);
    expect(forecast).toBeCloseTo(10, 0);
  });
});
