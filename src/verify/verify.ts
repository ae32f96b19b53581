/** Checks a world by its files: loads them into DuckDB and runs every check. */
import path from 'node:path';
import { z } from 'zod';
import { OWN_DICTIONARIES } from '../domain/own-files.ts';
import { readChecks } from './checks.ts';
import { quoted, quotedPath } from './column-types.ts';
import { Database, type Limits } from './database.ts';
import { deltaProblems } from './delta-tables.ts';
import { configSetting, expectedRows, scenarioEffects } from './expected-rows.ts';
import { type Committed, readCommitted } from './committed.ts';
import { findTableFiles } from './files.ts';
import { loadTables, noteProblem } from './load.ts';
import { MACROS } from './macros.ts';
import { createReferenceTables } from './reference-tables.ts';
import { type Loaded, runCheck, whatIsLoaded } from './run-check.ts';
import { readWindow } from './run-window.ts';
import type { CheckResult, VerifyProgress, VerifyReport } from './result.ts';
import { straysIn } from './strays.ts';
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
  /** Whether the world was made with the project's dictionaries, so that its places, products and names can be looked up there. */
  readonly ownDictionaries?: boolean;
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
      results.push(await runCheck(database, check, world.loaded));
    }
    const { from, to, factRows } = world;
    const broken = results.filter(({ status }) => status === 'broken').length;
    return { world: folder, from, to, factRows, checks: results, broken, seconds: watch() };
  } finally {
    database.close();
  }
}

export interface OpenedWorld {
  readonly from: string;
  readonly to: string;
  readonly factRows: number;
  readonly loaded: Loaded;
  /** Steps of progress that opening took. */
  readonly steps: number;
}

/**
 * Loads a world and prepares what the checks share; `stepsToCome` is added to the total of progress.
 * @param isRead whether a fact table is read; the others stay empty
 */
export async function openWorld(
  database: Database,
  folder: string,
  options: VerifyOptions,
  keeping: Keeping,
  stepsToCome = 0,
  isRead: (factTable: string) => boolean = () => true,
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
  const committed = readCommitted(folder, folders);
  const found = await findTableFiles(folders, committed);
  const tables = found.map((table) =>
    table.kind === 'fact' && !isRead(table.table) ? { ...table, files: [] } : table,
  );
  await noteCommitted(database, folder, committed);
  const steps = tables.length + SUMMARIES.length;
  let done = 0;
  const tell = (step: string) =>
    options.onProgress?.({ step, done: done++, total: steps + stepsToCome });
  const factRows = await loadTables(database, tables, tell);
  const problems = [
    ...committed.problems,
    ...straysIn(folders, committed.formats),
    ...deltaProblems(folder, folders, committed),
  ];
  for (const problem of problems) await noteProblem(database, '', problem);
  await createReferenceTables(database, {
    from,
    to,
    ownDictionaries: options.ownDictionaries ?? false,
    effects: scenarioEffects(folder),
    storeCoverDays: z.number().optional().parse(configSetting(folder, 'volume.store_cover_days')),
  });
  await createSummaries(database, keeping, tell);
  const loaded = await whatIsLoaded(database, tables);
  return { from, to, factRows, loaded, steps };
}

/** Tables of what the manifest says of rows and files; both are empty without one. */
async function noteCommitted(
  database: Database,
  folder: string,
  { files }: Committed,
): Promise<void> {
  const rows = [...expectedRows(folder)].flatMap(([region, byTable]) =>
    Object.entries(byTable).map(([table, count]) => `(${region}, ${quoted(table)}, ${count})`),
  );
  await database.run(`
    CREATE TABLE committed_rows (Region INTEGER, TableName VARCHAR, Rows BIGINT);
    CREATE TABLE committed_files (Files INTEGER);
    ${rows.length === 0 ? '' : `INSERT INTO committed_rows VALUES ${rows.join(', ')};`}
    ${files.size === 0 ? '' : `INSERT INTO committed_files VALUES (${files.size});`}`);
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
