/** Rows of each table by region as of the last commit: a missing part is found by them. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** Rows by table, by region. */
export type ExpectedRows = ReadonlyMap<number, Readonly<Record<string, number>>>;

const MANIFEST = z.object({
  config: z.record(z.string(), z.unknown()).optional(),
  regions: z.array(z.object({ id: z.int(), rows: z.record(z.string(), z.int()).optional() })),
  scenarios: z
    .array(z.object({ effects: z.array(z.looseObject({ kind: z.string() })).optional() }))
    .optional(),
});

/** A folder without a manifest, such as a copy of the tables alone, has no expected rows. */
export function expectedRows(folder: string): ExpectedRows {
  const file = path.join(folder, 'checkpoint', 'manifest.json');
  if (!existsSync(file)) return new Map();
  const { regions } = MANIFEST.parse(JSON.parse(readFileSync(file, 'utf8')));
  return new Map(regions.flatMap(({ id, rows }) => (rows === undefined ? [] : [[id, rows]])));
}

/** The effects of a world's scenarios, as their files have them. */
export function scenarioEffects(folder: string): { readonly kind: string }[] {
  const file = path.join(folder, 'checkpoint', 'manifest.json');
  if (!existsSync(file)) return [];
  const { scenarios = [] } = MANIFEST.parse(JSON.parse(readFileSync(file, 'utf8')));
  return scenarios.flatMap(({ effects = [] }) => effects);
}

/** A setting of the world's config by its path, such as `volume.stores`, if the manifest has it. */
export function configSetting(folder: string, setting: string): unknown {
  const file = path.join(folder, 'checkpoint', 'manifest.json');
  if (!existsSync(file)) return undefined;
  return MANIFEST.parse(JSON.parse(readFileSync(file, 'utf8'))).config?.[setting];
}
