/** The tables of a world as SQL for DuckDB and PostgreSQL. */
import type { Column } from '../domain/columns.ts';
import { DEFAULT_FORMATS, type Format, fileFormats } from '../domain/formats.ts';
import { deltaOf, filesOf, referenceOf, type WorldTable, worldTables } from './world-tables.ts';

/** The text of schema.sql. @param worldVersion version of the world of the files */
export function schemaSql(
  worldVersion: number,
  formats: readonly Format[] = DEFAULT_FORMATS,
): string {
  const head = [
    `-- The tables of a world of version ${worldVersion}, for DuckDB and PostgreSQL.`,
    '-- Instants are UTC, money is in dollars, an empty field is null. Load masters in this order, facts in any.',
  ];
  return `${[head.join('\n'), ...worldTables().map((table) => createTable(table, formats))].join('\n\n')}\n`;
}

function createTable(table: WorldTable, formats: readonly Format[]): string {
  const { name, about, key, columns } = table;
  const lines = [
    ...columns.map((column) => `${columnSql(column)},${referenceNote(table, column)}`),
    ...foreignKeys(table).map((line) => `${line},`),
    `PRIMARY KEY (${key.join(', ')})`,
  ];
  return [
    `-- ${about}`,
    ...fileFormats(formats).map((format) => `-- ${filesOf(table, format)}`),
    ...(formats.includes('delta') ? [`-- ${deltaOf(table)}`] : []),
    `CREATE TABLE ${name} (`,
    ...lines.map((line) => `  ${line}`),
    ');',
  ].join('\n');
}

function columnSql(column: Column): string {
  return `${column.name} ${duckdbType(column)}${column.nullable ? '' : ' NOT NULL'}`;
}

/** Returns the type of a column in DuckDB; PostgreSQL has it too. */
export function duckdbType({ type, scale }: Pick<Column, 'type' | 'scale'>): string {
  switch (type) {
    case 'instant':
      return 'TIMESTAMP';
    case 'date':
      return 'DATE';
    case 'int':
      return 'INTEGER';
    case 'money':
      return 'DECIMAL(18, 2)';
    case 'real':
      return `DECIMAL(18, ${scale})`;
    case 'bool':
      return 'BOOLEAN';
    default:
      return 'VARCHAR';
  }
}

/** Only between masters: facts can then be loaded in any order, without a lookup for each row. */
function foreignKeys(table: WorldTable): string[] {
  if (table.kind !== 'master') return [];
  return table.columns.flatMap((column) => {
    const other = referenceOf(table.name, column);
    if (other === undefined) return [];
    return [`FOREIGN KEY (${column.name}) REFERENCES ${other.table} (${other.column})`];
  });
}

function referenceNote(table: WorldTable, column: Column): string {
  const other = referenceOf(table.name, column);
  if (other === undefined || table.kind === 'master') return '';
  return ` -- ${other.table}.${other.column}`;
}
