/** The shape of worlds of this version. Whoever changes it raises WORLD_VERSION, and records it: `npm run golden`. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { WORLD_VERSION } from '../../src/store/manifest.ts';
import { readShape } from './recorded.ts';
import { shapeOfWorld } from './shape.ts';

it('tables, events and saved state are what was recorded for this version of the world', () => {
  const { worldVersion, ...shape } = readShape();
  expect(shapeOfWorld()).toEqual(shape);
  expect(worldVersion).toBe(WORLD_VERSION);
});

it('CHANGELOG.md tells what this version of the world has changed', () => {
  const changes = readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8');
  expect(changes).toMatch(new RegExp(`\\b[Vv]ersion ${WORLD_VERSION}: \\w`));
});
