import { describe, expect, it } from 'vitest';
import { closeness, ksOfQuantiles, totalVariation } from '../../src/report/distances.ts';
import { judge } from '../../src/report/judge.ts';
import { readTargets, type TargetEntry } from '../../src/report/targets.ts';
import { queriesIn } from '../../src/report/queries.ts';

const entry = (rest: Partial<TargetEntry>): TargetEntry => ({
  id: 'x',
  title: 'X',
  source: 'a test',
  target: { value: 10 },
  ...rest,
});
const items = (of: Readonly<Record<string, number>>) => ({ items: new Map(Object.entries(of)) });

describe('distances', () => {
  it('of figures are relative to the target, or to the nearer end of a range', () => {
    expect(closeness(9, 10)).toBeCloseTo(0.9, 9);
    expect(closeness(30, 10)).toBe(0);
    expect(closeness(5, 4, 6)).toBe(1);
    expect(closeness(8, 4, 6)).toBeCloseTo(2 / 3, 9);
    expect(closeness(1, 0)).toBe(0);
  });

  it('of shares are the total variation', () => {
    expect(totalVariation([1, 1, 2], [25, 25, 50])).toBe(0);
    expect(totalVariation([1, 0], [0, 1])).toBe(1);
    expect(totalVariation([0.5, 0.5], [0.6, 0.4])).toBeCloseTo(0.1, 9);
  });

  it('of distributions are the largest difference at the known quantiles', () => {
    const uniform = {
      values: Array.from({ length: 100 }, (_, at) => at + 1),
      weights: Array(100).fill(1),
    };
    expect(ksOfQuantiles(uniform, [5, 10, 25, 50, 75, 90, 95, 99])).toBeCloseTo(0, 9);
    expect(ksOfQuantiles(uniform, [5, 10, 25, 30, 75, 90, 95, 99])).toBeCloseTo(0.2, 9);
  });

  it('of whole numbers count a value that several quantiles have as one', () => {
    const ones = { values: [1, 2], weights: [60, 40] };
    expect(ksOfQuantiles(ones, [1, 1, 1, 1, 2, 2, 2, 2])).toBe(0);
    // 75 % are to be 1, and 60 are.
    expect(ksOfQuantiles(ones, [1, 1, 1, 1, 1, 2, 2, 2])).toBeCloseTo(0.15, 9);
  });
});

describe('a verdict', () => {
  it('keeps to the tolerance of a figure', () => {
    const tolerance = { relative: 0.1 };
    expect(judge(entry({ tolerance }), items({ '': 11 }))).toMatchObject({ verdict: 'met' });
    expect(judge(entry({ tolerance }), items({ '': 11.1 }))).toEqual({
      measured: 11.1,
      distance: closeness(11.1, 10),
      verdict: 'missed',
      reason: '11.1 is off by 1.1',
    });
  });

  it('takes a range with its ends, and with a tolerance beyond them', () => {
    const target = { from: 4, to: 6 };
    expect(judge(entry({ target }), items({ '': 6 })).verdict).toBe('met');
    expect(judge(entry({ target }), items({ '': 6.1 })).verdict).toBe('missed');
    const tolerance = { relative: 0.1 };
    expect(judge(entry({ target, tolerance }), items({ '': 6.6 })).verdict).toBe('met');
  });

  it('names the items that are off, each by its own tolerance', () => {
    const target = { items: { a: 1, b: 1, c: [1, 2] as [number, number] } };
    const tolerance = { absolute: 0.1, items: { b: 0.3 } };
    const found = items({ a: 1.2, b: 1.2, c: 2.05 });
    expect(judge(entry({ target, tolerance }), found)).toMatchObject({
      verdict: 'missed',
      reason: 'a 1.2 is off by 0.2',
    });
  });

  it('takes shares that are missing for none where all count together', () => {
    const target = { items: { a: 0.5, b: 0.5 } };
    expect(judge(entry({ target, tolerance: { tv: 0.6 } }), items({ a: 1 }))).toMatchObject({
      verdict: 'met',
      distance: 0.5,
    });
    expect(judge(entry({ target, tolerance: { absolute: 1 } }), items({ a: 1 }))).toMatchObject({
      verdict: 'cannot be measured',
      reason: 'the world has no value for b',
    });
  });

  it('compares a distribution in its own unit, and no further than it can reach', () => {
    const quantiles = [1, 1, 1, 2, 3, 8, 9, 13];
    const distribution = { values: [1, 2, 3], weights: [49, 26, 25] };
    const tolerance = { ks: 0.1 };
    const missed = judge(entry({ target: { quantiles }, tolerance }), {
      items: new Map(),
      distribution,
    });
    expect(missed).toMatchObject({ verdict: 'met', distance: 0.9 });
    const capped = { items: new Map([['at most', 3]]), distribution };
    expect(judge(entry({ target: { quantiles }, tolerance }), capped).distance).toBe(1);
    const halves = quantiles.map((value) => value / 2);
    const unit = { items: new Map([['unit', 2]]), distribution };
    const relative = { quantiles: halves, mean: 1, relative: true };
    expect(judge(entry({ target: relative, tolerance }), unit).distance).toBeCloseTo(0.9, 2);
  });

  it('says why there is none', () => {
    const none = judge(entry({ without: 'nobody came' }), undefined);
    expect(none).toEqual({ verdict: 'cannot be measured', reason: 'nobody came' });
  });
});

describe('the targets', () => {
  const targets = readTargets();

  it('have each a name, a source, and a tolerance and a query or a reason', () => {
    expect(new Set(targets.map(({ id }) => id)).size).toBe(targets.length);
    const queries = new Set(queriesIn('statistics').map(({ name }) => name));
    for (const { id, source, query, tolerance, unmeasurable } of targets) {
      expect(source, id).not.toBe('');
      if (unmeasurable !== undefined) continue;
      expect(queries.has(query!), `${id}: ${query}`).toBe(true);
      expect(tolerance, id).toBeDefined();
    }
    const used = targets.map(({ query }) => query);
    expect([...queries].filter((name) => !used.includes(name))).toEqual([]);
  });
});
