/** Questions in SQL about a world's files: read-only, within limits, and with nothing but the world to read. */
import path from 'node:path';
import type { DuckDBConnection, DuckDBInstance, Json } from '@duckdb/node-api';
import type { Column } from '../domain/columns.ts';
import { InputError, reasonOf } from '../domain/errors.ts';
import { loadPart } from '../domain/optional-part.ts';
import { duckdbType } from '../tables/schema-sql.ts';
import { enumType, identifier, quoted } from '../verify/column-types.ts';
import { readFormats } from '../verify/committed.ts';
import type { WorldFolders } from '../verify/file-problem.ts';
import { findTableFiles, type TableFiles } from '../verify/files.ts';
import { tableSource } from '../verify/table-source.ts';
import { NAMED_VIEWS } from './named-views.ts';

/** The folder of a world, and those of its tables. */
export interface QueriedWorld extends WorldFolders {
  readonly root: string;
}

export interface QueryLimits {
  /** DuckDB's memory limit, e.g. `2GB`. */
  readonly memory?: string;
  /** Folder of a file that an answer may be written to. */
  readonly output?: string;
}

export interface Answer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Instants, dates and decimals as text. */
  readonly rows: readonly (readonly Json[])[];
  /** Whether there are more rows than asked for. */
  readonly isCut: boolean;
}

export interface Question {
  /** The most rows to return. */
  readonly limit: number;
  /** After this time the query is stopped, ms. */
  readonly timeoutMs: number;
}

/** Formats of a file, with the options of COPY. */
export const FILE_FORMATS = {
  csv: 'FORMAT csv, HEADER',
  json: 'FORMAT json, ARRAY true',
  ndjson: 'FORMAT json',
  parquet: 'FORMAT parquet, COMPRESSION zstd',
} as const;

export type FileFormat = keyof typeof FILE_FORMATS;

/** DuckDB's numbers of the kinds of statements that change nothing. */
const READING: ReadonlySet<number> = new Set([1, 4]);

/** A world whose tables are views in a database that can read nothing else. */
export class WorldQuery {
  private readonly instance: DuckDBInstance;
  private readonly connection: DuckDBConnection;
  /** What there is to ask about: tables of the catalogue, closing tables as `closing_<name>`, and views with names. */
  readonly views: readonly string[];

  private constructor(
    instance: DuckDBInstance,
    connection: DuckDBConnection,
    views: readonly string[],
  ) {
    this.instance = instance;
    this.connection = connection;
    this.views = views;
  }

  /** Opens the world in the folders, in whatever format it is. @throws InputError without DuckDB */
  static async open(folders: QueriedWorld, limits: QueryLimits = {}): Promise<WorldQuery> {
    const { DuckDBInstance } = await loadPart(
      '@duckdb/node-api',
      'to query a world',
      () => import('@duckdb/node-api'),
    );
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: limits.memory ?? '2GB',
    });
    const connection = await instance.connect();
    try {
      const tables = await findTableFiles(absolute(folders), readFormats(folders.root));
      for (const table of tables) await connection.run(tableView(table));
      for (const [name, { sql }] of Object.entries(NAMED_VIEWS)) {
        await connection.run(`CREATE VIEW ${name} AS ${sql}`);
      }
      await lock(connection, absolute(folders), limits.output);
      const names = [...Object.keys(NAMED_VIEWS), ...tables.map(({ table }) => table)];
      return new WorldQuery(instance, connection, names);
    } catch (error) {
      connection.closeSync();
      instance.closeSync();
      throw error;
    }
  }

  /** Answers one statement that reads. @throws InputError with what DuckDB says of it */
  async answer(sql: string, { limit, timeoutMs }: Question): Promise<Answer> {
    await this.requireReading(sql);
    return this.within(timeoutMs, async () => {
      const reader = await this.connection.streamAndReadUntil(sql, limit + 1);
      const types = reader.columnTypes();
      const rows = reader.getRowsJson();
      return {
        columns: reader
          .columnNames()
          .map((name, index) => ({ name, type: types[index].toString() })),
        rows: rows.slice(0, limit),
        isCut: rows.length > limit,
      };
    });
  }

  /** Writes the whole answer of a query to a file. @returns number of rows @throws InputError */
  async write(sql: string, file: string, format: FileFormat, timeoutMs: number): Promise<number> {
    await this.requireReading(sql);
    return this.within(timeoutMs, async () => {
      const query = sql.trim().replace(/;\s*$/, '');
      const result = await this.connection.runAndReadAll(
        `COPY (\n${query}\n) TO ${quoted(path.resolve(file))} (${FILE_FORMATS[format]})`,
      );
      return Number(result.getRowsJson()[0][0]);
    });
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }

  private async requireReading(sql: string): Promise<void> {
    const statements = await this.connection.extractStatements(sql).catch(refuse);
    if (statements.count !== 1) {
      throw new InputError(`Cannot answer ${statements.count} statements: expected one query`);
    }
    const prepared = await statements.prepare(0).catch(refuse);
    const isReading = READING.has(prepared.statementType);
    prepared.destroySync();
    if (!isReading) {
      throw new InputError(
        'Cannot run this statement: a world is only read. Expected SELECT, FROM, WITH, DESCRIBE, SUMMARIZE or EXPLAIN',
      );
    }
  }

  private async within<Value>(timeoutMs: number, ask: () => Promise<Value>): Promise<Value> {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      this.connection.interrupt();
    }, timeoutMs);
    try {
      return await ask();
    } catch (error) {
      if (!isLate) return refuse(error);
      throw new InputError(
        `The query took more than ${timeoutMs / 1000} s and was stopped. Ask for less, or allow more time (--timeout)`,
      );
    } finally {
      clearTimeout(timer);
    }
  }
}

/** From here on nothing can be read but the world, nor written but the output, and no setting be changed. */
async function lock(
  connection: DuckDBConnection,
  { master, facts, closing }: WorldFolders,
  output: string | undefined,
): Promise<void> {
  const folders = [master, facts, closing].map((folder) => quoted(folder + path.sep));
  await connection.run(`SET allowed_directories = [${folders.join(', ')}]`);
  if (output !== undefined) {
    await connection.run(`SET allowed_paths = [${quoted(path.resolve(output))}]`);
  }
  await connection.run('SET enable_external_access = false; SET lock_configuration = true');
}

function absolute({ master, facts, closing }: WorldFolders): WorldFolders {
  return {
    master: path.resolve(master),
    facts: path.resolve(facts),
    closing: path.resolve(closing),
  };
}

/** The rows of a table as its files have them; without files, a table without rows. */
function tableView({ table, columns, format, files }: TableFiles): string {
  const name = identifier(table);
  if (files.length === 0) {
    const typed = columns.map(
      (column) => `NULL::${valueType(column)} AS ${identifier(column.name)}`,
    );
    return `CREATE VIEW ${name} AS SELECT ${typed.join(', ')} WHERE false`;
  }
  const source = tableSource(
    files.map(({ file }) => file),
    columns,
    format,
    { typeOf: valueType },
  );
  const values = columns.map((column) => identifier(column.name));
  return `CREATE VIEW ${name} AS SELECT ${values.join(', ')} FROM ${source}`;
}

/** Ids stay text here, as in the files; only what the catalogue lists is a value of a choice. */
function valueType(column: Column): string {
  return column.type === 'choice' ? enumType(column.values ?? []) : duckdbType(column);
}

/** What DuckDB says of a query, as the user's own fault. */
function refuse(error: unknown): never {
  throw new InputError(`Cannot answer the query: ${reasonOf(error)}`, { cause: error });
}
