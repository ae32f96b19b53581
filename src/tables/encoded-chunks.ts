/** A whole table as CSV, in pieces. */
import type { Column } from '../domain/columns.ts';
import { ByteWriter } from './byte-writer.ts';
import { header, rowEncoder } from './encoder.ts';

const CHUNK_BYTES = 256 * 1024;

/** Returns the CSV of a table in pieces, from the byte encoder; each piece is valid until the next is requested. */
export function* encodedChunks(
  columns: readonly Column[],
  rows: Iterable<object>,
): Generator<Uint8Array> {
  const encode = rowEncoder<object>(columns);
  const writer = new ByteWriter(CHUNK_BYTES);
  yield Buffer.from(header(columns));
  for (const row of rows) {
    encode(row, writer);
    if (writer.length < CHUNK_BYTES) continue;
    yield writer.bytes();
    writer.length = 0;
  }
  yield writer.bytes();
}
