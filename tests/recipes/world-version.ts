/** What every recipe has that makes another world of the same seed. */
import { WORLD_VERSION } from '../../src/store/manifest.ts';
import type { Place } from './recipe.ts';

const SHAPE = { test: 'tests/golden/shape.test.ts', name: 'what was recorded' };

/** @param says what the recorded shape lacks */
export function anotherWorld(says: string): Place[] {
  const version = 'export const WORLD_VERSION =';
  return [
    {
      file: 'src/store/manifest.ts',
      edits: [{ replace: `${version} ${WORLD_VERSION};`, by: `${version} ${WORLD_VERSION + 1};` }],
      guard: { ...SHAPE, says },
    },
    {
      file: 'tests/golden/shape.json',
      command: ['golden', '--', '--shape'],
      guard: { ...SHAPE, says },
    },
  ];
}
