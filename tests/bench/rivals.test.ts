/** The compared implementations do the same work; otherwise the ratios would be meaningless. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Calendar } from '../../src/engine/calendar.ts';
import { BATCH_ROWS, encodeAll, rivals } from './encoder-rivals.ts';
import { ObjectHeap } from './object-heap.ts';
import { sample, TABLES } from './sample.ts';

describe('the rivals', () => {
  it('give entries in the order of the event calendar', () => {
    const instant = fc.integer({ min: 0, max: 50 });
    fc.assert(
      fc.property(fc.array(fc.option(instant, { nil: undefined, freq: 3 })), (steps) => {
        const calendar = new Calendar();
        const heap = new ObjectHeap();
        const pop = () => {
          const entry = heap.pop();
          expect(calendar.pop()).toBe(entry !== undefined);
          if (entry === undefined) return false;
          expect(entry).toMatchObject({ atMs: calendar.atMs, target: calendar.target });
          return true;
        };
        for (const [target, atMs] of steps.entries()) {
          if (atMs === undefined) pop();
          else {
            calendar.schedule(atMs, target, 1, 0);
            heap.schedule(atMs, target);
          }
        }
        while (pop());
      }),
    );
  });

  it('write as many bytes as the derived encoder', () => {
    const rows = sample(2 * BATCH_ROWS);
    const bytes = rivals().map((rival) => {
      encodeAll(rival, rows);
      return rival.bytes();
    });
    expect(bytes[0]).toBeGreaterThan(2 * BATCH_ROWS * TABLES.length * 40);
    expect(new Set(bytes)).toEqual(new Set([bytes[0]]));
  });
});
