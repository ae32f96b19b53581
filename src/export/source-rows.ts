/** The files of a world as rows for databases, read by DuckDB with the types of the catalogue. */
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Column } from '../domain/columns.ts';
import { loadPart } from '../domain/optional-part.ts';
import { duckdbType } from '../tables/schema-sql.ts';
import { identifier } from '../verify/column-types.ts';
import { tableSource } from '../verify/table-source.ts';
import type { LoadStep } from './load-plan.ts';
import { figuresOf, type Tally } from './tally.ts';
import type { ExportedPart, ExportedTable } from './world.ts';

export class SourceRows {
  readonly connection: DuckDBConnection;
  private readonly instance: DuckDBInstance;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.instance = instance;
    this.connection = connection;
  }

  /** @param database file of a database of DuckDB; without it nothing is kept. @throws InputError without DuckDB */
  static async open(database = ':memory:'): Promise<SourceRows> {
    const { DuckDBInstance } = await loadPart(
      '@duckdb/node-api',
      'to export a world to a database',
      () => import('@duckdb/node-api'),
    );
    const instance = await DuckDBInstance.create(database, { memory_limit: '2GB' });
    try {
      return new SourceRows(instance, await instance.connect());
    } catch (error) {
      instance.closeSync();
      throw error;
    }
  }

  /** Returns a query for the rows of a step, in their order; values by default as they are. */
  select({ table, parts }: LoadStep, value: (column: Column) => string = named): string {
    const values = table.columns.map(value).join(', ');
    const whole = parts.filter(({ skip }) => skip === 0).map(({ part }) => part);
    const rest = parts.filter(({ skip }) => skip > 0);
    return [
      ...(whole.length > 0 ? [`(SELECT ${values} FROM ${source(table, whole)})`] : []),
      ...rest.map(
        ({ part, skip }) => `(SELECT ${values} FROM ${source(table, [part])} OFFSET ${skip})`,
      ),
    ].join('\nUNION ALL ');
  }

  /** Returns the number of rows of each file of a step. */
  async rowsOf({ table, parts }: LoadStep): Promise<readonly number[]> {
    const files = parts.map(({ part }) => part);
    const rows = await this.rows(
      `SELECT file_index, count(*) FROM ${source(table, files)} GROUP BY ALL`,
    );
    const counts = parts.map(() => 0);
    for (const [index, count] of rows) counts[Number(index)] = Number(count);
    return counts;
  }

  /** Returns the figures of all rows of a table. */
  async tally(table: ExportedTable): Promise<Tally> {
    const figures = figuresOf(table.columns);
    const values = figures.map(({ column, decimals }) =>
      column === undefined ? 'count(*)' : figureSql(column.name, decimals),
    );
    const [row] =
      table.parts.length === 0
        ? [figures.map(() => '0')]
        : await this.rows(`SELECT ${values.join(', ')} FROM ${source(table, table.parts)}`);
    return Object.fromEntries(figures.map(({ name }, at) => [name, String(row[at] ?? 0)]));
  }

  async rows(sql: string): Promise<readonly (readonly unknown[])[]> {
    return (await this.connection.runAndReadAll(sql)).getRowsJson();
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }
}

function figureSql(name: string, decimals: number | undefined): string {
  return decimals === undefined ? `count(${identifier(name)})` : wholeSum(name, decimals);
}

/** A sum as a whole number, exact: a product of a sum would be of no type that is wide enough. */
export function wholeSum(column: string, decimals: number): string {
  return `coalesce(sum(CAST(${identifier(column)} * ${10 ** decimals} AS BIGINT)), 0)`;
}

function source(table: ExportedTable, parts: readonly ExportedPart[]): string {
  const files = parts.map(({ file }) => file);
  return tableSource(files, table.columns, table.format, { typeOf: duckdbType });
}

function named({ name }: Column): string {
  return identifier(name);
}
