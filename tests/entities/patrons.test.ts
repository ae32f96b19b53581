import { describe, expect, it } from 'vitest';
import { purposeKey, Substream } from '../../src/engine/substream.ts';
import { LARGEST_REPERTOIRE, repertoireSize } from '../../src/policy/household-repertoire.ts';
import { Patrons } from '../../src/entities/patrons.ts';
import { SavedState } from '../../src/entities/state.ts';

const NATURE = 0x1234567;
/** So large that a product is sure to enter. */
const LIKED = 1e6;

/** @param liking of every product */
const patronsOf = (count: number, products: number, liking = LIKED) =>
  new Patrons({
    firstCustomerId: 1,
    natures: new Int32Array(count).fill(NATURE),
    liking: new Float32Array(products).fill(liking),
  });

const stream = () => Substream.of(1, purposeKey('test', 'patrons'));

describe('a repertoire', () => {
  it('is empty at first, and knows what was bought and liked', () => {
    const patrons = patronsOf(3, 100);
    const draws = stream();
    expect(patrons.recall(1, draws)).toBe(-1);
    patrons.remember(1, 42, 19_800, draws);
    expect(patrons.knows(1, 42)).toBe(true);
    expect(patrons.knows(0, 42)).toBe(false);
    const slot = patrons.recall(1, draws);
    expect([patrons.productIn(slot), patrons.lastDayOf(slot)]).toEqual([42, 19_800]);
    patrons.remember(1, 42, 19_807, draws);
    expect(patrons.lastDayOf(slot)).toBe(19_807);
    expect(patrons.knownTo(1)).toBe(1);
  });

  it('does not take in what nobody likes', () => {
    const patrons = patronsOf(1, 100, 0);
    patrons.remember(0, 5, 19_800, stream());
    expect(patrons.knows(0, 5)).toBe(false);
  });

  it('never grows beyond its size, however long it goes on', () => {
    const patrons = patronsOf(2, 70_000);
    const draws = stream();
    for (let product = 0; product < 5000; product++) {
      patrons.remember(0, product, 19_800, draws);
    }
    expect(patrons.knownTo(0)).toBe(repertoireSize(NATURE));
    expect(patrons.knownTo(0)).toBeLessThanOrEqual(LARGEST_REPERTOIRE);
    expect(patrons.knownTo(1)).toBe(0);
  });
});

describe('what was tried lately', () => {
  it('is marked for the period, and forgotten in the next', () => {
    const patrons = patronsOf(1, 100, 0);
    patrons.remember(0, 7, 75 * 264, stream());
    const tried = [263, 264, 265].map((period) => patrons.hasTried(0, 7, period));
    expect(tried.filter(Boolean)).toHaveLength(1);
    patrons.remember(0, 8, 75 * 266, stream());
    expect([263, 264, 265].some((period) => patrons.hasTried(0, 7, period))).toBe(false);
  });
});

it('is whole after it was saved and restored', () => {
  const patrons = patronsOf(2, 100, 10);
  const draws = stream();
  for (let product = 0; product < 60; product++) {
    patrons.remember(product % 2, product, 19_800 + product, draws);
  }
  const restored = patronsOf(2, 100, 10);
  restored.restore(new SavedState(patrons.save()));
  expect(restored.save()).toEqual(patrons.save());
});
