/**
 * `npm run golden`: records the shape and the digests of the pinned worlds. Worlds that have become other ones need
 * another version, so that nobody continues an old world with new rules. `--shape` leaves the digests as they are.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { isDeepStrictEqual } from 'node:util';
import { WORLD_VERSION } from '../../src/store/manifest.ts';
import { readRecorded, readShape, writeRecorded, writeShape } from './recorded.ts';
import { shapeOfWorld } from './shape.ts';
import { pinnedWorlds, sampleDigest } from './worlds.ts';

/** Records what has changed if its version has, and refuses if it has not. */
function record<Known extends { readonly worldVersion: number }>(
  what: string,
  before: Known,
  now: Known,
  write: (now: Known) => void,
): void {
  if (isDeepStrictEqual(before, now)) {
    process.stdout.write(`The ${what} is what it was.\n`);
    return;
  }
  const { worldVersion: _, ...known } = before;
  const { worldVersion: __, ...found } = now;
  if (before.worldVersion === now.worldVersion && !isDeepStrictEqual(known, found)) {
    process.stderr.write(
      `error: the ${what} of the pinned worlds has changed, and WORLD_VERSION (src/store/manifest.ts) is still ${WORLD_VERSION}. ` +
        'If the change is meant, raise it by 1, say in CHANGELOG.md what has changed, and record again.\n',
    );
    process.exitCode = 1;
    return;
  }
  write(now);
  process.stdout.write(`Recorded the ${what} of version ${WORLD_VERSION}.\n`);
}

const shape = { worldVersion: WORLD_VERSION, ...shapeOfWorld() };
record('shape', readShape(), shape, writeShape);
if (!process.argv.includes('--shape')) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'sim-golden-'));
  try {
    const worlds = await pinnedWorlds(folder);
    const sample = await sampleDigest(path.join(folder, 'sample'));
    const digests = { worldVersion: WORLD_VERSION, worlds, sample };
    record('content', readRecorded(), digests, writeRecorded);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
