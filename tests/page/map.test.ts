/** What the map computes: where names and places find room, where it is night, which way a truck goes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { declutter, type Spot } from '../../src/page/map/declutter.ts';
import { belowSun, darkness } from '../../src/page/map/night.ts';
import { curveBetween, headingAt, pointAt } from '../../src/page/map/route.ts';

const spot = (x: number, y: number, fixed = false): Spot => ({ x, y, radius: 6, fixed });

describe('declutter', () => {
  it('moves a cluster apart and leaves its center where it is', () => {
    const spots = [spot(100, 100, true), ...Array.from({ length: 9 }, () => spot(101, 100))];
    const placed = declutter(spots);
    expect(placed[0]).toEqual({ x: 100, y: 100 });
    for (const [i, a] of placed.entries()) {
      for (const b of placed.slice(i + 1)) {
        expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(8);
      }
    }
  });

  it('gives the same picture again, and does not move places with enough room', () => {
    const places = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 })),
      {
        maxLength: 20,
      },
    );
    fc.assert(
      fc.property(places, (list) => {
        const near = list.map(([x, y]) => spot(x, y));
        const far = spot(500, 500, true);
        const placed = declutter([...near, far]);
        expect(declutter([...near, far])).toEqual(placed);
        expect(placed.at(-1)).toEqual({ x: 500, y: 500 });
        for (const { x, y } of placed) expect(Number.isFinite(x + y)).toBe(true);
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});

describe('the night', () => {
  it.each([
    ['2024-03-20T12:00:00Z', 0, 0],
    ['2024-06-20T12:00:00Z', 0, 23.4],
    ['2024-12-21T18:00:00Z', -90, -23.4],
  ])('the sun stands where it should: %s', (instant, lon, lat) => {
    const sun = belowSun(Date.parse(instant));
    // The equation of time is up to four degrees.
    expect(Math.abs(sun[0] - lon)).toBeLessThan(4.2);
    expect(Math.abs(sun[1] - lat)).toBeLessThan(0.6);
  });

  it('is dark in New York at midnight, light at noon, and neither at sunset', () => {
    const at = (instant: string) => darkness(-74, 40.7, belowSun(Date.parse(instant)));
    expect(at('2024-03-09T05:00:00Z')).toBe(1);
    expect(at('2024-03-09T17:00:00Z')).toBe(0);
    expect(at('2024-03-09T23:10:00Z')).toBeGreaterThan(0.1);
    expect(at('2024-03-09T23:10:00Z')).toBeLessThan(0.9);
  });
});

describe('the way of a truck', () => {
  const there = curveBetween([0, 0], [100, 0]);
  const back = curveBetween([100, 0], [0, 0]);

  it('begins and ends at its places, and points where it goes', () => {
    expect(pointAt(there, 0)).toEqual({ x: 0, y: 0 });
    expect(pointAt(there, 1)).toEqual({ x: 100, y: 0 });
    expect(headingAt(there, 0.5)).toBeCloseTo(0);
    expect(Math.abs(headingAt(back, 0.5))).toBeCloseTo(Math.PI);
  });

  it('lies beside the way back', () => {
    expect(pointAt(there, 0.5).y).toBeGreaterThan(5);
    expect(pointAt(back, 0.5).y).toBeLessThan(-5);
  });
});
