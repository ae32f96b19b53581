/** The rows of a file of a table, every field as CSV has it, whatever the format of the file. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Column } from '../domain/columns.ts';
import { formatOfFile } from '../domain/formats.ts';
import { codecOf } from '../tables/compression.ts';
import { readTable } from '../tables/parquet/read-table.ts';
import { beginningOf } from '../verify/compressed.ts';

/** Returns the rows of a file in order; an empty field is null. Throws for a file that is damaged. */
export async function partRows(
  file: string,
  columns: readonly Column[],
): Promise<Iterable<readonly string[]>> {
  if (formatOfFile(file) === 'parquet') return parquetRows(file, columns);
  return csvRows((await csvBytes(file)).toString('utf8'));
}

function* parquetRows(file: string, columns: readonly Column[]): Generator<readonly string[]> {
  for (const row of readTable(file, columns)) yield columns.map(({ name }) => row[name]);
}

async function csvBytes(file: string): Promise<Buffer> {
  const codec = codecOf(file);
  return codec === undefined ? readFileSync(file) : beginningOf(file, codec, Infinity);
}

/** Only a text with quotes needs a parser: most tables have none, and are split much faster. */
function csvRows(text: string): Iterable<readonly string[]> {
  if (text.includes('"')) return parse(text, { from_line: 2 }) as string[][];
  return splitRows(text);
}

function* splitRows(text: string): Generator<readonly string[]> {
  for (let from = text.indexOf('\n') + 1; from < text.length; ) {
    const to = text.indexOf('\n', from);
    const end = to < 0 ? text.length : to;
    yield text.slice(from, end).split(',');
    from = end + 1;
  }
}
