/** The contracts as tables of PostgreSQL: with keys, values, comments, and foreign keys at the end. */
import type { Contract } from './contract.ts';
import {
  comments,
  createTable,
  type Dialect,
  heading,
  literal,
  referencesWithin,
  referredColumns,
  script,
  typeIn,
} from './sql-table.ts';

export function postgresSql(all: readonly Contract[], version: number): string {
  const foreignKeys = all.flatMap((contract) => addForeignKeys(contract, all));
  return script([
    heading(
      `The tables of a world of version ${version}, for PostgreSQL.`,
      'Instants are UTC, money is in dollars, an empty field of a file is null.',
      'Load the rows before you add the foreign keys at the end: tables can then be loaded in any order.',
    ),
    ...all.flatMap((contract) => [
      createTable(contract, POSTGRES),
      ...addUniques(contract, all),
      comments(contract),
    ]),
    ...(foreignKeys.length > 0 ? [foreignKeys.join('\n')] : []),
  ]);
}

/** Returns the statements that create a table without keys, which are added faster once its rows are there. */
export function postgresTable(contract: Contract): readonly string[] {
  return [createTable(contract, { ...POSTGRES, constraints: () => [] }), comments(contract)];
}

/** Returns the statements that add all keys of some tables to their rows. */
export function postgresKeys(all: readonly Contract[]): readonly string[] {
  return [
    ...all.map(({ name, key }) => `ALTER TABLE ${name} ADD PRIMARY KEY (${key.join(', ')});`),
    ...all.flatMap((contract) => addUniques(contract, all)),
    ...all.flatMap((contract) => addForeignKeys(contract, all)),
  ];
}

const POSTGRES: Dialect = {
  name: (name) => name,
  type: typeIn({
    instant: 'timestamptz',
    date: 'date',
    int: 'integer',
    decimal: 'numeric',
    bool: 'boolean',
    text: 'text',
  }),
  columnTail: ({ name, values }) =>
    values === undefined ? '' : ` CHECK (${name} IN (${values.map(literal).join(', ')}))`,
  constraints: ({ key }) => [`PRIMARY KEY (${key.join(', ')})`],
};

function addUniques(contract: Contract, all: readonly Contract[]): string[] {
  return referredColumns(contract, all).map(
    (column) => `ALTER TABLE ${contract.name} ADD UNIQUE (${column});`,
  );
}

function addForeignKeys(contract: Contract, all: readonly Contract[]): string[] {
  return referencesWithin(contract, all).map(
    ({ name, table, column }) =>
      `ALTER TABLE ${contract.name} ADD FOREIGN KEY (${name}) ` +
      `REFERENCES ${table} (${column});`,
  );
}
