/** Which time was streamed. */
import { expect, it } from 'vitest';
import { type Stretch, withStretch } from '../../src/delivery/stretches.ts';

it('begins, goes on without a seam, and leaves out what only the files have', () => {
  let stretches: Stretch[] = withStretch([], 10, 10);
  expect(stretches).toEqual([[10, null]]);
  stretches = withStretch(stretches, 20, 20);
  expect(stretches).toEqual([[10, null]]);
  stretches = withStretch(stretches, 50, 30);
  expect(stretches).toEqual([
    [10, 30],
    [50, null],
  ]);
});

it('knows nothing of a stretch that never began, and forgets the oldest of very many', () => {
  // Killed before the checkpoint at 50 stood.
  const killed = withStretch([[10, null]], 50, 30);
  expect(withStretch(killed, 60, 30)).toEqual([
    [10, 30],
    [60, null],
  ]);
  let many: Stretch[] = [];
  for (let at = 0; at < 1_000; at += 2) many = withStretch(many, at, at - 1);
  expect(many).toHaveLength(200);
  expect(many.at(-1)).toEqual([998, null]);
});
