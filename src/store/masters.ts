/** Sizes and digests of the dimension tables in the manifest, to detect those of another world. */
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { DIMENSION_NAMES } from '../domain/dimensions.ts';
import { digestOf } from '../sinks/csv/file-digest.ts';
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
  const fixed = DIMENSION_NAMES.map((name) => ({
    name,
    file: path.join(paths.master, `${name}.csv`),
  })).filter(({ file }) => !growing.some((table) => table.file === file));
  const masters = fixed.map(({ name, file }) => [name, digestOf(readFileSync(file))]);
  return withCalendar({ ...manifest, masters: Object.fromEntries(masters) }, growing);
}

/** Returns the manifest with the digests of growing tables at its instant. */
export function withCalendar(manifest: Manifest, growing: readonly StagedTable[]): Manifest {
  if (growing.length === 0 || manifest.masters === undefined) return manifest;
  const tables = growing.map(({ file, text }) => [path.basename(file, '.csv'), digestOf(text)]);
  return { ...manifest, masters: { ...manifest.masters, ...Object.fromEntries(tables) } };
}
