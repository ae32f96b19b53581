/** What shoppers come back for. */
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../src/engine/time.ts';
import { PostponedWishes } from '../../src/entities/postponed-wishes.ts';
import { SavedState } from '../../src/entities/state.ts';

function taken(wishes: PostponedWishes, patron: number, nowMs: number): number[][] {
  const list: number[][] = [];
  wishes.take(patron, nowMs, (product, qty) => list.push([product, qty]));
  return list;
}

describe('a postponed wish', () => {
  it('is on the list once, in the order of the wishes', () => {
    const wishes = new PostponedWishes();
    wishes.add(5, 100, 2, 0);
    wishes.add(5, 70, 1, DAY_MS);
    expect(wishes.has(5)).toBe(true);
    expect(taken(wishes, 4, DAY_MS)).toEqual([]);
    expect(taken(wishes, 5, 2 * DAY_MS)).toEqual([
      [100, 2],
      [70, 1],
    ]);
    expect(wishes.has(5)).toBe(false);
    expect(taken(wishes, 5, 2 * DAY_MS)).toEqual([]);
  });

  it('is forgotten after three weeks', () => {
    const wishes = new PostponedWishes();
    wishes.add(5, 100, 2, 0);
    wishes.add(5, 70, 1, 10 * DAY_MS);
    wishes.add(6, 80, 1, 0);
    wishes.forget(21 * DAY_MS);
    expect(wishes.has(6)).toBe(false);
    expect(taken(wishes, 5, 21 * DAY_MS)).toEqual([[70, 1]]);
  });

  it('outlives a restore', () => {
    const wishes = new PostponedWishes();
    wishes.add(5, 100, 2, 0);
    const other = new PostponedWishes();
    other.restore(new SavedState(structuredClone(wishes.save())));
    expect(taken(other, 5, DAY_MS)).toEqual([[100, 2]]);
  });
});
