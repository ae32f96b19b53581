/**
 * How alike two worlds are, or a world and an extract: two-sample distances of every column, and of every pair of columns
 * of a table. 1 is alike: 1 less the Kolmogorov-Smirnov distance of numbers, the total variation of kinds; of a pair the
 * total variation of both together, numbers in tenths of the first.
 */
import type { Column } from '../../domain/columns.ts';
import { DIMENSIONS } from '../../domain/dimensions.ts';
import { FACTS } from '../../domain/facts.ts';
import { identifier, quoted } from '../../verify/column-types.ts';
import { Database, type Limits } from '../../verify/database.ts';
import { MACROS } from '../../verify/macros.ts';
import type { WorldPlaces } from '../load-world.ts';
import { type ComparedColumn, comparedColumns } from './columns.ts';
import { loadSource, SCHEMAS } from './sources.ts';

/** Two columns of a table together, or one. */
export interface Likeness {
  readonly columns: readonly string[];
  readonly distance: number;
}

export interface TableLikeness {
  readonly table: string;
  /** Rows of each that were compared. */
  readonly rows: readonly [number, number];
  readonly columns: readonly Likeness[];
  readonly pairs: readonly Likeness[];
}

/** Two sources beside each other. */
export interface Comparison {
  readonly first: string;
  readonly second: string;
  readonly tables: readonly TableLikeness[];
  /** Tables that only one has, or that have too few rows in one. */
  readonly skipped: readonly string[];
  /** The worst of all distances. */
  readonly least: number;
  /** Wall time. */
  readonly seconds: number;
}

export interface CompareOptions extends Limits, WorldPlaces {
  /** Called before each step. */
  readonly onStep?: (step: string) => void;
}

/** Rows of each table that are compared, drawn at random. */
const ROWS = 100_000;
const LEAST_ROWS = 100;
const TENTHS = 10;
/** Kinds that are compared one by one; the rest count as one. */
const KINDS = 40;

/**
 * Compares two sources, each the folder of a world or an extract as Parquet.
 * @throws InputError if one is neither, or if they have no table in common
 */
export async function compareWorlds(
  first: string,
  second: string,
  options: CompareOptions = {},
): Promise<Comparison> {
  const startMs = performance.now();
  const { onStep = () => {}, master, facts } = options;
  const database = await Database.open(options, 'to compare worlds');
  try {
    for (const statement of MACROS) await database.run(statement);
    onStep(first);
    const here = await loadSource(database, SCHEMAS[0], first, { master, facts });
    onStep(second);
    const there = new Set(await loadSource(database, SCHEMAS[1], second));
    await database.run(`SET search_path = 'main'`);
    const tables: TableLikeness[] = [];
    const skipped: string[] = [];
    for (const table of new Set([...here, ...there])) {
      onStep(table);
      const both = here.includes(table) && there.has(table);
      const likeness = both ? await compareTable(database, table) : undefined;
      if (likeness === undefined) skipped.push(table);
      else tables.push(likeness);
    }
    const distances = tables.flatMap(({ columns, pairs }) => [...columns, ...pairs]);
    return {
      first,
      second,
      tables,
      skipped,
      least: distances.reduce((least, { distance }) => Math.min(least, distance), 1),
      seconds: Math.round(performance.now() - startMs) / 1000,
    };
  } finally {
    database.close();
  }
}

/** Compares a table of both; undefined if one has too few rows or they share no column. */
async function compareTable(database: Database, table: string): Promise<TableLikeness | undefined> {
  const columns = comparedColumns(columnsOf(table), await sharedColumns(database, table));
  if (columns.length === 0) return undefined;
  await sampleBoth(database, table, columns);
  const rows = await rowsOfBoth(database);
  if (Math.min(...rows) < LEAST_ROWS) return undefined;
  const places = [...columns.keys()];
  const kinds = places.filter((at) => !columns[at].isNumber).map((at) => [at]);
  const together = places.flatMap((at) => places.slice(0, at).map((other) => [other, at]));
  const distances = await kindsDistances(database, [...kinds, ...together], rows);
  const likeness = (at: readonly number[], distance: number): Likeness => ({
    columns: at.map((place) => columns[place].name),
    distance: 1 - distance,
  });
  const alone: Likeness[] = [];
  for (const at of places) {
    const kind = kinds.findIndex(([place]) => place === at);
    const distance = kind < 0 ? await numbersDistance(database, at) : distances[kind];
    alone.push(likeness([at], distance));
  }
  const pairs = together.map((at, pair) => likeness(at, distances[kinds.length + pair]));
  return { table, rows, columns: alone, pairs };
}

