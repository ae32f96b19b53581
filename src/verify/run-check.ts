/** Runs one check, or says why there is nothing to run. */
import type { Check } from './checks.ts';
import type { Database } from './database.ts';
import { readable } from './examples.ts';
import { namesIn } from './reads.ts';
import type { CheckResult } from './result.ts';

/** What is known of a loaded world before its checks run. */
export interface Loaded {
  /** Fact and closing tables without any row. */
  readonly empty: ReadonlySet<string>;
  /** Fact and closing tables with rows. */
  readonly filled: ReadonlySet<string>;
  /** Tables of which rows are missing, because a file is or because they can't be read. */
  readonly incomplete: ReadonlySet<string>;
}

/** A world of which nothing is known: every check runs. */
const UNKNOWN: Loaded = { empty: new Set(), filled: new Set(), incomplete: new Set() };

/**
 * Returns which tables have rows, and which lack some. A file that only has another content than was committed
 * lacks none: what its rows say is checked.
 */
export async function whatIsLoaded(
  database: Database,
  tables: readonly { readonly table: string; readonly kind: string }[],
): Promise<Loaded> {
  const empty = new Set<string>();
  const filled = new Set<string>();
  for (const { table, kind } of tables) {
    if (kind === 'dimension') continue;
    const [{ rows }] = await database.rows(`SELECT count(*) AS rows FROM ${table}`);
    (Number(rows) === 0 ? empty : filled).add(table);
  }
  const lacking = await database.rows(
    "SELECT DISTINCT TableName FROM load_problems WHERE Kind IN ('file', 'row')",
  );
  return { empty, filled, incomplete: new Set(lacking.map(({ TableName }) => String(TableName))) };
}

/**
 * Runs a check with all queries of a template. Those that read an incomplete table are left out: what they would find
 * follows from what the checks of files have found.
 */
export async function runCheck(
  database: Database,
  check: Check,
  loaded: Loaded = UNKNOWN,
): Promise<CheckResult> {
  const startMs = performance.now();
  const { id, statement } = check;
  const seconds = () => Math.round(performance.now() - startMs) / 1000;
  const lacking = new Set<string>();
  const queries = check.queries.filter((query) => {
    const incomplete = [...loaded.incomplete].filter((table) => namesIn(query).has(table));
    for (const table of incomplete) lacking.add(table);
    return incomplete.length === 0;
  });
  let violations = 0;
  let example: Record<string, unknown> | undefined;
  for (const query of queries) {
    const [row] = await database.rows(
      `SELECT count(*) AS violations, first(v) AS example FROM (\n${query}\n) v`,
    );
    violations += Number(row.violations);
    if (row.example !== null) example ??= readable(row.example as Record<string, unknown>);
  }
  if (violations > 0) {
    return {
      id,
      statement,
      status: 'broken',
      violations,
      ...(example && { example }),
      seconds: seconds(),
    };
  }
  const none = { id, statement, violations, seconds: seconds() };
  if (lacking.size > 0) {
    const reason = `rows of ${[...lacking].join(', ')} are missing or unreadable, see C1a and C2a`;
    return { ...none, status: 'not checked', reason };
  }
  const absent = await absentSubject(database, check, queries, loaded);
  if (absent !== undefined) return { ...none, status: 'nothing to check', reason: `no ${absent}` };
  return { ...none, status: 'holds' };
}

/** What a check is about, if the world has none of it. */
async function absentSubject(
  database: Database,
  { subject }: Check,
  queries: readonly string[],
  { empty, filled }: Loaded,
): Promise<string | undefined> {
  if (subject !== undefined) {
    const [{ found }] = await database.rows(`SELECT EXISTS (FROM ${subject.relation}) AS found`);
    return found ? undefined : subject.name;
  }
  const names = queries.map(namesIn);
  const reads = (tables: ReadonlySet<string>) =>
    [...tables].filter((table) => names.some((each) => each.has(table)));
  const absent = reads(empty);
  return absent.length > 0 && reads(filled).length === 0 ? absent.join(', ') : undefined;
}
