/** The contracts as tables of SQLite: with keys and foreign keys. */
import type { Contract } from './contract.ts';
import {
  createTable,
  type Dialect,
  heading,
  referencesWithin,
  referredColumns,
  script,
  typeIn,
} from './sql-table.ts';

export function sqliteSql(all: readonly Contract[], version: number): string {
  return script([
    heading(
      `The tables of a world of version ${version}, for SQLite.`,
      'Instants and days are texts of ISO 8601 in UTC, money is in dollars, truth is 0 or 1, an empty field of a file is null.',
    ),
    ...all.map((contract) => sqliteTable(contract, all)),
  ]);
}

/** Returns the statement that creates a table. @param all tables that it may refer to */
export function sqliteTable(contract: Contract, all: readonly Contract[]): string {
  return createTable(contract, { ...SQLITE, constraints: (each) => constraints(each, all) });
}

const SQLITE: Dialect = {
  name: (name) => name,
  type: typeIn({
    instant: 'TEXT',
    date: 'TEXT',
    int: 'INTEGER',
    decimal: 'NUMERIC',
    bool: 'INTEGER',
    text: 'TEXT',
  }),
};

function constraints(contract: Contract, all: readonly Contract[]): readonly string[] {
  return [
    `PRIMARY KEY (${contract.key.join(', ')})`,
    ...referredColumns(contract, all).map((column) => `UNIQUE (${column})`),
    ...referencesWithin(contract, all).map(
      ({ name, table, column }) => `FOREIGN KEY (${name}) REFERENCES ${table} (${column})`,
    ),
  ];
}
