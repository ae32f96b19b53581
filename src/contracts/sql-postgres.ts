/** The contracts as tables of PostgreSQL: with keys, values, comments, and foreign keys at the end. */
import type { Contract } from './contract.ts';
import {
  comments,
  createTable,
  type Dialect,
  heading,
  literal,
  referencesWithin,
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
      ...uniqueColumns(contract, all),
      comments(contract),
    ]),
    ...(foreignKeys.length > 0 ? [foreignKeys.join('\n')] : []),
  ]);
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

/** Columns that others refer to without being the key. */
function uniqueColumns({ name, key, columns }: Contract, all: readonly Contract[]): string[] {
  const targets = all.flatMap((other) => referencesWithin(other, all));
  const referred = columns.filter(
    (column) =>
      !(key.length === 1 && key[0] === column.name) &&
      targets.some((target) => target.table === name && target.column === column.name),
  );
  return referred.map((column) => `ALTER TABLE ${name} ADD UNIQUE (${column.name});`);
}

function addForeignKeys(contract: Contract, all: readonly Contract[]): string[] {
  return referencesWithin(contract, all).map(
    ({ name, table, column }) =>
      `ALTER TABLE ${contract.name} ADD FOREIGN KEY (${name}) ` +
      `REFERENCES ${table} (${column});`,
  );
}
