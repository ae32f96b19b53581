/**
 * `npm run golden`: records the digests of the pinned worlds. Worlds that have become other ones need another
 * version, so that nobody continues an old world with new rules.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { isDeepStrictEqual } from 'node:util';
import { WORLD_VERSION } from '../../src/store/manifest.ts';
import { readRecorded, writeRecorded } from './recorded.ts';
import { pinnedWorlds } from './worlds.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'sim-golden-'));
try {
  const worlds = await pinnedWorlds(folder);
  const before = readRecorded();
  if (isDeepStrictEqual(before.worlds, worlds)) {
    process.stdout.write('The pinned worlds are what they were.\n');
    if (before.worldVersion !== WORLD_VERSION)
      writeRecorded({ worldVersion: WORLD_VERSION, worlds });
  } else if (before.worldVersion === WORLD_VERSION) {
    process.stderr.write(
      `error: the pinned worlds have changed, and WORLD_VERSION (src/store/manifest.ts) is still ${WORLD_VERSION}. ` +
        'If the change is meant, raise it by 1, say in CHANGELOG.md what has changed, and record again.\n',
    );
    process.exitCode = 1;
  } else {
    writeRecorded({ worldVersion: WORLD_VERSION, worlds });
    process.stdout.write(`Recorded the pinned worlds of version ${WORLD_VERSION}.\n`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
