/** The commands that a world has had, as its manifest records them. */
import { createHash } from 'node:crypto';
import { InputError } from '../../domain/errors.ts';
import type { LiveCommand } from '../../domain/live-disruption.ts';
import type { LiveBook } from '../../entities/live-book.ts';
import type { Manifest } from '../../store/manifest.ts';
import type { WorldPaths } from '../../store/paths.ts';

export type CommandsHad = NonNullable<Manifest['disruptions']>;

/** Returns number and digest of the commands that took effect before an instant; undefined if there are none. */
export function commandsHad(
  commands: readonly LiveCommand[],
  committedMs: number,
): CommandsHad | undefined {
  const had = commands.filter(({ atMs }) => atMs < committedMs);
  if (had.length === 0) return undefined;
  const sha256 = createHash('sha256').update(JSON.stringify(had)).digest('hex');
  return { commands: had.length, sha256 };
}

/** Returns the manifest with the commands that the world has had before its instant. */
export function withCommandsHad(manifest: Manifest, book: LiveBook | undefined): Manifest {
  const { disruptions: _before, ...rest } = manifest;
  const disruptions = commandsHad(book?.all ?? [], manifest.committedMs);
  return disruptions === undefined ? rest : { ...rest, disruptions };
}

/** Throws InputError if the journal in a folder is not the one with which its world was generated. */
export function requireCommandsHad(
  manifest: Manifest,
  book: LiveBook | undefined,
  paths: WorldPaths,
): void {
  if (manifest.committedMs <= manifest.startMs) return;
  const found = commandsHad(book?.all ?? [], manifest.committedMs);
  if (found?.sha256 === manifest.disruptions?.sha256) return;
  throw new InputError(
    `Cannot continue the world in "${paths.root}": it has had ${manifest.disruptions?.commands ?? 0} ` +
      `commands about disruptions, but "${paths.liveJournal}" has ${found?.commands ?? 0} for that time, ` +
      'or different ones. Restore that file from a copy.',
  );
}
