/** Two things to compare, each in a schema of its own of one database: a world's folder, or an extract as Parquet. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { DIMENSION_NAMES } from '../../domain/dimensions.ts';
import { InputError } from '../../domain/errors.ts';
import { FACT_NAMES } from '../../domain/facts.ts';
import { identifier, quotedPaths } from '../../verify/column-types.ts';
import { readFormats } from '../../verify/committed.ts';
import type { Database } from '../../verify/database.ts';
import { findTableFiles, type TableFiles } from '../../verify/files.ts';
import { loadTables } from '../../verify/load.ts';
import type { WorldPlaces } from '../load-world.ts';

/** Schema of the first and of the second. */
export const SCHEMAS = ['here', 'there'] as const;
export type Schema = (typeof SCHEMAS)[number];

/** Days of a world that are compared, evenly spaced over its history. */
const DAYS = 28;

/**
 * Loads tables into a schema and returns their names.
 * @param source folder of a world, Parquet file named by its table, or folder of such files
 * @throws InputError if it is neither
 */
export async function loadSource(
  database: Database,
  schema: Schema,
  source: string,
  places: WorldPlaces = {},
): Promise<string[]> {
  await database.run(`CREATE SCHEMA ${schema}; SET search_path = '${schema},main'`);
  if (existsSync(path.join(source, 'generation_state.json'))) {
    return loadFolder(database, source, places);
  }
  return loadParquet(database, source);
}

async function loadFolder(
  database: Database,
  folder: string,
  { master, facts }: WorldPlaces,
): Promise<string[]> {
  const folders = {
    master: master ?? path.join(folder, 'master'),
    facts: facts ?? path.join(folder, 'facts'),
    closing: path.join(folder, 'closing'),
  };
  const tables = await findTableFiles(folders, readFormats(folder));
  const compared = tables.filter(({ kind }) => kind !== 'closing').map(someDays);
  await loadTables(database, compared);
  return compared.map(({ table }) => table);
}

function someDays(table: TableFiles): TableFiles {
  const days = [...new Set(table.files.map(({ day }) => day))].sort();
  const step = Math.max(1, Math.ceil(days.length / DAYS));
  const chosen = new Set(days.filter((_, at) => at % step === 0));
  return { ...table, files: table.files.filter(({ day }) => chosen.has(day)), twins: [] };
}

async function loadParquet(database: Database, source: string): Promise<string[]> {
  const byTable = new Map<string, string[]>();
  for (const file of parquetFiles(source)) {
    const table = tableOf(file);
    if (table === undefined) continue;
    byTable.set(table, [...(byTable.get(table) ?? []), file]);
  }
  if (byTable.size === 0) {
    throw new InputError(
      `Cannot compare with "${source}": expected the folder of a world, or Parquet files named by their tables, such as receipts.parquet or receipts/part-1.parquet`,
    );
  }
  for (const [table, files] of byTable) {
    await database.run(
      `CREATE TABLE ${identifier(table)} AS SELECT * FROM read_parquet(${quotedPaths(files)}, union_by_name = true, hive_partitioning = false)`,
    );
  }
  return [...byTable.keys()];
}

function parquetFiles(source: string): string[] {
  if (!existsSync(source)) return [];
  if (!statSync(source).isDirectory()) return source.endsWith('.parquet') ? [source] : [];
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.parquet'))
    .sort()
    .map((file) => path.join(source, file));
}

/** The table that a file belongs to: by its own name, or by that of the nearest folder above it. */
function tableOf(file: string): string | undefined {
  const known = new Set<string>([...FACT_NAMES, ...DIMENSION_NAMES]);
  const parts = file.replace(/\.parquet$/, '').split(path.sep);
  return parts.reverse().find((part) => known.has(part));
}
