/** Shelves: what they hold, which are filled first, and how much work there is for whom. */
import { describe, expect, it } from 'vitest';
import {
  fillUrgency,
  fillWork,
  hourlyWork,
  lowSeenChance,
  morningWork,
  REACTION_SHARES,
  shelfCapacity,
  unitsToFill,
  fillPoint,
} from '../../src/policy/shelves.ts';
import { SHELF_REACTIONS } from '../../src/domain/values.ts';

describe('a shelf', () => {
  it('holds whole cases: one for slow goods, less than a day of demand of fast ones', () => {
    expect(shelfCapacity(0, 12)).toBe(12);
    expect(shelfCapacity(0.8, 12)).toBe(12);
    expect(shelfCapacity(40, 12)).toBe(36);
    expect(shelfCapacity(400, 12) / 400).toBeCloseTo(0.9, 1);
  });

  it('is filled when half empty, or when a case fits, with what is there', () => {
    expect([fillPoint(12, 12), fillPoint(48, 12), fillPoint(0, 12)]).toEqual([6, 36, 0]);
    expect(unitsToFill(6, 12, 30)).toBe(6);
    expect(unitsToFill(6, 12, 2)).toBe(2);
    expect(unitsToFill(36, 48, 30)).toBe(12);
  });

  it('is noticed when low the sooner, the faster its goods sell', () => {
    const chances = [0, 0.2, 1, 5, 100].map(lowSeenChance);
    expect(chances).toEqual(chances.toSorted((a, b) => a - b));
    expect(chances[0]).toBeGreaterThan(0.1);
    expect(chances[4]).toBeLessThan(0.7);
  });

  it('is more urgent for fast goods, and if empty', () => {
    expect(fillUrgency(10, 6, 12)).toBeGreaterThan(fillUrgency(1, 6, 12));
    expect(fillUrgency(10, 0, 12)).toBeGreaterThan(fillUrgency(10, 6, 12));
    expect(fillUrgency(6, 0, 12)).toBeGreaterThan(fillUrgency(10, 4, 12));
  });
});

describe('the crews', () => {
  const day = (weekday: number) => {
    let work = morningWork(100, weekday);
    for (let hour = 0; hour < 24; hour++) work += hourlyWork(100, weekday, hour);
    return work;
  };

  it('do less on a Sunday than on a Thursday, while shoppers come more', () => {
    expect(day(6)).toBeLessThan(day(3) * 0.85);
  });

  it('do most of a day before opening, little in the evening, and nothing at night', () => {
    expect(morningWork(100, 2) / day(2)).toBeCloseTo(0.62, 5);
    expect(hourlyWork(100, 2, 21)).toBeLessThan(hourlyWork(100, 2, 10) / 3);
    expect(hourlyWork(100, 2, 3)).toBe(0);
  });

  it('need an errand for each product and a while for each case', () => {
    expect(fillWork(1, 12)).toBeCloseTo(1.6);
    expect(fillWork(12, 12)).toBeCloseTo(1.6);
    expect(fillWork(13, 12)).toBeCloseTo(2.6);
  });
});

it('shoppers at an empty shelf do what Gruen and others have found', () => {
  const shares = Object.fromEntries(SHELF_REACTIONS.map((name, at) => [name, REACTION_SHARES[at]]));
  expect(shares).toEqual({
    ...{ OTHER_STORE: 0.31, OTHER_BRAND: 0.26, DELAY: 0.15, NOTHING: 0.09, OTHER_SIZE: 0.19 },
  });
  expect(REACTION_SHARES.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
});
