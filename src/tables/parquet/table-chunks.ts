/** A whole table as a Parquet file, in pieces. */
import type { Column } from '../../domain/columns.ts';
import { ParquetEncoder } from './encoder.ts';

/** Yields the file of some records, which may be reused; each piece is valid until the next is requested. */
export function* parquetChunks(
  columns: readonly Column[],
  records: Iterable<object>,
): Generator<Uint8Array> {
  const encoder = new ParquetEncoder(columns);
  for (const record of records) {
    if (encoder.isFull) yield encoder.takeGroup();
    encoder.put(record as never);
  }
  yield encoder.finish();
}
