/** Rows of whole files in a given order, sorted by DuckDB. */
import type { Column } from '../../domain/columns.ts';
import { formatOfFile } from '../../domain/formats.ts';
import { identifier, quotedPaths } from '../../verify/column-types.ts';
import { textSource } from '../../verify/table-source.ts';
import type { Order, TableInfo } from './catalogue.ts';
import type { Duck } from './duck.ts';

/** The fields of a row as text; null if empty. */
export type Fields = readonly (string | null)[];

export interface Slice {
  readonly limit: number;
  readonly offset: number;
}

export interface OrderedSlice extends Slice {
  readonly order: Order;
}

/** A character that occurs in no line, so that each line is one field. */
const NO_DELIMITER = '\u0001';

/** Returns rows in the order of the files. */
export async function someRows(
  duck: Duck,
  table: TableInfo,
  files: readonly string[],
  { limit, offset }: Slice,
): Promise<Fields[]> {
  return duck.rows(`SELECT ${fieldsOf(table)} FROM ${rowsIn(table, files)}
    LIMIT ${limit} OFFSET ${offset}`);
}

/** Returns sorted rows. Equal rows are sorted by all columns, so that no row is on two pages. */
export async function sortedRows(
  duck: Duck,
  table: TableInfo,
  files: readonly string[],
  { limit, offset, order }: OrderedSlice,
): Promise<Fields[]> {
  if (files.length === 0) return [];
  const fields = fieldsOf(table);
  const key = keyOf(order.column, identifier(order.column.name));
  return duck.rows(`SELECT ${fields} FROM ${rowsIn(table, files)}
    ORDER BY ${key} ${wayOf(order)}, ${fields} LIMIT ${limit} OFFSET ${offset}`);
}

/**
 * Returns lines sorted by one of their fields, and then by text. Splitting only that field off
 * is nearly twice as fast as `sortedRows`. Undefined if a line contains a quoted field (such lines are sorted first)
 * or malformed characters.
 */
export async function sortedLines(
  duck: Duck,
  { columns }: TableInfo,
  files: readonly string[],
  { limit, offset, order }: OrderedSlice,
): Promise<string[] | undefined> {
  if (files.length === 0) return [];
  if (formatOfFile(files[0]) !== 'csv') return undefined;
  const field = `split_part(line, ',', ${columns.indexOf(order.column) + 1})`;
  const query = `SELECT line
    FROM read_csv(${quotedPaths(files)}, auto_detect = false, hive_partitioning = false, header = true,
      delim = '${NO_DELIMITER}', quote = '', escape = '', new_line = '\\n', columns = {'line': 'VARCHAR'})
    ORDER BY contains(line, '"') DESC, ${keyOf(order.column, field)} ${wayOf(order)}, line
    LIMIT ${limit + offset}`;
  const rows = await duck.rows(query).catch((error: Error) => {
    if (error.message.startsWith('Invalid Input Error')) return undefined;
    throw error;
  });
  if (rows === undefined) return undefined;
  const lines = rows.map(([line]) => line as string);
  return lines[0]?.includes('"') ? undefined : lines.slice(offset);
}

/** The files of a day are all of one format; while it begins to be written, of the first one. */
function rowsIn({ columns }: TableInfo, files: readonly string[]): string {
  const format = formatOfFile(files[0]);
  return textSource(
    files.filter((file) => formatOfFile(file) === format),
    columns,
    format,
  );
}

function fieldsOf({ columns }: TableInfo): string {
  return columns.map(({ name }) => identifier(name)).join(', ');
}

/** Returns the sort key of a field: numbers as numbers, all others as text (also instants); null for empty fields. */
function keyOf({ type }: Column, field: string): string {
  const isNumber = type === 'int' || type === 'money' || type === 'real';
  return isNumber ? `TRY_CAST(${field} AS DOUBLE)` : `nullif(${field}, '')`;
}

function wayOf({ descending }: Order): string {
  return `${descending ? 'DESC' : 'ASC'} NULLS LAST`;
}
