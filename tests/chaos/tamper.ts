/** Files of a stream, tampered with as crashes, people and backups do it. */
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { worldPaths } from '../../src/run/paths.ts';
import { streamPaths } from '../../src/run/stream-world.ts';
import type { TamperedFile, Tampering } from './steps.ts';

export interface Tampered {
  readonly file: string;
  readonly how: Tampering;
  /** Whether whoever goes on has to refuse it; otherwise it may as well see that it can do without. */
  readonly refuse: boolean;
}

/** The file of a world. */
export function tamperedFile(world: string, file: TamperedFile): string {
  const paths = worldPaths(world);
  return file === 'journal' ? paths.journal : streamPaths(paths).manifest;
}

/**
 * @param foreign the folder of the stream of another world
 * @param needed whether the file says what no other one does
 * @returns undefined if there was nothing to tamper with
 */
export function tamper(
  file: string,
  how: Tampering,
  foreign: string,
  needed: boolean,
): Tampered | undefined {
  if (!existsSync(file)) return undefined;
  const isJournal = file.endsWith('.journal');
  const text = readFileSync(file, 'utf8');
  const lines = text.split('\n').slice(0, -1);
  const done = (refuse: boolean): Tampered => ({ file, how, refuse });
  switch (how) {
    case 'torn': {
      const last = lines.at(-1) ?? '';
      appendFileSync(file, last.slice(0, Math.ceil(last.length / 2)));
      return done(!isJournal);
    }
    case 'cut':
      // Head and first record are written in one step: no crash cuts them.
      if (isJournal && lines.length <= 2) return undefined;
      writeFileSync(
        file,
        text.slice(0, text.length - Math.ceil((lines.at(-1) ?? '').length / 2) - 1),
      );
      return done(!isJournal);
    case 'halved': {
      const kept = Math.floor(lines.length / 2);
      // One line less is what a crash leaves.
      if (isJournal && lines.length - kept < 2) return undefined;
      writeFileSync(
        file,
        lines
          .slice(0, kept)
          .map((line) => `${line}\n`)
          .join(''),
      );
      return done(true);
    }
    case 'emptied':
      writeFileSync(file, '');
      return done(true);
    case 'deleted':
      rmSync(file);
      return done(isJournal || needed);
    case 'foreign':
      copyFileSync(path.join(foreign, path.basename(file)), file);
      return done(isJournal || needed);
  }
}
