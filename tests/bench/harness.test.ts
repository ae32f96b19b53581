import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interleaved, median } from './harness.ts';

const finite = fc.double({ noNaN: true, min: -1e9, max: 1e9 });

describe('median', () => {
  it('has as many values above as below, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1 }), (values) => {
        const middle = median(values);
        const below = values.filter((value) => value < middle).length;
        const above = values.filter((value) => value > middle).length;
        expect(Math.max(below, above)).toBeLessThanOrEqual(values.length / 2);
        expect(median(values.toReversed())).toBe(middle);
      }),
    );
  });

  it('does not change its argument', () => {
    const values = [3, 1, 2];
    expect(median(values)).toBe(2);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('interleaved', () => {
  it('gives every contestant a turn in every round, in alternating order, and drops the warm-up', async () => {
    const turns: string[] = [];
    const contestant = (name: string) => () => turns.push(name);
    const results = await interleaved(
      { a: contestant('a'), b: contestant('b') },
      { rounds: 2, warmUps: 1 },
    );
    expect(turns.join('')).toBe('baabba');
    expect(results).toEqual({ a: [3, 6], b: [4, 5] });
  });
});