function columnsOf(table: string): readonly Column[] {
  const facts: Readonly<Record<string, { readonly columns: readonly Column[] }>> = FACTS;
  const dimensions: Readonly<Record<string, readonly Column[]>> = DIMENSIONS;
  return facts[table]?.columns ?? dimensions[table] ?? [];
}

async function sharedColumns(database: Database, table: string): Promise<Set<string>> {
  const rows = await database.rows(`
    SELECT column_name AS name FROM information_schema.columns
    WHERE table_name = ${quoted(table)} AND table_schema IN ('here', 'there')
    GROUP BY name HAVING count(DISTINCT table_schema) = 2`);
  return new Set(rows.map(({ name }) => String(name)));
}

/**
 * Creates the table compared: Source, the values v0, v1, … of a random sample of both, and k0, k1, …: kinds to count by,
 * tenths for numbers.
 */
async function sampleBoth(
  database: Database,
  table: string,
  columns: readonly ComparedColumn[],
): Promise<void> {
  const values = columns.map(({ value }, at) => `${value} AS v${at}`).join(', ');
  const sampled = SCHEMAS.map(
    (schema, source) =>
      `SELECT * FROM (SELECT ${source} AS Source, ${values} FROM ${schema}.${identifier(table)}) USING SAMPLE reservoir(${ROWS} ROWS) REPEATABLE (7)`,
  );
  await database.run(`
    CREATE OR REPLACE TABLE sampled AS (${sampled[0]}) UNION ALL (${sampled[1]});
    CREATE OR REPLACE TABLE bounds AS SELECT ${columns.map(boundsOf).join(', ')} FROM sampled WHERE Source = 0;
    CREATE OR REPLACE TABLE compared AS
      SELECT s.*, ${columns.map(kindOf).join(', ')} FROM sampled s, bounds`);
}

function boundsOf({ isNumber }: ComparedColumn, at: number): string {
  if (!isNumber) return `map_keys(histogram(v${at}))[:${KINDS}] AS b${at}`;
  const levels = Array.from({ length: TENTHS - 1 }, (_, tenth) => (tenth + 1) / TENTHS);
  return `list_distinct(quantile_disc(v${at}, [${levels.join(', ')}])) AS b${at}`;
}

function kindOf({ isNumber }: ComparedColumn, at: number): string {
  const kind = isNumber
    ? `len(list_filter(b${at}, lambda x: x < v${at}))::VARCHAR`
    : `CASE WHEN list_contains(b${at}, v${at}) THEN v${at} ELSE 'other' END`;
  return `CASE WHEN v${at} IS NULL THEN 'none' ELSE ${kind} END AS k${at}`;
}

async function rowsOfBoth(database: Database): Promise<[number, number]> {
  const [{ a, b }] = await database.rows(`
    SELECT count(*) FILTER (Source = 0) AS a, count(*) FILTER (Source = 1) AS b FROM compared`);
  return [Number(a), Number(b)];
}

/** Kolmogorov-Smirnov distance of a column's numbers; 1 if one has none and the other some. */
async function numbersDistance(database: Database, at: number): Promise<number> {
  const [{ distance }] = await database.rows(`
    WITH counts AS (
      SELECT v${at} AS v, count(*) FILTER (Source = 0) AS a, count(*) FILTER (Source = 1) AS b
      FROM compared
      WHERE v${at} IS NOT NULL
      GROUP BY v
    ),
    sums AS (SELECT sum(a) AS a, sum(b) AS b FROM counts),
    steps AS (
      SELECT sum(c.a) OVER w / nullif(s.a, 0) AS a, sum(c.b) OVER w / nullif(s.b, 0) AS b
      FROM counts c, sums s
      WINDOW w AS (ORDER BY c.v)
    )
    SELECT coalesce(max(abs(a - b)), CASE WHEN (SELECT coalesce(a, 0) = coalesce(b, 0) FROM sums) THEN 0 ELSE 1 END) AS distance
    FROM steps`);
  return Number(distance);
}

/** Total variation of the kinds of some columns together, for each of several choices of columns. */
async function kindsDistances(
  database: Database,
  choices: readonly (readonly number[])[],
  [a, b]: readonly [number, number],
): Promise<number[]> {
  if (choices.length === 0) return [];
  const queries = choices.map((at, choice) => {
    const kinds = at.map((column) => `k${column}`).join(', ');
    return `
      SELECT ${choice} AS choice, sum(abs(a / ${a} - b / ${b})) / 2 AS distance
      FROM (
        SELECT count(*) FILTER (Source = 0) AS a, count(*) FILTER (Source = 1) AS b FROM compared GROUP BY ${kinds}
      )`;
  });
  const rows = await database.rows(`${queries.join(' UNION ALL ')} ORDER BY choice`);
  return rows.map(({ distance }) => Number(distance));
}
