import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hash32, hashUnit, mix, purposeKey, Substream } from '../../src/engine/substream.ts';

const arrivals = purposeKey('store', 'arrivals');
const baskets = purposeKey('store', 'baskets');

test('draws are pinned: another number here is another world for every seed', () => {
  const draws = [1, 2, 3].map((store) => {
    const stream = Substream.of(42, arrivals, store);
    return [stream.below(1e6), stream.below(1e6), stream.below(1e6)];
  });
  expect(draws).toEqual([
    [64548, 939720, 933801],
    [887628, 112869, 821674],
    [52849, 599208, 967273],
  ]);
  expect([arrivals, hash32(42, arrivals, 7), mix(1)]).toEqual([
    -1961929943, -1842188611, 1753845952,
  ]);
});

/** Correlation of neighbours in a series. */
function correlationOfNeighbours(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let covariance = 0;
  let variance = 0;
  values.forEach((value, index) => {
    variance += (value - mean) ** 2;
    if (index > 0) covariance += (value - mean) * (values[index - 1] - mean);
  });
  return covariance / variance;
}

/** Chi-squared of the counts in twenty equal bins; 19 degrees of freedom, above 43.8 once in a thousand. */
function chiSquared(values: readonly number[]): number {
  const counts = new Array<number>(20).fill(0);
  for (const value of values) counts[Math.floor(value * 20)]++;
  const expected = values.length / 20;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

const count = 5000;
const upTo = (make: (n: number) => number): number[] =>
  Array.from({ length: count }, (_, n) => make(n));

describe.each([
  ['small seeds', (n: number) => Substream.of(n, arrivals, 1)],
  ['entities', (n: number) => Substream.of(1, arrivals, n)],
  ['entities far apart', (n: number) => Substream.of(1, arrivals, n * 2 ** 32)],
  ['large seeds', (n: number) => Substream.of(n * 2 ** 32 + 5, arrivals, 1)],
  ['purposes', (n: number) => Substream.of(1, purposeKey('store', `purpose ${n}`), 1)],
])('first draws of neighbouring %s', (_, streamOf) => {
  const firsts = upTo((n) => streamOf(n).unit());
  const seconds = upTo((n) => {
    const stream = streamOf(n);
    stream.unit();
    return stream.unit();
  });

  test('are uniform', () => {
    expect(chiSquared(firsts)).toBeLessThan(43.8);
    expect(chiSquared(seconds)).toBeLessThan(43.8);
  });

  test('do not depend on each other', () => {
    // Four standard deviations.
    const bound = 4 / Math.sqrt(count);
    expect(Math.abs(correlationOfNeighbours(firsts))).toBeLessThan(bound);
    expect(Math.abs(correlationOfNeighbours(seconds))).toBeLessThan(bound);
    const interleaved = firsts.flatMap((first, n) => [first, seconds[n]]);
    expect(Math.abs(correlationOfNeighbours(interleaved))).toBeLessThan(bound);
  });

  test('differ', () => {
    const states = new Set(Array.from({ length: 500 }, (_, n) => streamOf(n).state().join()));
    expect(states.size).toBe(500);
  });
});

test('decisions by hash are uniform and tell purposes apart', () => {
  const units = upTo((n) => hashUnit(1, arrivals, n));
  expect(chiSquared(units)).toBeLessThan(43.8);
  expect(Math.abs(correlationOfNeighbours(units))).toBeLessThan(4 / Math.sqrt(count));
  expect(hashUnit(1, arrivals, 1, 2)).not.toBe(hashUnit(1, arrivals, 2, 1));
  expect(hashUnit(1, arrivals, 1)).not.toBe(hashUnit(1, baskets, 1));
});

test('a substream goes on from its state', () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(), fc.nat(50), (seed, entity, drawn) => {
      const stream = Substream.of(seed, arrivals, entity);
      for (let n = 0; n < drawn; n++) stream.unit();
      const restored = Substream.restore(JSON.parse(JSON.stringify(stream.state())));
      const next = [stream.unit(), stream.openUnit(), stream.below(77)];
      expect([restored.unit(), restored.openUnit(), restored.below(77)]).toEqual(next);
      expect(restored.state()).toEqual(stream.state());
    }),
    { seed: 1 },
  );
});

test('draws stay within their bounds', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 2 ** 31 - 1 }), (entity, bound) => {
      const stream = Substream.of(1, baskets, entity);
      for (let n = 0; n < 20; n++) {
        expect(stream.below(bound)).toBeLessThan(bound);
        const between = stream.between(-3, 3);
        expect(between >= -3 && between <= 3 && Number.isInteger(between)).toBe(true);
        const open = stream.openUnit();
        expect(open > 0 && open < 1).toBe(true);
      }
      expect(stream.chance(0)).toBe(false);
      expect(stream.chance(1)).toBe(true);
    }),
    { seed: 1 },
  );
});

test('weighted draws keep to their proportions and never take what weighs nothing', () => {
  const stream = Substream.of(1, baskets);
  const weights = [0, 5, 0, 3, 2, 0];
  const counts = weights.map(() => 0);
  for (let n = 0; n < 100_000; n++) counts[stream.weighted(weights, 10)]++;
  expect([counts[0], counts[2], counts[5]]).toEqual([0, 0, 0]);
  expect(counts[1] / 1e5).toBeCloseTo(0.5, 2);
  expect(counts[3] / 1e5).toBeCloseTo(0.3, 2);
});
