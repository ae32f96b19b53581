/**
 * Parts have rows. A table without rows in the whole world has one file with its header, so that
 * readers find the columns of every table: `facts/<table>/dt=<first day>/part-0.csv`. It belongs to no
 * region, follows from the manifest alone, and is removed when there are rows.
 */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { FACT_NAMES, FACTS, type FactName } from '../domain/facts.ts';
import { dtOf, partFile, temporaryOf } from '../sinks/csv/part-files.ts';
import { writeFileAtomic } from '../tables/atomic-file.ts';
import { header } from '../tables/encoder.ts';
import type { StepHook } from './step-hook.ts';
import type { Manifest } from './manifest.ts';
import type { WorldPaths } from './paths.ts';
import { removeIfEmpty } from './world-files.ts';

/** Regions are numbered from 1. */
const NO_REGION = 0;

/** Writes and removes these files to match a manifest of the whole world. Throws OutputError. */
export function keepHeaderFiles(paths: WorldPaths, manifest: Manifest, onStep: StepHook): void {
  if (manifest.regions.length === 0) return;
  const day = dtOf(manifest.startMs);
  for (const table of FACT_NAMES) {
    const file = partFile(paths.facts, table, day, NO_REGION);
    if (isEmpty(manifest, table)) {
      if (existsSync(file)) continue;
      onStep(`write the header of ${table}`);
      writeFileAtomic(file, header(FACTS[table].columns));
    } else if (existsSync(file)) {
      onStep(`remove the header of ${table}`);
      rmSync(temporaryOf(file), { force: true });
      rmSync(file);
      removeIfEmpty(path.dirname(file));
    }
  }
}

function isEmpty({ regions }: Manifest, table: FactName): boolean {
  return regions.every(({ rows }) => rows !== undefined && (rows[table] ?? 0) === 0);
}
