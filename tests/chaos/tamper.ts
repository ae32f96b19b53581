/** Files of a stream, tampered with as crashes, people and backups do it. */
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { worldPaths } from '../../src/store/paths.ts';
import { streamPaths } from '../../src/store/paths.ts';
import type { TamperedFile, Tampering } from './steps.ts';

export interface Tampered {
  readonly file: string;
  readonly how: Tampering;
  /** Whether whoever goes on has to refuse it, may as well do without, or has to take it as it is. */
  readonly refusal: 'must' | 'may' | 'must not';
}

/** The file of a world. */
export function tamperedFile(world: string, file: TamperedFile): string {
  const paths = worldPaths(world);
  if (file === 'journal') return paths.journal;
  return file === 'manifest' ? streamPaths(paths).manifest : path.join(paths.stream, 'frontier');
}

/**
 * @param foreign the folder of the stream of another world
 * @param historyMs end of the history: a checkpoint that is not later may be one that the stream no longer needs
 * @returns undefined if there was nothing to tamper with
 */
export function tamper(
  file: string,
  how: Tampering,
  foreign: string,
  historyMs: number,
): Tampered | undefined {
  if (!existsSync(file)) return undefined;
  const isJournal = file.endsWith('.journal');
  const text = readFileSync(file, 'utf8');
  // The journal may count from the checkpoint of the files by now.
  const isSpare = file.endsWith('.json') && committedMs(text) <= historyMs;
  const lines = text.split('\n').slice(0, -1);
  const done = (refusal: Tampered['refusal']): Tampered => ({ file, how, refusal });
  switch (how) {
    case 'torn': {
      const last = lines.at(-1) ?? '';
      appendFileSync(file, last.slice(0, Math.ceil(last.length / 2)));
      return done(isJournal ? 'must not' : 'must');
    }
    case 'cut':
      // Head and first record are written in one step: no crash cuts them.
      if (isJournal && lines.length <= 2) return undefined;
      writeFileSync(
        file,
        text.slice(0, text.length - Math.ceil((lines.at(-1) ?? '').length / 2) - 1),
      );
      return done(isJournal ? 'may' : 'must');
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
      return done(isJournal && isAsAfterPowerCut(file) ? 'may' : 'must');
    }
    case 'emptied':
      writeFileSync(file, '');
      return done('must');
    case 'deleted':
      rmSync(file);
      return done(isSpare ? 'may' : 'must');
    case 'foreign':
      // Of a program that has no such file.
      if (!existsSync(path.join(foreign, path.basename(file)))) return undefined;
      copyFileSync(path.join(foreign, path.basename(file)), file);
      return done(isSpare ? 'may' : 'must');
  }
}

/** Whether all that was synced of a journal is still there: a power cut may have taken the rest. */
function isAsAfterPowerCut(journal: string): boolean {
  try {
    const frontier = readFileSync(path.join(path.dirname(journal), 'frontier'), 'utf8');
    const { synced } = JSON.parse(frontier.slice(frontier.indexOf('{')));
    return statSync(journal).size >= synced;
  } catch {
    return false;
  }
}

/** The instant of a manifest; NaN if it is none any more. */
function committedMs(manifest: string): number {
  try {
    return Number(JSON.parse(manifest).committedMs);
  } catch {
    return Number.NaN;
  }
}
