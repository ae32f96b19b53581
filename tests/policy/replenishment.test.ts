import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dcPolicy,
  dcVarianceRatio,
  fairShare,
  orderQuantity,
  orderUpToLevel,
  reorderPoint,
  STORE_POLICY,
  smooth,
} from '../../src/policy/replenishment.ts';

const demand = fc.double({ min: 0, max: 5000, noNaN: true });

describe('replenishment', () => {
  it('orders whole cases that bring the position to the level, and less than a case above', () => {
    fc.assert(
      fc.property(
        demand,
        fc.integer({ min: 1, max: 48 }),
        fc.integer({ min: -500, max: 500 }),
        (perDay, casePack, gap) => {
          const point = reorderPoint(STORE_POLICY, perDay);
          const level = orderUpToLevel(STORE_POLICY, point, perDay, casePack);
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
    expect(reorderPoint(STORE_POLICY, 20)).toBeGreaterThan(reorderPoint(STORE_POLICY, 10));
    expect(reorderPoint(dcPolicy(4), 10)).toBeGreaterThan(reorderPoint(dcPolicy(1), 10));
    expect(dcVarianceRatio(1000, 8)).toBeGreaterThan(dcVarianceRatio(10, 8));
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
    for (let day = 0; day < 60; day++) forecast = smooth(forecast, 10);
    expect(forecast).toBeCloseTo(10, 0);
  });
});
