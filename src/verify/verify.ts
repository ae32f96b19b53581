/** Proves a world by its files: loads them into DuckDB and runs every check. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError, reasonOf } from '../domain/errors.ts';
import { type Check, readChecks } from './checks.ts';
import { quoted } from './column-types.ts';
import { Database, type Limits } from './database.ts';
import { readable } from './examples.ts';
import { loadTables } from './load.ts';
import { MACROS } from './macros.ts';
import { createSummaries, type Keeping } from './summaries.ts';

export interface VerifyOptions extends Limits {
  /** Folder of the masters, if it is not `master` in the world's folder. */
  readonly master?: string;
  /** Folder of the facts, if it is not `facts` in the world's folder. */
  readonly facts?: string;
  /** CSV of names that must not appear (Kind, Name), if it is not that of the dictionaries. */
  readonly blocklist?: string;
  /** Told after each step. */
  readonly onProgress?: (progress: VerifyProgress) => void;
}

export interface VerifyProgress {
  readonly step: string;
  readonly done: number;
  readonly total: number;
}

export interface CheckResult {
  readonly id: string;
  readonly statement: string;
  /** Rows that break it; 0 if it holds. */
  readonly violations: number;
  /** One of them. */
  readonly example?: Record<string, unknown>;
  readonly seconds: number;
}

export interface VerifyReport {
  readonly world: string;
  /** Window of the run: from, inclusive, to, exclusive; ISO instants. */
  readonly from: string;
  readonly to: string;
  readonly factRows: number;
  readonly checks: readonly CheckResult[];
  /** Checks that do not hold. */
  readonly broken: number;
  readonly seconds: number;
}

/**
 * Checks the world in a folder against all invariants that files can show.
 * @throws InputError if the folder holds no world with a history
 */
export async function verifyWorld(
  folder: string,
  options: VerifyOptions = {},
): Promise<VerifyReport> {
  const watch = stopwatch();
  const checks = readChecks();
  const total = checks.length + 2;
  const database = await Database.open(options);
  try {
    const { from, to, factRows } = await openWorld(
      database,
      folder,
      options,
      'table',
      (step, done) => options.onProgress?.({ step, done, total }),
    );
    const results: CheckResult[] = [];
    for (const check of checks) {
      results.push(await runCheck(database, check));
      options.onProgress?.({ step: check.id, done: results.length + 2, total });
    }
    const broken = results.filter(({ violations }) => violations > 0).length;
    return { world: folder, from, to, factRows, checks: results, broken, seconds: watch() };
  } finally {
    database.close();
  }
}

/** Loads a world and prepares what the checks share. */
export async function openWorld(
  database: Database,
  folder: string,
  options: VerifyOptions,
  keeping: Keeping,
  onStep: (step: string, done: number) => void = () => {},
): Promise<{ from: string; to: string; factRows: number }> {
  const { from, to } = readWindow(folder);
  for (const statement of MACROS) await database.run(statement);
  await database.run(
    `CREATE TABLE run_window AS SELECT TIMESTAMP ${quoted(from)} AS StartTS, TIMESTAMP ${quoted(to)} AS EndTS`,
  );
  await loadBlocklist(database, options.blocklist ?? DEFAULT_BLOCKLIST);
  const factRows = await loadTables(database, {
    master: options.master ?? path.join(folder, 'master'),
    facts: options.facts ?? path.join(folder, 'facts'),
    closing: path.join(folder, 'closing'),
  });
  onStep('load', 1);
  await createSummaries(database, keeping);
  onStep('summaries', 2);
  return { from, to, factRows };
}

/** Runs one check, all queries of a template. */
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

const DEFAULT_BLOCKLIST = fileURLToPath(
  new URL('../../dictionaries/blocklist.csv', import.meta.url),
);

async function loadBlocklist(database: Database, file: string): Promise<void> {
  await database.run(`
    CREATE TABLE blocklist AS
    SELECT Kind, Name, ' ' || plain_words(Name) || ' ' AS Words
    FROM read_csv(${quoted(file)}, auto_detect = false, header = true, delim = ',', quote = '"',
      escape = '"', columns = {'Kind': 'VARCHAR', 'Name': 'VARCHAR'})`);
}

function readWindow(folder: string): { from: string; to: string } {
  const file = path.join(folder, 'generation_state.json');
  if (!existsSync(file)) {
    throw new InputError(
      `Cannot verify "${folder}": it has no generation_state.json. Name the folder of a world that was generated.`,
    );
  }
  const state = parseState(file);
  const from = state.historical_start_date;
  const to = state.last_generated_timestamp;
  if (!isInstant(from) || !isInstant(to)) {
    throw new InputError(
      `Cannot verify "${folder}": generation_state.json says historical_start_date ${JSON.stringify(from)} and last_generated_timestamp ${JSON.stringify(to)}, expected two instants. Generate a history first.`,
    );
  }
  return { from, to };
}

function parseState(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  } catch (error) {
    throw new InputError(`Cannot read "${file}": expected JSON, but ${reasonOf(error)}`);
  }
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function stopwatch(): () => number {
  const startMs = performance.now();
  return () => Math.round(performance.now() - startMs) / 1000;
}
