/** What the manifest says of the dimension tables: sizes and digests, to tell them from another world's. */
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { DIMENSION_NAMES } from '../domain/dimensions.ts';
import { digestOf } from '../sinks/csv/file-digest.ts';
import type { StagedTable } from './commit.ts';
import type { Manifest } from './manifest.ts';
import type { WorldPaths } from './paths.ts';

/** The manifest with all tables as they lie there, those in `growing` as they will. */
export function withMasters(
  manifest: Manifest,
  paths: WorldPaths,
  growing: readonly StagedTable[],
): Manifest {
  // A shard that writes no masters: those that lie there are not its own.
  if (growing.length === 0) return manifest;
  const fixed = DIMENSION_NAMES.map((name) => ({
    name,
    file: path.join(paths.master, `${name}.csv`),
  })).filter(({ file }) => !growing.some((table) => table.file === file));
  const masters = fixed.map(({ name, file }) => [name, digestOf(readFileSync(file))]);
  return withCalendar({ ...manifest, masters: Object.fromEntries(masters) }, growing);
}

/** The manifest with tables that grow as they stand at its instant. */
export function withCalendar(manifest: Manifest, growing: readonly StagedTable[]): Manifest {
  if (growing.length === 0 || manifest.masters === undefined) return manifest;
  const tables = growing.map(({ file, text }) => [path.basename(file, '.csv'), digestOf(text)]);
  return { ...manifest, masters: { ...manifest.masters, ...Object.fromEntries(tables) } };
}
