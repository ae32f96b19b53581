/**
 * Loads a world's files into DuckDB: one table per table of the catalogue, with explicit types.
 *
 * Rows keep the order of the files (`rowid` counts in it), and those of facts know their part. What
 * can't be read is left out and listed in the table load_problems.
 */
import type { Column } from '../domain/columns.ts';
import { identifier, isPacked, loadExpression, quoted, tableType } from './column-types.ts';
import type { Database } from './database.ts';
import type { FileProblem } from './file-problem.ts';
import type { TableFile, TableFiles } from './files.ts';
import { noteForms } from './forms.ts';
import { type SourceOptions, tableSource } from './table-source.ts';
import { twinProblems, withoutDamaged } from './twins.ts';

/** The most rejected rows that are listed. */
const REJECTS_LIMIT = 1000;

/** In the largest tables the TraceId is the session's, so it is decoded only once. */
const SESSION = 'packed_id("SessionId") AS session';
const SHARED: Record<string, string> = {
  SessionId: 'session AS "SessionId"',
  TraceId: `CASE WHEN "TraceId" = "SessionId" THEN session ELSE packed_id("TraceId") END AS "TraceId"`,
};

/**
 * Creates and fills the tables of the catalogue, `parts` and `load_problems`; calls back before each table.
 * @returns number of fact rows
 */
export async function loadTables(
  database: Database,
  tables: readonly TableFiles[],
  onTable: (table: string) => void = () => {},
): Promise<number> {
  await database.run(`
    CREATE TABLE parts (Part INTEGER, TableName VARCHAR, File VARCHAR, dt DATE, Region INTEGER);
    CREATE TABLE load_problems
      (Kind VARCHAR, TableName VARCHAR, File VARCHAR, Line BIGINT, ColumnName VARCHAR, Problem VARCHAR)`);
  let firstPart = 0;
  let factRows = 0;
  for (const table of tables) {
    onTable(table.table);
    await noteProblems(database, table.table, table.problems);
    const files = await loadTable(database, table, firstPart);
    await noteProblems(database, table.table, await twinProblems(database, table));
    if (table.kind === 'fact') {
      await noteParts(database, { ...table, files }, firstPart);
      firstPart += files.length;
      factRows += await rowsOf(database, table);
    }
  }
  return factRows;
}

/** Returns the files that were loaded: those that can be read. */
async function loadTable(
  database: Database,
  table: TableFiles,
  firstPart: number,
): Promise<readonly TableFile[]> {
  if (table.files.length === 0) {
    await createEmpty(database, table);
    return [];
  }
  try {
    await createTable(database, table, firstPart);
  } catch {
    if (table.format === 'parquet') return loadUndamaged(database, table, firstPart);
    // Load again, leaving out and listing the rows that can't be read.
    const rejects = `, store_rejects = true, rejects_limit = ${REJECTS_LIMIT}`;
    await createTable(database, table, firstPart, rejects);
    await noteRejects(database, table);
  }
  await noteMalformedIds(database, table);
  if (table.format === 'csv') await noteForms(database, table);
  return table.files;
}

/** Loads the Parquet files that can be read to their ends, and lists the others. */
async function loadUndamaged(
  database: Database,
  table: TableFiles,
  firstPart: number,
): Promise<readonly TableFile[]> {
  const { files, problems } = await withoutDamaged(database, table);
  await noteProblems(database, table.table, problems);
  const readable = { ...table, files };
  if (files.length === 0) await createEmpty(database, readable);
  else await createTable(database, readable, firstPart);
  await noteMalformedIds(database, readable);
  return files;
}

async function createEmpty(database: Database, table: TableFiles): Promise<void> {
  const columns = table.columns.map((column) => `${identifier(column.name)} ${tableType(column)}`);
  if (table.kind === 'fact') columns.push('Part BIGINT');
  await database.run(`CREATE TABLE ${identifier(table.table)} (${columns.join(', ')})`);
}

