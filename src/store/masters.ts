/** Sizes and digests of the dimension tables in the manifest, to detect those of another world. */
import path from 'node:path';
import { readFileSync, rmSync } from 'node:fs';
import { DIMENSION_NAMES } from '../domain/dimensions.ts';
import { digestOf } from '../sinks/csv/file-digest.ts';
import { DEFAULT_FORMATS, entryName, fileFormats, fileOfEntry } from '../domain/formats.ts';
import type { StagedTable } from './commit.ts';
import type { Manifest } from './manifest.ts';
import type { WorldPaths } from './paths.ts';

/** Returns the manifest with the digests of all tables on disk; those in `growing` with their future content. */
export function withMasters(
  manifest: Manifest,
  paths: WorldPaths,
  growing: readonly StagedTable[],
): Manifest {
  // A shard that writes no masters: existing ones are not its own.
  if (growing.length === 0) return manifest;
  const fixed = masterEntries(manifest)
    .map((name) => ({ name, file: path.join(paths.master, fileOfEntry(name)) }))
    .filter(({ file }) => !growing.some((table) => table.file === file));
  const masters = fixed.map(({ name, file }) => [name, digestOf(readFileSync(file))]);
  return withCalendar({ ...manifest, masters: Object.fromEntries(masters) }, growing);
}

/** Returns what the manifest calls the dimension tables of a world, in all its formats. */
function masterEntries({ formats }: Pick<Manifest, 'formats'>): string[] {
  return fileFormats(formats ?? DEFAULT_FORMATS).flatMap((format) =>
    DIMENSION_NAMES.map((name) => entryName(name, format)),
  );
}

/** Returns the files of the dimension tables of a world. */
export function masterFiles(paths: WorldPaths, manifest: Pick<Manifest, 'formats'>): string[] {
  return masterEntries(manifest).map((entry) => path.join(paths.master, fileOfEntry(entry)));
}

/** Removes the tables in formats that a world had before it began with others. */
export function removeOtherMasters(
  paths: WorldPaths,
  before: Pick<Manifest, 'formats'>,
  now: Pick<Manifest, 'formats'>,
): void {
  const kept = masterFiles(paths, now);
  for (const file of masterFiles(paths, before))
    if (!kept.includes(file)) rmSync(file, { force: true });
}

/** Returns the manifest with the digests of growing tables at its instant. */
export function withCalendar(manifest: Manifest, growing: readonly StagedTable[]): Manifest {
  if (growing.length === 0 || manifest.masters === undefined) return manifest;
  const tables = growing.map(({ file, text }) => [
    path.basename(file).replace(/\.csv$/, ''),
    digestOf(text),
  ]);
  return { ...manifest, masters: { ...manifest.masters, ...Object.fromEntries(tables) } };
}
