/** The recent samples of a store: continued while there are clients, with a gap otherwise. */
import { expect, it } from 'vitest';
import { LiveHistory } from '../../src/api/live/history.ts';
import type { RunningState } from '../../src/api/live/region-picture.ts';

function seen(simulatedMs: number): RunningState {
  const stores = [[1, 5, 1, 0, null, null] as [number, number, number, number, null, null]];
  const dc: [number, number, number, number, number] = [1, 10, 100, 0, simulatedMs];
  return { regions: [{ simulatedMs, stores, dc, trucks: [], disruptions: [] }] };
}

it('marks a gap before a sample, but none while the world was paused', () => {
  const history = new LiveHistory();
  history.take(seen(0), 1000);
  history.take(seen(30_000), 1500);
  // A minute without anybody: the world went on.
  history.take(seen(3_600_000), 61_500);
  history.take(seen(3_630_000), 62_000);
  // Another minute, in which it was paused.
  history.take(seen(3_630_000), 122_000);
  history.take(seen(3_660_000), 122_500);
  expect(history.store(1).map(({ simulatedMs, gap }) => [simulatedMs, gap])).toEqual([
    [0, false],
    [30_000, false],
    [3_600_000, true],
    [3_630_000, false],
    [3_660_000, false],
  ]);
});
