/**
 * A world as one file of SQLite, with keys and foreign keys.
 *
 * While it is being written there is a file `-wal` beside it, which belongs to it.
 */
import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Database } from 'node-sqlite3-wasm';
import { sqliteTable } from '../contracts/sql-sqlite.ts';
import type { Column } from '../domain/columns.ts';
import { InputError, OutputError, reasonOf } from '../domain/errors.ts';
import { loadPart } from '../domain/optional-part.ts';
import { takeLock } from '../store/lock.ts';
import { identifier } from '../verify/column-types.ts';
import type { Export } from './export-job.ts';
import { loadDatabase, type TargetDatabase } from './load-database.ts';
import type { LoadStep } from './load-plan.ts';
import { requireColumns } from './require-columns.ts';
import { SourceRows } from './source-rows.ts';
import type { ExportedTable } from './world.ts';

/** Many rows a statement are put several times faster than one; SQLite takes 32,766 values at most. */
const ROWS_AT_ONCE = 100;

export const exportToSqlite: Export = async (open, { place, onProgress }) => {
  const { default: sqlite } = await loadPart(
    'node-sqlite3-wasm',
    'to export a world to SQLite',
    () => import('node-sqlite3-wasm'),
  );
  const world = await open();
  const release = takeLock(path.join(`${place}.export`, 'run.lock'));
  let source: SourceRows | undefined;
  let database: Database | undefined;
  try {
    source = await SourceRows.open();
    // An export that was killed leaves the library's own lock behind; ours tells that nobody is at work.
    rmSync(`${place}.lock`, { recursive: true, force: true });
    database = opened(place, sqlite.Database);
    return await loadDatabase(world, source, new SqliteTarget(place, database, source), onProgress);
  } catch (error) {
    throw faultOf(place, error);
  } finally {
    database?.close();
    source?.close();
    release();
  }
};

function opened(place: string, Class: typeof Database): Database {
  const isThere = existsSync(place);
  if (existsSync(`${place}-journal`)) {
    throw new InputError(
      `Cannot write "${place}": another program was ended while it changed it ("${place}-journal"). Open it once with sqlite3, which restores it, or choose another file (--output).`,
    );
  }
  try {
    // The library would make a file that its owner alone can read.
    if (!isThere) closeSync(openSync(place, 'a'));
    const database = new Class(place);
    // The library never plays a rollback journal back, so that a file that it was killed over would be damaged; the
    // write-ahead log it does play, and needs no shared memory for it if nobody else can come in.
    database.all('PRAGMA locking_mode = EXCLUSIVE');
    database.all('PRAGMA journal_mode = WAL');
    // Rows come in the order of their references; `PRAGMA foreign_key_check` looks at them all.
    database.exec('PRAGMA foreign_keys = OFF; PRAGMA cache_size = -65536');
    database.all('SELECT name FROM sqlite_schema LIMIT 1');
    return database;
  } catch (error) {
    if (!isThere) throw error;
    throw new InputError(
      `Cannot write "${place}": it is no database of SQLite that can be opened (${reasonOf(error)}). Choose another file (--output).`,
    );
  }
}

function faultOf(place: string, error: unknown): unknown {
  if (error instanceof InputError || error instanceof OutputError) return error;
  // A fault of this program needs its stack.
  if (error instanceof TypeError || error instanceof RangeError) return error;
  return new OutputError(
    `Cannot write "${place}": ${reasonOf(error)}. Mend that and run again: what is there is not written twice.`,
    { cause: error },
  );
}

class SqliteTarget implements TargetDatabase {
  readonly place: string;
  private readonly database: Database;
  private readonly source: SourceRows;

  constructor(file: string, database: Database, source: SourceRows) {
    this.place = `"${file}"`;
    this.database = database;
    this.source = source;
  }

  async prepare(tables: readonly ExportedTable[]): Promise<void> {
    const there = await this.rows(
      "SELECT t.name AS t, c.name AS c FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'",
    );
    const missing = requireColumns(this.place, tables, there);
    this.database.exec('BEGIN');
    for (const table of missing) this.database.exec(sqliteTable(table, tables));
    this.database.exec('COMMIT');
  }

  async run(sql: string): Promise<void> {
    this.database.exec(sql);
  }

  async rows(sql: string): Promise<readonly (readonly unknown[])[]> {
    return this.database.all(sql).map((row) => Object.values(row));
  }

  async put(step: LoadStep): Promise<void> {
    const { table } = step;
    const width = table.columns.length;
    const all = await this.source.connection.stream(this.source.select(step, asText));
    const full = this.database.prepare(insertion(table, ROWS_AT_ONCE));
    try {
      for await (const rows of all.yieldRowsJs()) {
        for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
          const some = rows.slice(from, from + ROWS_AT_ONCE);
          const values = some.flat() as string[];
          if (some.length === ROWS_AT_ONCE) full.run(values);
          else this.database.run(insertion(table, values.length / width), values);
        }
      }
    } finally {
      full.finalize();
    }
  }

  /** From here on it is one file, as every program reads it. */
  async finish(): Promise<void> {
    this.database.all('PRAGMA journal_mode = DELETE');
  }

  sum(column: string, decimals: number): string {
    return `coalesce(sum(CAST(round(${column} * ${10 ** decimals}) AS INTEGER)), 0)`;
  }
}

function insertion({ name, columns }: ExportedTable, rows: number): string {
  const row = `(${columns.map(() => '?').join(', ')})`;
  const names = columns.map((column) => column.name).join(', ');
  return `INSERT INTO ${name} (${names}) VALUES ${Array.from({ length: rows }, () => row).join(', ')}`;
}

/** A value as the text that SQLite makes a number of, where the column is one. */
function asText(column: Column): string {
  const name = identifier(column.name);
  if (column.type === 'instant') return `strftime(${name}, '%Y-%m-%dT%H:%M:%S.%gZ')`;
  if (column.type === 'bool') return `CAST(CAST(${name} AS INTEGER) AS VARCHAR)`;
  return `CAST(${name} AS VARCHAR)`;
}