async function createTable(
  database: Database,
  table: TableFiles,
  firstPart: number,
  csv = '',
): Promise<void> {
  const part = table.kind === 'fact' ? [`${firstPart} + file_index AS Part`] : [];
  const sessions = table.columns.some(({ name }) => name === 'SessionId');
  const values = [
    ...table.columns.map((column) => (sessions && SHARED[column.name]) || loadExpression(column)),
    ...part,
  ];
  const rows = source(table, { csv });
  const from = sessions ? `(SELECT *, file_index, ${SESSION} FROM ${rows})` : rows;
  await database.run(
    `CREATE TABLE ${identifier(table.table)} AS SELECT ${values.join(', ')} FROM ${from}`,
  );
}

/** Returns a source of the rows of a table's files. */
function source({ files, columns, format }: TableFiles, options: SourceOptions): string {
  return tableSource(
    files.map(({ file }) => file),
    columns,
    format,
    options,
  );
}

async function rowsOf(database: Database, { table }: TableFiles): Promise<number> {
  const [{ rows }] = await database.rows(`SELECT count(*) AS rows FROM ${identifier(table)}`);
  return Number(rows);
}

async function noteParts(database: Database, table: TableFiles, firstPart: number): Promise<void> {
  if (table.files.length === 0) return;
  const rows = table.files.map(
    ({ file, day, region }, index) =>
      `(${firstPart + index}, ${quoted(table.table)}, ${quoted(file)}, ${quoted(day!)}, ${region})`,
  );
  await database.run(`INSERT INTO parts VALUES ${rows.join(', ')}`);
}

async function noteProblems(
  database: Database,
  table: string,
  problems: readonly FileProblem[],
): Promise<void> {
  for (const problem of problems) await noteProblem(database, table, problem);
}

/** Adds a line to load_problems. */
export async function noteProblem(
  database: Database,
  table: string,
  { file, problem, kind = 'file' }: FileProblem,
): Promise<void> {
  await database.run(
    `INSERT INTO load_problems VALUES
      (${quoted(kind)}, ${quoted(table)}, ${quoted(file)}, 1, NULL, ${quoted(problem)})`,
  );
}

async function noteRejects(database: Database, table: TableFiles): Promise<void> {
  await database.run(`
    INSERT INTO load_problems
    SELECT 'row', ${quoted(table.table)}, s.file_path, e.line, e.column_name, e.error_message
    FROM reject_errors e
    JOIN reject_scans s USING (scan_id, file_id)`);
  await database.run('DROP TABLE reject_errors; DROP TABLE reject_scans');
}

/** Malformed ids were loaded as -1; reading the files once more finds their text. */
async function noteMalformedIds(database: Database, table: TableFiles): Promise<void> {
  const ids = table.columns.filter(isPacked);
  if (ids.length === 0) return;
  const malformed = ids.map((column) => `${identifier(column.name)} = -1`).join(' OR ');
  const [{ rows }] = await database.rows(
    `SELECT count(*) AS rows FROM ${identifier(table.table)} WHERE ${malformed}`,
  );
  if (Number(rows) === 0) return;
  for (const column of ids) {
    const text = identifier(column.name);
    await database.run(`
      INSERT INTO load_problems
      SELECT 'row', ${quoted(table.table)}, filename, NULL, ${quoted(column.name)},
        'expected an id such as ' || ${quoted(exampleId(column))} || ', got "' || "text" || '"'
      FROM (
        SELECT filename, ${text} AS "text", ${loadExpression(column).replace(/ AS .*/, '')} AS packed
        FROM ${source(table, { filename: true, csv: ', ignore_errors = true' })}
      )
      WHERE packed = -1
      LIMIT ${REJECTS_LIMIT}`);
  }
}

function exampleId(column: Column): string {
  if (column.type === 'ble') return 'BLE-9E3779B1';
  if (column.type === 'ad') return 'AD-9E3779B1';
  return 'S17-482';
}
