/** Checks a world by its files: loads them into DuckDB and runs every check. */
import path from 'node:path';
import { OWN_DICTIONARIES } from '../domain/own-files.ts';
import { type Check, readChecks } from './checks.ts';
import { quoted, quotedPath } from './column-types.ts';
import { Database, type Limits } from './database.ts';
import { readable } from './examples.ts';
import { expectedRows, scenarioEffects } from './expected-rows.ts';
import { findTableFiles } from './files.ts';
import { loadTables } from './load.ts';
import { MACROS } from './macros.ts';
import { createReferenceTables } from './reference-tables.ts';
import { readWindow } from './run-window.ts';
import type { CheckResult, VerifyProgress, VerifyReport } from './result.ts';
import { createSummaries, type Keeping, SUMMARIES } from './summaries.ts';

export interface VerifyOptions extends Limits {
  /** Folder of the masters, if it is not `master` in the world's folder. */
  readonly master?: string;
  /** Folder of the facts, if it is not `facts` in the world's folder. */
  readonly facts?: string;
  /** CSV of names that must not appear (Kind, Name), if it is not that of the dictionaries. */
  readonly blocklist?: string;
  /** Whether places may have real names, as in dictionaries other than the project's. */
  readonly realPlaces?: boolean;
  /** Whether the world was made with the project's dictionaries, so that places can be looked up there. */
  readonly ownPlaces?: boolean;
  /** Called before each step. */
  readonly onProgress?: (progress: VerifyProgress) => void;
}

/**
 * Checks the world in a folder against all invariants that can be checked by its files.
 * @throws InputError if the folder holds no world with a history
 */
export async function verifyWorld(
  folder: string,
  options: VerifyOptions = {},
): Promise<VerifyReport> {
  const watch = stopwatch();
  const checks = readChecks();
  const database = await Database.open(options);
  try {
    const world = await openWorld(database, folder, options, 'table', checks.length);
    const results: CheckResult[] = [];
    for (const check of checks) {
      const done = world.steps + results.length;
      options.onProgress?.({ step: check.id, done, total: world.steps + checks.length });
      results.push(await runCheck(database, check));
    }
    const { from, to, factRows } = world;
    const broken = results.filter(({ violations }) => violations > 0).length;
    return { world: folder, from, to, factRows, checks: results, broken, seconds: watch() };
  } finally {
    database.close();
  }
}

export interface OpenedWorld {
  readonly from: string;
  readonly to: string;
  readonly factRows: number;
  /** Steps of progress that opening took. */
  readonly steps: number;
}

/** Loads a world and prepares what the checks share; `stepsToCome` is added to the total of progress. */
export async function openWorld(
  database: Database,
  folder: string,
  options: VerifyOptions,
  keeping: Keeping,
  stepsToCome = 0,
): Promise<OpenedWorld> {
  const { from, to } = readWindow(folder);
  for (const statement of MACROS) await database.run(statement);
  await database.run(
    `CREATE TABLE run_window AS SELECT TIMESTAMP ${quoted(from)} AS StartTS, TIMESTAMP ${quoted(to)} AS EndTS`,
  );
  await loadBlocklist(database, options);
  const folders = {
    master: options.master ?? path.join(folder, 'master'),
    facts: options.facts ?? path.join(folder, 'facts'),
    closing: path.join(folder, 'closing'),
  };
  const tables = await findTableFiles(folders);
  const steps = tables.length + SUMMARIES.length;
  let done = 0;
  const tell = (step: string) =>
    options.onProgress?.({ step, done: done++, total: steps + stepsToCome });
  const factRows = await loadTables(database, tables, expectedRows(folder), tell);
  await createReferenceTables(database, {
    from,
    to,
    ownPlaces: options.ownPlaces ?? false,
    effects: scenarioEffects(folder),
  });
  await createSummaries(database, keeping, tell);
  return { from, to, factRows, steps };
}

/** Runs one check, with all queries of a template. */
export async function runCheck(database: Database, check: Check): Promise<CheckResult> {
  const watch = stopwatch();
  let violations = 0;
  let example: Record<string, unknown> | undefined;
  for (const query of check.queries) {
    const [row] = await database.rows(
      `SELECT count(*) AS violations, first(v) AS example FROM (\n${query}\n) v`,
    );
    violations += Number(row.violations);
    if (row.example !== null) example ??= readable(row.example as Record<string, unknown>);
  }
  return { id: check.id, statement: check.statement, violations, example, seconds: watch() };
}

const DEFAULT_BLOCKLIST = path.join(OWN_DICTIONARIES, 'blocklist.csv');

async function loadBlocklist(
  database: Database,
  { blocklist = DEFAULT_BLOCKLIST, realPlaces = false }: VerifyOptions,
): Promise<void> {
  await database.run(`
    CREATE TABLE blocklist AS
    SELECT Kind, Name, ' ' || plain_words(Name) || ' ' AS Words
    FROM read_csv(${quotedPath(blocklist)}, auto_detect = false, hive_partitioning = false, header = true, delim = ',', quote = '"',
      escape = '"', columns = {'Kind': 'VARCHAR', 'Name': 'VARCHAR'})
    WHERE Kind <> 'city' OR NOT ${realPlaces}`);
}

function stopwatch(): () => number {
  const startMs = performance.now();
  return () => Math.round(performance.now() - startMs) / 1000;
}
