/** Pages of a column chunk: encoded values, compressed, behind their headers. */
import { ByteWriter } from 'hyparquet-writer';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import { snappyCompress } from 'hyparquet-writer/src/snappy.js';

/** The encodings in use: what every reader of the last years knows. */
export type Encoding = 'PLAIN' | 'RLE_DICTIONARY' | 'DELTA_BINARY_PACKED';

/** The codec of all pages. In plain JavaScript, so that every machine and runtime writes the same bytes. */
export const CODEC = 'SNAPPY';

/** By how a page begins it is judged whether it is worth compressing: packed numbers mostly are not. */
const SAMPLE_BYTES = 16 * 1024;
const WORTH = 0.9;

/** A data page: version 2, in which levels stand outside the compressed bytes. */
export interface DataPage {
  readonly rows: number;
  readonly nulls: number;
  readonly encoding: Encoding;
  /** Whether each row has a value, run-length encoded; empty in a column without nulls. */
  readonly levels: Uint8Array;
  readonly values: Uint8Array;
}

/** Writes a data page; returns its size before compression, header included. */
export function writeDataPage(
  out: ByteWriter,
  { rows, nulls, encoding, levels, values }: DataPage,
): number {
  const from = out.offset;
  const compressed = shrunk(values);
  const stored = compressed ?? values;
  writePageHeader(out, {
    type: 'DATA_PAGE_V2',
    uncompressed_page_size: levels.length + values.length,
    compressed_page_size: levels.length + stored.length,
    data_page_header_v2: {
      num_values: rows,
      num_nulls: nulls,
      num_rows: rows,
      encoding,
      definition_levels_byte_length: levels.length,
      repetition_levels_byte_length: 0,
      is_compressed: compressed !== undefined,
    },
  });
  const header = out.offset - from;
  out.appendBytes(levels);
  out.appendBytes(stored);
  return header + levels.length + values.length;
}

/** Returns the values compressed; undefined if that gains too little for the time it takes to read them again. */
function shrunk(values: Uint8Array): Uint8Array | undefined {
  if (values.length > SAMPLE_BYTES) {
    const sample = snappyCompress(values.subarray(0, SAMPLE_BYTES));
    if (sample.length > WORTH * SAMPLE_BYTES) return undefined;
  }
  const compressed = snappyCompress(values);
  return compressed.length < values.length ? compressed : undefined;
}

/** Writes a dictionary page; returns its size before compression, header included. */
export function writeDictionaryPage(out: ByteWriter, entries: number, values: Uint8Array): number {
  const from = out.offset;
  const compressed = snappyCompress(values);
  writePageHeader(out, {
    type: 'DICTIONARY_PAGE',
    uncompressed_page_size: values.length,
    compressed_page_size: compressed.length,
    dictionary_page_header: { num_values: entries, encoding: 'PLAIN' },
  });
  const header = out.offset - from;
  out.appendBytes(compressed);
  return header + values.length;
}

/** A writer at its start, over the memory of the last page that was put together. */
export function scratch(): ByteWriter {
  SCRATCH.index = 0;
  SCRATCH.offset = 0;
  return SCRATCH;
}

const SCRATCH = new ByteWriter(64 * 1024);
