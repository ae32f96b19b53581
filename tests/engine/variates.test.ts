import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { purposeKey, Substream } from '../../src/engine/substream.ts';
import {
  AliasTable,
  exponential,
  gamma,
  lognormal,
  negativeBinomial,
  normal,
  poisson,
} from '../../src/engine/variates.ts';

const key = purposeKey('test', 'variates');
const DRAWS = 200_000;

test('variates are pinned: another number here is another world for every seed', () => {
  const first = (draw: (stream: Substream) => number): number => draw(Substream.of(42, key));
  expect([
    first((stream) => exponential(stream, 10)),
    first(normal),
    first((stream) => lognormal(stream, 10, 0.5)),
    first((stream) => gamma(stream, 2.5, 10)),
    first((stream) => gamma(stream, 0.5, 10)),
    first((stream) => poisson(stream, 7)),
    first((stream) => poisson(stream, 70)),
    first((stream) => negativeBinomial(stream, 7, 1.5)),
  ]).toEqual([
    11.495063940281092, -1.698288941816931, 4.2778075432069285, 2.0200061818804302,
    5.3867435747956645, 4, 56, 0,
  ]);
});

// Variance and the fourth central moment bound how far sample mean and variance may lie from their values.
describe.each<
  [string, (stream: Substream) => number, mean: number, variance: number, fourth: number]
>([
  ['exponential', (stream) => exponential(stream, 3), 3, 9, 9 * 81],
  ['normal', normal, 0, 1, 3],
  ['gamma, shape 4', (stream) => gamma(stream, 4, 8), 8, 16, (3 + 6 / 4) * 256],
  ['gamma, shape 0.5', (stream) => gamma(stream, 0.5, 2), 2, 8, (3 + 6 / 0.5) * 64],
  ['poisson, mean 2.5', (stream) => poisson(stream, 2.5), 2.5, 2.5, 2.5 + 3 * 6.25],
  ['poisson, mean 29', (stream) => poisson(stream, 29), 29, 29, 29 + 3 * 841],
  ['poisson, mean 31', (stream) => poisson(stream, 31), 31, 31, 31 + 3 * 961],
  ['negative binomial', (stream) => negativeBinomial(stream, 6, 2), 6, 24, 24 * (1 + 24 * 6)],
])('%s', (name, draw, mean, variance, fourth) => {
  const stream = Substream.of(7, purposeKey('moments', name));
  const draws = Float64Array.from({ length: DRAWS }, () => draw(stream));
  const average = draws.reduce((sum, value) => sum + value, 0) / DRAWS;

  test('has its mean', () => {
    expect(Math.abs(average - mean)).toBeLessThan(4 * Math.sqrt(variance / DRAWS));
  });

  test('has its variance', () => {
    const sample = draws.reduce((sum, value) => sum + (value - average) ** 2, 0) / DRAWS;
    // Rounding a normal to whole numbers adds 1/12 to the variance of large Poisson variates.
    const rounding = name === 'poisson, mean 31' ? 1 / 12 : 0;
    const error = Math.sqrt((fourth - variance ** 2) / DRAWS);
    expect(Math.abs(sample - variance)).toBeLessThan(4 * error + rounding);
  });
});

// From tables of the normal distribution: within the boxes of the layers, in their wedges, in the tail.
test.each([
  [-4, 3.167e-5],
  [-3.4426, 2.8807e-4],
  [-3, 1.349898e-3],
  [-2, 0.02275013],
  [-1, 0.15865525],
  [-0.25, 0.40129367],
  [0, 0.5],
  [0.1, 0.53982784],
  [0.6745, 0.75000325],
  [1.96, 0.97500211],
  [2.5758, 0.99499985],
  [3.6, 0.99984089],
])('normal lies below %d with its probability', (bound, probability) => {
  const stream = Substream.of(11, purposeKey('quantile', String(bound)));
  const draws = 1_000_000;
  let below = 0;
  for (let draw = 0; draw < draws; draw++) if (normal(stream) < bound) below++;
  const deviation = Math.sqrt(draws * probability * (1 - probability));
  expect(Math.abs(below - draws * probability)).toBeLessThan(4 * deviation);
});

test('lognormal has its median and the share within one sigma', () => {
  const stream = Substream.of(7, key);
  const draws = Float64Array.from({ length: DRAWS }, () => lognormal(stream, 20, 0.6)).sort();
  expect(draws[DRAWS / 2] / 20).toBeCloseTo(1, 2);
  const within = draws.filter((value) => Math.abs(Math.log(value / 20)) < 0.6).length / DRAWS;
  expect(within).toBeCloseTo(0.6827, 2);
});

test('poisson of nothing is nothing', () => {
  const stream = Substream.of(7, key);
  expect([poisson(stream, 0), poisson(stream, -1)]).toEqual([0, 0]);
});

describe('alias table', () => {
  test('draws in proportion to its weights', () => {
    const weights = fc.array(fc.oneof(fc.constant(0), fc.nat(1000)), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(weights, fc.nat(), (drawn, entity) => {
        const total = drawn.reduce((sum, weight) => sum + weight, 0);
        fc.pre(total > 0);
        const table = new AliasTable(drawn);
        expect(table.size).toBe(drawn.length);
        const stream = Substream.of(9, key, entity);
        const counts = drawn.map(() => 0);
        for (let n = 0; n < 10_000; n++) counts[table.draw(stream)]++;
        drawn.forEach((weight, index) => {
          if (weight === 0) expect(counts[index]).toBe(0);
          const expected = (10_000 * weight) / total;
          const deviation = Math.sqrt(expected * (1 - weight / total));
          expect(Math.abs(counts[index] - expected)).toBeLessThanOrEqual(5 * deviation + 1);
        });
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  test('refuses weights that sum to nothing', () => {
    expect(() => new AliasTable([0, 0])).toThrow('Cannot draw from 2 weights that sum to 0');
    expect(() => new AliasTable([])).toThrow('Cannot draw from 0 weights');
  });
});
