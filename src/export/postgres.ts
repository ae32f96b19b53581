/** A world in a PostgreSQL server: by COPY, with keys, foreign keys and comments. */
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import type { from as CopyFrom } from 'pg-copy-streams';
import { postgresKeys, postgresTable } from '../contracts/sql-postgres.ts';
import { InputError } from '../domain/errors.ts';
import { loadPart } from '../domain/optional-part.ts';
import { quoted, quotedPath } from '../verify/column-types.ts';
import type { Export } from './export-job.ts';
import { loadDatabase, type TargetDatabase } from './load-database.ts';
import type { LoadStep } from './load-plan.ts';
import { connect } from './postgres-connection.ts';
import { postgresFault } from './postgres-fault.ts';
import { requireColumns } from './require-columns.ts';
import { SourceRows } from './source-rows.ts';
import type { ExportedTable } from './world.ts';

const DEFAULT_SCHEMA = 'public';
/** Of a schema; what needs quotes in SQL would need them in every query. */
const NAME = /^[a-z_][a-z0-9_]{0,62}$/;
/** One export at a time: a number that no other program uses by accident, and that of the schema. */
const LOCK = 0x73696d;

export const exportToPostgres: Export = async (open, job) => {
  const { schema = DEFAULT_SCHEMA, creates = false, place, onProgress } = job;
  if (!NAME.test(schema)) {
    throw new InputError(
      `--schema is "${schema}": expected a name of lower-case letters, digits and underscores, such as retail`,
    );
  }
  const { client, name } = await connect(place);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'sim-export-'));
  let source: SourceRows | undefined;
  try {
    const { from: copyFrom } = await loadPart(
      'pg-copy-streams',
      'to export a world to PostgreSQL',
      () => import('pg-copy-streams'),
    );
    const world = await open();
    source = await SourceRows.open();
    const target = new PostgresTarget(`${name}, schema ${schema}`, client, source, {
      schema,
      creates,
      folder,
      copyFrom,
    });
    return await loadDatabase(world, source, target, onProgress);
  } catch (error) {
    throw postgresFault(name, error);
  } finally {
    source?.close();
    rmSync(folder, { recursive: true, force: true });
    // A connection that is lost cannot be ended any more.
    await client.end().catch(() => {});
  }
};

interface TargetOptions {
  readonly schema: string;
  readonly creates: boolean;
  /** For the rows of a step on their way. */
  readonly folder: string;
  readonly copyFrom: typeof CopyFrom;
}

class PostgresTarget implements TargetDatabase {
  readonly place: string;
  private readonly client: Client;
  private readonly source: SourceRows;
  private readonly options: TargetOptions;

  constructor(place: string, client: Client, source: SourceRows, options: TargetOptions) {
    this.place = place;
    this.client = client;
    this.source = source;
    this.options = options;
  }

  async prepare(tables: readonly ExportedTable[]): Promise<void> {
    const { schema, creates } = this.options;
    const [[isFree]] = await this.rows(
      `SELECT pg_try_advisory_lock(${LOCK}, hashtext(${quoted(schema)}))`,
    );
    if (isFree !== true) {
      throw new InputError(`Another export to ${this.place} is at work. Wait until it ends.`);
    }
    if (creates) await this.run(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    await this.run(`SET TIME ZONE 'UTC'; SET search_path TO ${schema}`);
    const there = await this.rows(
      `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = ${quoted(schema)}`,
    );
    const missing = requireColumns(this.place, tables, there);
    if (missing.length === 0) return;
    if (!creates) {
      throw new InputError(
        `There is no table ${missing[0].name} in ${this.place}. Add --create to have missing tables created, ` +
          'or create them with "sim schema --format sql-postgres".',
      );
    }
    await this.inOneTransaction(missing.flatMap(postgresTable));
  }

  async run(sql: string): Promise<void> {
    await this.client.query(sql);
  }

  async rows(sql: string): Promise<readonly (readonly unknown[])[]> {
    return (await this.client.query({ text: sql, rowMode: 'array' })).rows;
  }

  /** DuckDB writes a file of CSV, which the server takes as a stream. */
  async put(step: LoadStep): Promise<void> {
    const { table } = step;
    const file = path.join(this.options.folder, 'rows.csv');
    await this.source.connection.run(
      `COPY (${this.source.select(step)}) TO ${quotedPath(file)} (FORMAT csv, HEADER false)`,
    );
    const names = table.columns.map(({ name }) => name).join(', ');
    const copy = this.client.query(
      this.options.copyFrom(`COPY ${table.name} (${names}) FROM STDIN (FORMAT csv)`),
    );
    await pipeline(createReadStream(file), copy);
    rmSync(file);
  }

  async finish(tables: readonly ExportedTable[], onStep: (step: string) => void): Promise<void> {
    if (!this.options.creates) return;
    const [[keys]] = await this.rows(
      `SELECT count(*)::integer FROM pg_constraint
       WHERE contype = 'p' AND connamespace = ${quoted(this.options.schema)}::regnamespace`,
    );
    // They were added together, or not at all.
    if (Number(keys) > 0) return;
    await this.inOneTransaction(postgresKeys(tables), onStep);
  }

  sum(column: string, decimals: number): string {
    return `trunc(coalesce(sum(${column}), 0) * ${10 ** decimals})::text`;
  }

  private async inOneTransaction(
    statements: readonly string[],
    onStep: (step: string) => void = () => {},
  ): Promise<void> {
    await this.run('BEGIN');
    try {
      for (const sql of statements) {
        onStep(sql.split('\n')[0]);
        await this.run(sql);
      }
      await this.run('COMMIT');
    } catch (error) {
      await this.run('ROLLBACK').catch(() => {});
      throw error;
    }
  }
}
