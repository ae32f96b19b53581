/** Copies the journal of another run into a new world, so that it has the same disruptions. */
import fs from 'node:fs';
import { InputError, reasonOf } from '../../domain/errors.ts';
import { formatInstant } from '../../engine/time.ts';
import { writeFileAtomic } from '../../tables/atomic-file.ts';
import type { Manifest } from '../../store/manifest.ts';
import type { WorldPaths } from '../../store/paths.ts';
import { readDisruptionJournal } from './journal.ts';

/**
 * Copies a journal into a world's folder before its history is generated; the same command may be
 * repeated later.
 * @throws InputError if the file is not a journal, or does not fit this world
 */
export function adoptJournal(
  paths: WorldPaths,
  file: string,
  startMs: number,
  there: Manifest | undefined,
): void {
  const bytes = contentOf(file);
  const { entries, wholeBytes } = readDisruptionJournal(file);
  const text = bytes.subarray(0, wholeBytes);
  if (begins(paths.liveJournal, text)) return;
  if (
    fs.existsSync(paths.liveJournal) ||
    (there !== undefined && there.committedMs > there.startMs)
  ) {
    throw new InputError(
      `Cannot take disruptions from "${file}": the world in "${paths.root}" was begun without them. Leave out ` +
        '--disruptions, or choose another folder (--out).',
    );
  }
  const early = entries.find(({ command }) => command.atMs < startMs);
  if (early !== undefined) {
    throw new InputError(
      `Cannot take disruptions from "${file}": one takes effect at ${formatInstant(early.command.atMs)}, but ` +
        `the world starts at ${formatInstant(startMs)}. Start it where the other one starts (--from).`,
    );
  }
  try {
    writeFileAtomic(paths.liveJournal, text);
  } catch (error) {
    // Another shard of the world may do the same concurrently.
    if (!begins(paths.liveJournal, text)) throw error;
  }
}

/** Whether a file exists and begins with a text. */
function begins(file: string, text: Buffer): boolean {
  return fs.existsSync(file) && fs.readFileSync(file).subarray(0, text.length).equals(text);
}

function contentOf(file: string): Buffer {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    throw new InputError(`Cannot take disruptions from "${file}": ${reasonOf(error)}`);
  }
}
