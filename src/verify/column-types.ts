/** Types of the catalogue's columns in DuckDB, which reads with explicit types and never guesses. */
import type { Column } from '../domain/columns.ts';
import { InputError } from '../domain/errors.ts';
import { AD_PREFIX, BLE_PREFIX } from '../domain/ids.ts';

/** The characters that make a path a pattern. */
const PATTERN_SIGN = /[*?[]/g;
/** Decimals with which money is read: more than allowed, so that surplus ones can be found. */
const MONEY_TYPE = 'DECIMAL(18,4)';

/** Quotes text with single quotes, for SQL. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * Quotes the path of one file for a table function of DuckDB, which takes a path for a pattern: `*`, `?` and
 * `[` are put in brackets to stand for themselves, and a first `~` behind a dot. Only here does a path become
 * SQL.
 * @throws InputError for a path that no pattern can express
 */
export function quotedPath(file: string): string {
  const here = file.startsWith('~') ? `./${file}` : file;
  if (here.search(PATTERN_SIGN) < 0) return quoted(here);
  // In a pattern a backslash separates folders on every system, however it is escaped.
  if (process.platform !== 'win32' && here.includes('\\')) {
    throw new InputError(
      `Cannot look into "${file}": its path has a backslash beside one of * ? [, which the database takes ` +
        'for another path; rename the folder, or change into it and use "."',
    );
  }
  return quoted(here.replace(PATTERN_SIGN, '[$&]'));
}

/** Quotes a list of such paths, for SQL. */
export function quotedPaths(files: readonly string[]): string {
  return `[${files.map(quotedPath).join(', ')}]`;
}

/** Quotes a name with double quotes, for SQL. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Type of a column with a closed set of values. */
export function enumType(values: readonly string[]): string {
  return `ENUM(${values.map(quoted).join(', ')})`;
}

/** Type with which a field of the column is read from CSV. */
export function readType(column: Column): string {
  switch (column.type) {
    case 'id':
    case 'ble':
    case 'ad':
    case 'text':
      return 'VARCHAR';
    case 'instant':
      return 'TIMESTAMP';
    case 'int':
      return 'INTEGER';
    case 'money':
      return MONEY_TYPE;
    case 'real':
      return `DECIMAL(18,${column.scale ?? 6})`;
    case 'date':
      return 'DATE';
    case 'bool':
      return 'BOOLEAN';
    case 'choice':
      return enumType(column.values ?? []);
  }
}

/** Type of the column in the loaded table. */
export function tableType(column: Column): string {
  return isPacked(column) ? 'BIGINT' : readType(column);
}

/** Expression that turns the field as it was read into the value of the loaded table. */
export function loadExpression(column: Column): string {
  const name = identifier(column.name);
  switch (column.type) {
    case 'id':
      return `packed_id(${name}) AS ${name}`;
    case 'ble':
      return `pseudonym(${name}, ${quoted(BLE_PREFIX)}) AS ${name}`;
    case 'ad':
      return `pseudonym(${name}, ${quoted(AD_PREFIX)}) AS ${name}`;
    default:
      return name;
  }
}

/** Whether a text id is loaded as an integer, -1 if it is malformed. */
export function isPacked(column: Column): boolean {
  return column.type === 'id' || column.type === 'ble' || column.type === 'ad';
}
