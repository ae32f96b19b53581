/**
 * Loads a world into a database: step by step, each in a transaction together with a note of what it has loaded.
 *
 * So an export that was ended goes on where it was, and one of a world that has grown adds the new rows alone. The notes are
 * tables of the database itself: `sim_export` tells which world it holds, `sim_export_parts` which rows of which file.
 */
import { InputError, OutputError } from '../domain/errors.ts';
import { formatInstant } from '../engine/time.ts';
import { quoted } from '../verify/column-types.ts';
import type { Exported, ExportJob } from './export-job.ts';
import { type LoadedPart, type LoadStep, stepsOf } from './load-plan.ts';
import type { SourceRows } from './source-rows.ts';
import { differenceBetween, figuresOf, type Tally } from './tally.ts';
import type { ExportedTable, ExportedWorld } from './world.ts';

/** A database that takes the rows of a world. */
export interface TargetDatabase {
  /** As messages name it: never with a password. */
  readonly place: string;
  /** Makes the tables that are missing, if it may. @throws InputError for tables of another form */
  prepare(tables: readonly ExportedTable[]): Promise<void>;
  run(sql: string): Promise<void>;
  /** Returns the rows of a query. */
  rows(sql: string): Promise<readonly (readonly unknown[])[]>;
  /** Adds the rows of a step to its table. */
  put(step: LoadStep): Promise<void>;
  /** Adds what waits for all rows: keys, views. */
  finish(tables: readonly ExportedTable[], onStep: (step: string) => void): Promise<void>;
  /** Returns SQL for a sum as a whole number, moved by some decimals. */
  sum(column: string, decimals: number): string;
}

/** Tables of notes; every database understands them. */
const NOTES = [
  'CREATE TABLE IF NOT EXISTS sim_export (world_id VARCHAR(16) NOT NULL, world_version INTEGER, committed VARCHAR(24))',
  'CREATE TABLE IF NOT EXISTS sim_export_parts (part VARCHAR(200) NOT NULL, row_count BIGINT, digest VARCHAR(40))',
];

/** @throws InputError for a database that holds something else, OutputError if it has other rows afterwards */
export async function loadDatabase(
  world: ExportedWorld,
  source: SourceRows,
  target: TargetDatabase,
  onProgress: ExportJob['onProgress'] = () => {},
): Promise<Exported> {
  const { tables } = world;
  await target.prepare(tables);
  for (const sql of NOTES) await target.run(sql);
  await requireSameWorld(world, target);
  const loaded = await loadedParts(target);
  let newRows = 0;
  for (const [done, table] of tables.entries()) {
    const steps = stepsOf(table, loaded);
    for (const [at, step] of steps.entries()) {
      const name = `${table.name}, step ${at + 1} of ${steps.length}`;
      onProgress({ done, total: tables.length, step: name });
      newRows += await load(step, source, target);
    }
  }
  const end = (step: string) => onProgress({ done: tables.length, total: tables.length, step });
  await target.finish(tables, end);
  const committed = quoted(formatInstant(world.committedMs));
  await target.run(`UPDATE sim_export SET committed = ${committed}`);
  const rows: Record<string, number> = {};
  for (const table of tables) {
    end(`comparing ${table.name}`);
    rows[table.name] = await compare(table, source, target);
  }
  return { place: target.place, rows, newRows };
}

/** @returns number of rows that were added */
async function load(step: LoadStep, source: SourceRows, target: TargetDatabase): Promise<number> {
  const { table, parts, replaces } = step;
  const counts = await source.rowsOf(step);
  const shorter = parts.findIndex(({ skip }, at) => counts[at] < skip);
  if (shorter >= 0) {
    const { part, skip } = parts[shorter];
    throw new InputError(
      `"${part.file}" has ${counts[shorter]} rows, and ${skip} of it are in ${target.place}. ` +
        'The world is not the one that was exported: export it to another place.',
    );
  }
  const added = parts.reduce((sum, { skip }, at) => sum + counts[at] - skip, 0);
  const names = parts.map(({ part }) => quoted(part.name));
  const notes = parts.map(
    ({ part }, at) => `(${names[at]}, ${counts[at]}, ${quoted(part.digest)})`,
  );
  await target.run('BEGIN');
  try {
    if (replaces) {
      await target.run(`DELETE FROM ${table.name}`);
      await target.run(
        `DELETE FROM sim_export_parts WHERE part LIKE ${quoted(`closing/${table.name}/%`)}`,
      );
    }
    if (added > 0) await target.put(step);
    await target.run(`DELETE FROM sim_export_parts WHERE part IN (${names.join(', ')})`);
    await target.run(`INSERT INTO sim_export_parts VALUES ${notes.join(', ')}`);
    await target.run('COMMIT');
  } catch (error) {
    // What made it fail may also have ended the connection.
    await target.run('ROLLBACK').catch(() => {});
    throw error;
  }
  return added;
}

async function requireSameWorld(
  { id, version, committedMs, tables }: ExportedWorld,
  target: TargetDatabase,
): Promise<void> {
  const { place } = target;
  const [known] = await target.rows('SELECT world_id, committed FROM sim_export');
  if (known === undefined) {
    for (const { name } of tables) {
      const [row] = await target.rows(`SELECT 1 FROM ${name} LIMIT 1`);
      if (row === undefined) continue;
      throw new InputError(
        `The table ${name} in ${place} has rows that no export wrote. Empty it, or export to another place.`,
      );
    }
    await target.run(`INSERT INTO sim_export VALUES (${quoted(id)}, ${version}, NULL)`);
    return;
  }
  const [there, until] = known.map((value) => (value === null ? undefined : String(value)));
  if (there !== id) {
    throw new InputError(
      `There is the world ${there} in ${place}, and this is the world ${id}. Export it to another place.`,
    );
  }
  const end = formatInstant(committedMs);
  if (until !== undefined && until > end) {
    throw new InputError(
      `The world in ${place} reaches ${until}, and this one only ${end}. Export it to another place.`,
    );
  }
}

async function loadedParts(target: TargetDatabase): Promise<ReadonlyMap<string, LoadedPart>> {
  const rows = await target.rows('SELECT part, row_count, digest FROM sim_export_parts');
  return new Map(
    rows.map(([part, count, digest]) => [
      String(part),
      { rows: Number(count), digest: String(digest) },
    ]),
  );
}

/** @returns number of rows */
async function compare(
  table: ExportedTable,
  source: SourceRows,
  target: TargetDatabase,
): Promise<number> {
  const here = await source.tally(table);
  const difference = differenceBetween(await tallyThere(table, target), here);
  if (difference === undefined) return Number(here.rows);
  throw new OutputError(
    `The table ${table.name} in ${target.place} is not that of the world: ${difference}. ` +
      'If the world was continued meanwhile, run again; otherwise somebody has changed the copy: remove it and export again.',
  );
}

async function tallyThere(
  { name, columns }: ExportedTable,
  target: TargetDatabase,
): Promise<Tally> {
  const figures = figuresOf(columns);
  const values = figures.map(({ column, decimals }) => {
    if (column === undefined) return 'count(*)';
    return decimals === undefined ? `count(${column.name})` : target.sum(column.name, decimals);
  });
  const [row] = await target.rows(`SELECT ${values.join(', ')} FROM ${name}`);
  return Object.fromEntries(figures.map((figure, at) => [figure.name, String(row[at] ?? 0)]));
}
