/** Tables of moderate size as CSV text and files, written with csv-stringify. */
import { stringify } from 'csv-stringify/sync';
import type { Column, RecordOf } from '../domain/columns.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { header } from './encoder.ts';
import { toText } from './text.ts';

const ROWS_PER_CHUNK = 1000;
/** The CSV dialect of all files: RFC 4180 with LF line ends. A single CR is quoted too. */
const DIALECT = { record_delimiter: '\n', quote_record_delimiter: true } as const;

/** The CSV of a table in pieces: the header, then several rows at a time. Records may be reused. */
export function* csvChunks<const Columns extends readonly Column[]>(
  columns: Columns,
  records: Iterable<RecordOf<Columns>>,
): Generator<string> {
  yield header(columns);
  let rows: string[][] = [];
  for (const record of records as Iterable<Record<string, number | string>>) {
    rows.push(columns.map((column) => toText(column, record[column.field])));
    if (rows.length < ROWS_PER_CHUNK) continue;
    yield stringify(rows, DIALECT);
    rows = [];
  }
  if (rows.length > 0) yield stringify(rows, DIALECT);
}

/** Writes a table completely or not at all. Throws OutputError. */
export function writeCsvFile<const Columns extends readonly Column[]>(
  file: string,
  columns: Columns,
  records: Iterable<RecordOf<Columns>>,
): void {
  writeFileAtomic(file, csvChunks(columns, records));
}
