/**
 * The stream's own checkpoint, in `stream/`. It begins as links to the history's files.
 */
import { copyFileSync, existsSync, linkSync, rmSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../domain/make-folder.ts';
import { InputError } from '../domain/errors.ts';
import { type JournalState, readJournal } from '../delivery/journal-access.ts';
import { fsyncDir, writeFileAtomic } from '../tables/atomic-file.ts';
import { outputFault } from '../tables/output-fault.ts';
import { type Manifest, manifestText, readManifest } from './manifest.ts';
import type { WorldPaths } from './paths.ts';
import { streamPaths } from './paths.ts';

/** Makes the history's checkpoint the stream's own, too. @throws OutputError */
export function adoptCheckpoint(paths: WorldPaths, history: Manifest): void {
  const { stream, checkpoint } = paths;
  for (const { file } of history.regions) {
    const to = path.join(stream, file);
    try {
      makeFolder(stream);
      rmSync(to, { force: true });
      linkOrCopy(path.join(checkpoint, file), to);
    } catch (error) {
      throw outputFault(to, error);
    }
  }
  fsyncDir(stream);
  writeFileAtomic(streamPaths(paths).manifest, manifestText(history));
}

/**
 * Keeps the checkpoint from which a stream numbers its events, before the history continues and removes it.
 * @param history the commit from which the history continues
 */
export function keepStreamBase(paths: WorldPaths, history: Manifest): void {
  if (!existsSync(paths.journal) || ownCheckpointMs(paths) === history.committedMs) return;
  const journal = readableJournal(paths);
  const committed = String(history.committedMs);
  const isNeeded =
    journal === undefined
      ? ownCheckpointMs(paths) === undefined
      : journal.base === committed || journal.nextBase === committed;
  if (isNeeded) adoptCheckpoint(paths, history);
}

function ownCheckpointMs(paths: WorldPaths): number | undefined {
  try {
    return readManifest(streamPaths(paths).manifest)?.committedMs;
  } catch (error) {
    // Damaged: the next stream reports it.
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** Returns the journal; undefined if it can't be read: a history does not need it, and the next stream reports it. */
function readableJournal(paths: WorldPaths): JournalState | undefined {
  try {
    return readJournal(paths.journal);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
