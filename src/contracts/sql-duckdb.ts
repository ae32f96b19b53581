/** The contracts as tables of DuckDB, with comments. */
import { duckdbType } from '../tables/schema-sql.ts';
import type { Contract } from './contract.ts';
import { comments, createTable, type Dialect, heading, script } from './sql-table.ts';

export function duckdbSql(all: readonly Contract[], version: number): string {
  return script([
    heading(
      `The tables of a world of version ${version}, for DuckDB.`,
      'Instants are UTC, money is in dollars, an empty field is null.',
    ),
    ...all.flatMap((contract) => [createTable(contract, DUCKDB), comments(contract)]),
  ]);
}

/** Returns the statements that create a table without keys, whose indexes would be larger than its rows. */
export function duckdbTable(contract: Contract): readonly string[] {
  return [createTable(contract, { ...DUCKDB, constraints: () => [] }), comments(contract)];
}

const DUCKDB: Dialect = {
  name: (name) => name,
  type: duckdbType,
  constraints: ({ key }) => [`PRIMARY KEY (${key.join(', ')})`],
};
