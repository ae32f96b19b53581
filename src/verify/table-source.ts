/** The files of a table as a source of rows for DuckDB, with the catalogue's types whatever their format. */
import type { Column } from '../domain/columns.ts';
import type { FileFormat } from '../domain/formats.ts';
import { identifier, quoted, quotedPaths, readType } from './column-types.ts';

/** The form of an instant in CSV files; anything else is an error. */
const INSTANT_FORMAT = '%Y-%m-%dT%H:%M:%S.%gZ';

/** A line of CSV: the dialect of all files. */
const DIALECT = `auto_detect = false, hive_partitioning = false, header = true, delim = ',', quote = '"', escape = '"', new_line = '\\n'`;

export interface SourceOptions {
  /** Whether rows have a column with their file's name. */
  readonly filename?: boolean;
  /** More options of read_csv; those of Parquet files cannot be read in part. */
  readonly csv?: string;
  /** Type of a column, if it is not that of `readType`. */
  readonly typeOf?: (column: Column) => string;
}

/** Returns a source with the columns of the table and `file_index`, the position of a row's file in the list. */
export function tableSource(
  files: readonly string[],
  columns: readonly Column[],
  format: FileFormat,
  options: SourceOptions = {},
): string {
  return format === 'csv'
    ? csvSource(files, columns, options)
    : parquetSource(files, columns, options);
}

function csvSource(
  files: readonly string[],
  columns: readonly Column[],
  { filename = false, csv = '', typeOf = readType }: SourceOptions,
): string {
  const types = columns.map((column) => `${quoted(column.name)}: ${quoted(typeOf(column))}`);
  return `read_csv(
    ${quotedPaths(files)}, ${DIALECT},
    timestampformat = '${INSTANT_FORMAT}', dateformat = '%Y-%m-%d',
    columns = {${types.join(', ')}}${filename ? ', filename = true' : ''}${csv})`;
}

function parquetSource(
  files: readonly string[],
  columns: readonly Column[],
  { filename = false, typeOf = readType }: SourceOptions,
): string {
  const values = columns.map(
    (column) => `${typed(column, typeOf(column))} AS ${identifier(column.name)}`,
  );
  const more = filename ? ', file_index, filename' : ', file_index';
  return `(SELECT ${values.join(', ')}${more}
    FROM read_parquet(${quotedPaths(files)}, hive_partitioning = false${filename ? ', filename = true' : ''}))`;
}

/** An instant has a zone in Parquet, and a cast would shift it to that of the session. */
function typed(column: Column, type: string): string {
  const name = identifier(column.name);
  return column.type === 'instant'
    ? `make_timestamp(epoch_us(${name}))`
    : `CAST(${name} AS ${type})`;
}

/** Returns a source whose values are texts as in CSV files, in the order of the files. */
export function textSource(
  files: readonly string[],
  columns: readonly Column[],
  format: FileFormat,
): string {
  if (format === 'csv') {
    const types = columns.map(({ name }) => `${quoted(name)}: 'VARCHAR'`).join(', ');
    return `read_csv(${quotedPaths(files)}, ${DIALECT}, nullstr = '', columns = {${types}})`;
  }
  const values = columns.map((column) => `${asText(column)} AS ${identifier(column.name)}`);
  return `(SELECT ${values.join(', ')} FROM read_parquet(${quotedPaths(files)}, hive_partitioning = false))`;
}

function asText(column: Column): string {
  const name = identifier(column.name);
  if (column.type !== 'instant') return `CAST(${name} AS VARCHAR)`;
  return `strftime(make_timestamp(epoch_us(${name})), ${quoted(INSTANT_FORMAT)})`;
}
