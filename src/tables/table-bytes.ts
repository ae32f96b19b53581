/** Small tables in memory, in any format. */
import type { Column } from '../domain/columns.ts';
import { ByteWriter } from './byte-writer.ts';
import { header, rowEncoder } from './encoder.ts';
import type { FileFormat } from '../domain/formats.ts';
import { parquetChunks } from './parquet/table-chunks.ts';

/** Returns the file of some records; undefined if there are none. */
export function tableBytes(
  columns: readonly Column[],
  records: Iterable<object>,
  format: FileFormat,
): Uint8Array | undefined {
  let isEmpty = true;
  function* counted(): Generator<object> {
    for (const record of records) {
      isEmpty = false;
      yield record;
    }
  }
  const bytes = MAKE[format](columns, counted());
  return isEmpty ? undefined : bytes;
}

/** Returns the file of a table without rows: readers find its columns there. */
export function emptyTable(columns: readonly Column[], format: FileFormat): Uint8Array {
  return MAKE[format](columns, []);
}

const MAKE: Readonly<
  Record<FileFormat, (columns: readonly Column[], records: Iterable<object>) => Uint8Array>
> = {
  csv(columns, records) {
    const encode = rowEncoder<object>(columns);
    const writer = new ByteWriter();
    const head = header(columns);
    writer.reserve(head.length);
    writer.ascii(head);
    for (const record of records) encode(record, writer);
    return writer.bytes();
  },
  parquet(columns, records) {
    return Buffer.concat([...parquetChunks(columns, records)].map((piece) => piece.slice()));
  },
};
