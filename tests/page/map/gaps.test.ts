/** Gaps in what is known: no line is drawn over them. */
import { describe, expect, it } from 'vitest';
import { joined } from '../../../src/page/map/samples.ts';
import { stretchesOf } from '../../../src/page/ui/spark.tsx';

const point = (x: number) => ({ x, y: 0 });
const sample = (atMs: number, gap = false) => ({ atMs, occupancy: 1, stockouts: 0, gap });

describe('a small line', () => {
  it('is broken where samples are missing', () => {
    const points = [0, 1, 50, 51, 90].map(point);
    const xs = stretchesOf(points, [true, false, true, false, true]).map((each) =>
      each.map(({ x }) => x),
    );
    // One alone is a line that can be seen.
    expect(xs).toEqual([
      [0, 1],
      [50, 51],
      [90, 91],
    ]);
    expect(stretchesOf(points, []).length).toBe(1);
  });
});

describe('samples that the server kept and those that came since', () => {
  it('are joined if the first new one is a kept one', () => {
    const all = joined([sample(0), sample(1), sample(2)], [sample(2, true), sample(3)]);
    expect(all.map(({ atMs, gap }) => [atMs, gap])).toEqual([
      [0, false],
      [1, false],
      [2, false],
      [3, false],
    ]);
    expect(joined([sample(0), sample(2, true)], [sample(2, true)])[1].gap).toBe(true);
  });

  it('have a gap between them if samples are missing', () => {
    const all = joined([sample(0), sample(1)], [sample(9, true)]);
    expect(all.map(({ gap }) => gap)).toEqual([false, false, true]);
    expect(joined([], [sample(9, true)])[0].gap).toBe(false);
  });
});
