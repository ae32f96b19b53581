/** CREATE TABLE in the words of a dialect of SQL. */
import { referenceOf } from '../tables/world-tables.ts';
import type { Contract } from './contract.ts';
import type { ContractColumn } from './event-columns.ts';

/** What a dialect calls the types of columns. */
export interface TypeNames {
  readonly instant: string;
  readonly date: string;
  readonly int: string;
  /** `DECIMAL`, to which precision and scale are added. */
  readonly decimal: string;
  readonly bool: string;
  /** For texts, choices, ids and pseudonyms. */
  readonly text: string | ((column: ContractColumn) => string);
}

/** Returns the type of a column in a dialect. */
export function typeIn(names: TypeNames): (column: ContractColumn) => string {
  return (column) => {
    const { type, scale } = column;
    switch (type) {
      case 'instant':
      case 'date':
      case 'int':
      case 'bool':
        return names[type];
      case 'money':
        return `${names.decimal}(18, 2)`;
      case 'real':
        return `${names.decimal}(18, ${scale})`;
      default:
        return typeof names.text === 'string' ? names.text : names.text(column);
    }
  };
}

export interface Dialect {
  /** Returns the type of a column. */
  readonly type: (column: ContractColumn) => string;
  /** Returns an identifier, quoted if the dialect would misread it. */
  readonly name: (name: string) => string;
  /** Returns what follows a column's type, besides NOT NULL. */
  readonly columnTail?: (column: ContractColumn) => string;
  /** Returns what follows the last column, within the brackets. */
  readonly constraints?: (contract: Contract) => readonly string[];
  /** Returns what follows the brackets. */
  readonly tableTail?: (contract: Contract) => string;
}

/** Returns the statement that creates the table of a contract. */
export function createTable(contract: Contract, dialect: Dialect): string {
  const columns = contract.columns.map((column) => columnLine(column, dialect));
  const lines = [...columns, ...(dialect.constraints?.(contract) ?? [])];
  const tail = dialect.tableTail?.(contract) ?? '';
  return [
    `-- ${contract.about}`,
    `-- ${contract.files}`,
    `CREATE TABLE ${dialect.name(contract.name)} (`,
    lines.map((line) => `  ${line}`).join(',\n'),
    `)${tail};`,
  ].join('\n');
}

function columnLine(column: ContractColumn, { name, type, columnTail }: Dialect): string {
  const required = column.nullable ? '' : ' NOT NULL';
  return `${name(column.name)} ${type(column)}${required}${columnTail?.(column) ?? ''}`;
}

/** Returns a text as a literal of standard SQL. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Returns the statements that comment on a table and its columns. */
export function comments({ name, about, columns }: Contract): string {
  return [
    `COMMENT ON TABLE ${name} IS ${literal(about)};`,
    ...columns.map(
      (column) => `COMMENT ON COLUMN ${name}.${column.name} IS ${literal(column.about)};`,
    ),
  ].join('\n');
}

/** Returns the lines of a comment that introduces a script. */
export function heading(...lines: readonly string[]): string {
  return lines.map((line) => `-- ${line}`).join('\n');
}

/** Returns a script of its statements. */
export function script(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`;
}

/** Returns the columns that refer to a table among the given ones, with the table and column that they refer to. */
export function referencesWithin(contract: Contract, all: readonly Contract[]) {
  return contract.columns.flatMap((column) => {
    const other = referenceOf(contract.name, column);
    if (other === undefined || !all.some(({ name }) => name === other.table)) return [];
    return [{ name: column.name, ...other }];
  });
}

/** Returns the columns of a table that others refer to without being its key. */
export function referredColumns(
  { name, key, columns }: Contract,
  all: readonly Contract[],
): readonly string[] {
  const targets = all.flatMap((other) => referencesWithin(other, all));
  return columns
    .map((column) => column.name)
    .filter(
      (column) =>
        !(key.length === 1 && key[0] === column) &&
        targets.some((target) => target.table === name && target.column === column),
    );
}
