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
      group: 'world version',
    },
    {
      file: 'CHANGELOG.md',
      what: 'what the version has changed',
      edits: [
        {
          replace: `World version ${WORLD_VERSION}:`,
          by: `World version ${WORLD_VERSION + 1}: more is told.\nVersion ${WORLD_VERSION}:`,
        },
      ],
      guard: {
        test: 'tests/golden/shape.test.ts',
        name: 'CHANGELOG.md tells what this version',
        says: 'to match',
      },
      group: 'world version',
    },
    {
      file: 'tests/golden/shape.json',
      command: ['golden', '--', '--shape'],
      guard: { ...SHAPE, says },
      group: 'world version',
    },
  ];
}
