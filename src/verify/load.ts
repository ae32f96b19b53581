/**
 * Loads a world's files into DuckDB: one table per table of the catalogue, with explicit types.
 *
 * Rows keep the order of the files (`rowid` counts in it), and those of facts know their part. What
 * can't be read is left out and listed in the table load_problems.
 */
import type { Column } from '../domain/columns.ts';
import {
  identifier,
  isPacked,
  loadExpression,
  quoted,
  quotedPaths,
  readType,
  tableType,
} from './column-types.ts';
import type { Database } from './database.ts';
import type { FileProblem } from './file-problem.ts';
import type { TableFile, TableFiles } from './files.ts';
import { noteForms } from './forms.ts';

/** The most rejected rows that are listed. */
const REJECTS_LIMIT = 1000;

/** The form of an instant in files; anything else is an error. */
const INSTANT_FORMAT = '%Y-%m-%dT%H:%M:%S.%gZ';

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
    await noteFileProblems(database, table);
    const rows = await loadTable(database, table, firstPart);
    if (table.kind === 'fact') {
      await noteParts(database, table, firstPart);
      firstPart += table.files.length;
      factRows += rows;
    }
  }
  return factRows;
}

async function loadTable(
  database: Database,
  table: TableFiles,
  firstPart: number,
): Promise<number> {
  const name = identifier(table.table);
  const part = table.kind === 'fact' ? [`${firstPart} + file_index AS Part`] : [];
  if (table.files.length === 0) {
    const columns = table.columns.map(
      (column) => `${identifier(column.name)} ${tableType(column)}`,
    );
    if (table.kind === 'fact') columns.push('Part BIGINT');
    await database.run(`CREATE TABLE ${name} (${columns.join(', ')})`);
    return 0;
  }
  const sessions = table.columns.some(({ name }) => name === 'SessionId');
  const values = [
    ...table.columns.map((column) => (sessions && SHARED[column.name]) || loadExpression(column)),
    ...part,
  ];
  const create = (options: string) => {
    const rows = reader(table.files, table.columns, options);
    const source = sessions ? `(SELECT *, file_index, ${SESSION} FROM ${rows})` : rows;
    return database.run(`CREATE TABLE ${name} AS SELECT ${values.join(', ')} FROM ${source}`);
  };
  try {
    await create('');
  } catch {
    // Load again, leaving out and listing the rows that can't be read.
    await create(`, store_rejects = true, rejects_limit = ${REJECTS_LIMIT}`);
    await noteRejects(database, table);
  }
  await noteMalformedIds(database, table);
  await noteForms(database, table, reader);
  const [{ rows }] = await database.rows(`SELECT count(*) AS rows FROM ${name}`);
  return Number(rows);
}

/** Returns a table function that reads files of one table with the catalogue's types. */
function reader(
  files: readonly TableFile[],
  columns: readonly Column[],
  options: string,
  typeOf: (column: Column) => string = readType,
): string {
  const types = columns.map((column) => `${quoted(column.name)}: ${quoted(typeOf(column))}`);
  return `read_csv(
    ${quotedPaths(files.map(({ file }) => file))},
    auto_detect = false, hive_partitioning = false, header = true, delim = ',', quote = '"', escape = '"', new_line = '\\n',
    timestampformat = '${INSTANT_FORMAT}', dateformat = '%Y-%m-%d',
    columns = {${types.join(', ')}}${options})`;
}

async function noteParts(database: Database, table: TableFiles, firstPart: number): Promise<void> {
  if (table.files.length === 0) return;
  const rows = table.files.map(
    ({ file, day, region }, index) =>
      `(${firstPart + index}, ${quoted(table.table)}, ${quoted(file)}, ${quoted(day!)}, ${region})`,
  );
  await database.run(`INSERT INTO parts VALUES ${rows.join(', ')}`);
}

async function noteFileProblems(database: Database, table: TableFiles): Promise<void> {
  for (const problem of table.problems) await noteProblem(database, table.table, problem);
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
        FROM ${reader(table.files, table.columns, ', filename = true, ignore_errors = true')}
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
