/** Reads Parquet files that this program wrote: their footer, or a small table as a whole. */
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { type FileMetaData, parquetMetadata, parquetSchema } from 'hyparquet';
import { readColumn } from 'hyparquet/src/column.js';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import type { Column } from '../../domain/columns.ts';
import { parquetSchema as schemaOf } from './schema.ts';

/** Length of the footer and the magic number behind it. */
const TAIL_BYTES = 8;
/** Mostly the whole footer. */
const GUESSED_BYTES = 16 * 1024;

/** Reads the footer alone. Throws for a file that is cut, damaged or no Parquet. */
export function readFooter(file: string): FileMetaData {
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const tail = endOf(descriptor, size, GUESSED_BYTES);
    const length = tail.length < TAIL_BYTES ? 0 : tail.readUInt32LE(tail.length - TAIL_BYTES);
    const whole =
      length + TAIL_BYTES > tail.length ? endOf(descriptor, size, length + TAIL_BYTES) : tail;
    return parquetMetadata(whole);
  } finally {
    closeSync(descriptor);
  }
}

function endOf(descriptor: number, size: number, bytes: number): Buffer {
  const tail = Buffer.alloc(Math.min(size, bytes));
  return tail.subarray(0, readSync(descriptor, tail, 0, tail.length, size - tail.length));
}

/** Returns the number of rows in a file. Throws like `readFooter`. */
export function rowsIn(file: string): number {
  return Number(readFooter(file).num_rows);
}

/** Returns what is wrong with the columns of a file, as an end to "is"; undefined if nothing. Throws like `readFooter`. */
export function schemaFault(file: string, columns: readonly Column[]): string | undefined {
  const found = readFooter(file).schema.slice(1).map(elementText);
  const expected = schemaOf(columns).slice(1).map(elementText);
  const at = expected.findIndex((text, index) => text !== found[index]);
  if (at >= 0) return `${found[at] ?? 'missing'}, expected ${expected[at]}`;
  return found.length === expected.length
    ? undefined
    : `${found[expected.length]}, expected no column`;
}

function elementText(element: ReturnType<typeof schemaOf>[number]): string {
  const { name, type, scale, repetition_type, logical_type } = element;
  const decimals = scale === undefined ? '' : ` of ${scale} decimals`;
  return `${name} ${logical_type?.type ?? type}${decimals} ${repetition_type}`;
}

/** Returns the rows of a small file, every value as the CSV shows it, before quoting. */
export function readTable(file: string, columns: readonly Column[]): Record<string, string>[] {
  const bytes = readFileSync(file);
  const metadata = parquetMetadata(bytes);
  const { children } = parquetSchema(metadata);
  const rows: Record<string, string>[] = [];
  for (const { columns: chunks, num_rows } of metadata.row_groups) {
    const from = rows.length;
    for (let row = 0; row < Number(num_rows); row++) rows.push({});
    for (const [index, { meta_data: chunk }] of chunks.entries()) {
      const start = Number(chunk!.dictionary_page_offset ?? chunk!.data_page_offset);
      const length = Number(chunk!.total_compressed_size);
      const view = new DataView(bytes.buffer, bytes.byteOffset + start, length);
      const { element } = children[index];
      const whole = { groupStart: 0, groupRows: Number(num_rows), selectStart: 0 };
      const { data } = readColumn(
        { view, offset: 0 },
        { ...whole, selectEnd: Number(num_rows) },
        {
          pathInSchema: [element.name],
          element,
          schemaPath: [parquetSchema(metadata), children[index]],
          parsers: DEFAULT_PARSERS,
          ...chunk!,
        },
      );
      let row = from;
      for (const page of data) {
        for (const value of page) rows[row++][element.name] = textOf(columns[index], value);
      }
    }
  }
  return rows;
}

function textOf({ type, scale = 2 }: Column, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) {
    return type === 'date' ? value.toISOString().slice(0, 10) : value.toISOString();
  }
  if (type === 'money' || type === 'real') return Number(value).toFixed(scale);
  return String(value);
}
