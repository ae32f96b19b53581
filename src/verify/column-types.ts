/** How the columns of the catalogue look in DuckDB: read with explicit types, never guessed. */
import type { Column } from '../domain/columns.ts';
import { InputError } from '../domain/errors.ts';
import { AD_PREFIX, BLE_PREFIX } from '../domain/ids.ts';

/** What makes a pattern of a path. */
const PATTERN_SIGN = /[*?[]/g;
/** Decimals that money is read with: more than it may have, so that surplus ones can be found. */
const MONEY_TYPE = 'DECIMAL(18,4)';

/** Text in single quotes, for SQL. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * Path of one file for a table function of DuckDB, which takes what it is given for a pattern: `*`, `?` and
 * `[` stand for themselves in brackets, and a first `~` behind a dot. The one place where a path becomes SQL.
 * @throws InputError for a path that no pattern can stand for
 */
export function quotedPath(file: string): string {
  const here = file.startsWith('~') ? `./${file}` : file;
  if (here.search(PATTERN_SIGN) < 0) return quoted(here);
  // In a pattern it parts folders on every system, however it is escaped.
  if (process.platform !== 'win32' && here.includes('\\')) {
    throw new InputError(
      `Cannot look into "${file}": its path has a backslash beside one of * ? [, which the database takes ` +
        'for another path; rename the folder, or go into it and name it by "."',
    );
  }
  return quoted(here.replace(PATTERN_SIGN, '[$&]'));
}

/** List of such paths, for SQL. */
export function quotedPaths(files: readonly string[]): string {
  return `[${files.map(quotedPath).join(', ')}]`;
}

/** Name in double quotes, for SQL. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Type of a column with a closed set of values. */
export function enumType(values: readonly string[]): string {
  return `ENUM(${values.map(quoted).join(', ')})`;
}

/** Type that a field of the column is read as from CSV. */
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

/** Expression that turns the field as read into the value of the loaded table. */
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
