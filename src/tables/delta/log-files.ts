/** Names of the files in a table's `_delta_log`, and how its commits get there. */
import fs from 'node:fs';
import path from 'node:path';
import { InputError } from '../../domain/errors.ts';
import { TEMPORARY, writeAll, writeFileAtomic } from '../atomic-file.ts';
import { outputFault } from '../output-fault.ts';

/** Folder of the log within the table's. */
export const LOG_FOLDER = '_delta_log';
const LAST_CHECKPOINT = '_last_checkpoint';

const VERSION_DIGITS = 20;
const COMMIT = /^(\d{20})\.json$/;
const CHECKPOINT = /^(\d{20})\.checkpoint\.parquet$/;
/** Every file in a log that this program writes, also unfinished. */
const LOG_FILE = /^(\d{20}\.(json|checkpoint\.parquet)|_last_checkpoint)(\.tmp)?$/;

/** Whether this program may have created a file of a log, by its name. */
export function isLogFile(name: string): boolean {
  return LOG_FILE.test(name);
}

export function commitName(version: number): string {
  return `${String(version).padStart(VERSION_DIGITS, '0')}.json`;
}

export function checkpointName(version: number): string {
  return `${String(version).padStart(VERSION_DIGITS, '0')}.checkpoint.parquet`;
}

export interface LogFiles {
  /** Versions of the commits, in order. */
  readonly commits: readonly number[];
  /** Versions with a checkpoint in one file, in order. */
  readonly checkpoints: readonly number[];
}

/** Returns what is in a log; nothing without its folder. */
export function readLogFolder(folder: string): LogFiles {
  const names = fs.existsSync(folder) ? fs.readdirSync(folder).sort() : [];
  const versions = (form: RegExp) => names.flatMap((name) => form.exec(name)?.[1] ?? []);
  return {
    commits: versions(COMMIT).map(Number),
    checkpoints: versions(CHECKPOINT).map(Number),
  };
}

/** Removes what a crash left unfinished in a log. */
export function removeUnfinished(folder: string): void {
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  for (const name of names) {
    const isUnfinished = name.endsWith(TEMPORARY) && isLogFile(name);
    if (isUnfinished) fs.rmSync(path.join(folder, name), { force: true });
  }
}

/**
 * Writes the file of a commit, whole or not at all, and never over another: two writers can't have the same version.
 * @throws InputError if another program has made a commit of this version meanwhile, and OutputError
 */
export function writeCommit(folder: string, version: number, text: string): void {
  const file = path.join(folder, commitName(version));
  if (fs.existsSync(file)) throw taken(file);
  const staged = file + TEMPORARY;
  try {
    const descriptor = fs.openSync(staged, 'w');
    try {
      writeAll(descriptor, new TextEncoder().encode(text), fs.writeSync);
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
    try {
      fs.linkSync(staged, file);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') throw taken(file);
      // Not every file system has links; the check above is then all there is.
      fs.renameSync(staged, file);
    }
    fs.rmSync(staged, { force: true });
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw outputFault(file, error);
  }
}

/** Writes a checkpoint, and the file that names it. Throws OutputError. */
export function writeLogCheckpoint(
  folder: string,
  version: number,
  bytes: Uint8Array,
  counts: { readonly actions: number; readonly files: number },
): void {
  writeFileAtomic(path.join(folder, checkpointName(version)), bytes);
  const last = {
    version,
    size: counts.actions,
    sizeInBytes: bytes.length,
    numOfAddFiles: counts.files,
  };
  writeFileAtomic(path.join(folder, LAST_CHECKPOINT), JSON.stringify(last));
}

function taken(file: string): InputError {
  return new InputError(
    `Cannot write "${file}": another program has made this commit of the Delta table meanwhile. ` +
      'Run again when it has ended.',
  );
}
