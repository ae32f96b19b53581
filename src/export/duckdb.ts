/** A world as one file of DuckDB: typed tables, views with names joined, and what everything means as comments. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { duckdbTable } from '../contracts/sql-duckdb.ts';
import { InputError, OutputError, reasonOf } from '../domain/errors.ts';
import { makeFolder } from '../domain/make-folder.ts';
import { NAMED_VIEWS } from '../query/named-views.ts';
import { placeFault } from '../tables/output-fault.ts';
import { quoted } from '../verify/column-types.ts';
import { closingTable } from '../verify/files.ts';
import type { Export } from './export-job.ts';
import { loadDatabase, type TargetDatabase } from './load-database.ts';
import type { LoadStep } from './load-plan.ts';
import { requireColumns } from './require-columns.ts';
import { SourceRows, wholeSum } from './source-rows.ts';
import type { ExportedTable } from './world.ts';

export const exportToDuckdb: Export = async (openWorld, { place, onProgress }) => {
  const world = await openWorld();
  const source = await open(place);
  try {
    return await loadDatabase(world, source, new DuckdbTarget(place, source), onProgress);
  } catch (error) {
    throw faultOf(place, error);
  } finally {
    source.close();
  }
};

async function open(place: string): Promise<SourceRows> {
  const isThere = existsSync(place);
  try {
    makeFolder(path.dirname(path.resolve(place)));
  } catch (error) {
    throw placeFault(place, error);
  }
  try {
    return await SourceRows.open(place);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const reason = reasonOf(error).split('\n')[0];
    if (/lock/i.test(reason)) {
      throw new OutputError(
        `Cannot write "${place}": another program has it open. Close that and run again. (${reason})`,
      );
    }
    if (!isThere) throw new OutputError(`Cannot write "${place}": ${reason}`);
    throw new InputError(
      `Cannot write "${place}": it is no database of DuckDB that can be opened (${reason}). Choose another file (--output).`,
    );
  }
}

/** What DuckDB says of the disk or of the rows, with what it means here. */
function faultOf(place: string, error: unknown): unknown {
  if (error instanceof InputError || error instanceof OutputError) return error;
  // A fault of this program needs its stack.
  if (error instanceof TypeError || error instanceof RangeError) return error;
  return new OutputError(
    `Cannot write "${place}": ${reasonOf(error).split('\n')[0]}. Mend that and run again: what is there is not written twice.`,
    { cause: error },
  );
}

class DuckdbTarget implements TargetDatabase {
  readonly place: string;
  private readonly source: SourceRows;

  constructor(file: string, source: SourceRows) {
    this.place = `"${file}"`;
    this.source = source;
  }

  async prepare(tables: readonly ExportedTable[]): Promise<void> {
    const there = await this.rows(
      'SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal',
    );
    const missing = requireColumns(this.place, tables, there);
    for (const table of missing) {
      for (const sql of duckdbTable(table)) await this.run(sql);
    }
  }

  async run(sql: string): Promise<void> {
    await this.source.connection.run(sql);
  }

  rows(sql: string): Promise<readonly (readonly unknown[])[]> {
    return this.source.rows(sql);
  }

  put(step: LoadStep): Promise<void> {
    const names = step.table.columns.map(({ name }) => name).join(', ');
    return this.run(`INSERT INTO ${step.table.name} (${names}) ${this.source.select(step)}`);
  }

  /** Closing tables also have the names of `sim query`, so that questions fit both. */
  async finish(tables: readonly ExportedTable[], onStep: (step: string) => void): Promise<void> {
    onStep('views');
    for (const { name, about } of tables.filter(({ kind }) => kind === 'closing')) {
      await this.createView(closingTable(name), `SELECT * FROM ${name}`, about);
    }
    for (const [name, { sql, about }] of Object.entries(NAMED_VIEWS)) {
      await this.createView(name, sql, about);
    }
    await this.run('CHECKPOINT');
  }

  sum(column: string, decimals: number): string {
    return wholeSum(column, decimals);
  }

  private async createView(name: string, sql: string, about: string): Promise<void> {
    await this.run(`CREATE OR REPLACE VIEW ${name} AS ${sql}`);
    await this.run(`COMMENT ON VIEW ${name} IS ${quoted(about)}`);
  }
}
