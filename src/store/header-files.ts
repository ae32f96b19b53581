/**
 * Parts have rows. A table without rows in the whole world has one file with its header, so that
 * readers find the columns of every table: `facts/<table>/dt=<first day>/part-0.csv`, and
 * `closing/<table>/part-0.csv`. It belongs to no region, follows from the manifest alone, and is removed when
 * there are rows.
 */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Column } from '../domain/columns.ts';
import { CLOSING } from '../domain/dimensions.ts';
import { FACT_NAMES, FACTS, type FactName } from '../domain/facts.ts';
import { dtOf, partFile, temporaryOf } from '../sinks/csv/part-files.ts';
import { writeFileAtomic } from '../tables/atomic-file.ts';
import {
  DEFAULT_FORMATS,
  entryName,
  FILE_FORMATS,
  fileFormats,
  formatOfFile,
} from '../domain/formats.ts';
import { emptyTable } from '../tables/table-bytes.ts';
import type { StepHook } from './step-hook.ts';
import type { Manifest } from './manifest.ts';
import type { WorldPaths } from './paths.ts';
import { partName, removeIfEmpty } from './world-files.ts';

/** Regions are numbered from 1. */
const NO_REGION = 0;

/** Writes and removes these files to match a manifest of the whole world. Throws OutputError. */
export function keepHeaderFiles(paths: WorldPaths, manifest: Manifest, onStep: StepHook): void {
  if (manifest.regions.length === 0) return;
  const day = dtOf(manifest.startMs);
  const formats = fileFormats(manifest.formats ?? DEFAULT_FORMATS);
  for (const table of FACT_NAMES) {
    const columns = isEmpty(manifest, table) ? FACTS[table].columns : undefined;
    for (const format of formats) {
      const file = partFile(paths.facts, table, day, NO_REGION, format);
      keepHeader(file, table, columns, onStep);
    }
  }
  if (manifest.regions.some(({ closing }) => closing === undefined)) return;
  for (const [table, columns] of Object.entries(CLOSING)) {
    for (const format of formats) {
      const file = path.join(paths.closing, table, partName(NO_REGION, format));
      const entry = entryName(table, format);
      const hasRows = manifest.regions.some(({ closing = {} }) => entry in closing);
      keepHeader(file, table, hasRows ? undefined : columns, onStep);
    }
  }
}

/** Removes the parts of closing tables that have no rows any more in some regions. */
export function removeEmptyClosing(
  paths: WorldPaths,
  regions: Manifest['regions'],
  onStep: StepHook,
): void {
  for (const { id, closing } of regions) {
    for (const table of closing === undefined ? [] : Object.keys(CLOSING)) {
      for (const format of FILE_FORMATS) {
        const file = path.join(paths.closing, table, partName(id, format));
        if (entryName(table, format) in closing! || !existsSync(file)) continue;
        onStep(`remove ${table} of region ${id}`);
        rmSync(file);
      }
    }
  }
}

/** @param columns of the table if it has no rows */
function keepHeader(
  file: string,
  table: string,
  columns: readonly Column[] | undefined,
  onStep: StepHook,
): void {
  if (columns !== undefined) {
    if (existsSync(file)) return;
    onStep(`write the header of ${table}`);
    writeFileAtomic(file, emptyTable(columns, formatOfFile(file)));
  } else if (existsSync(file)) {
    onStep(`remove the header of ${table}`);
    rmSync(temporaryOf(file), { force: true });
    rmSync(file);
    removeIfEmpty(path.dirname(file));
  }
}

function isEmpty({ regions }: Manifest, table: FactName): boolean {
  return regions.every(({ rows }) => rows !== undefined && (rows[table] ?? 0) === 0);
}
