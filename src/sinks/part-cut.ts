/** Where, in a part, the rows of an instant begin. */
import type { FilePort } from './file-port.ts';

const NEWLINE = 10;
const QUOTE = 34;
const COMMA = 44;
const INSTANT_LENGTH = 24;
const FIRST_CHUNK_BYTES = 1 << 20;

/**
 * Bytes of a part up to its first row with EventTS >= `atMs`, header included; up to its end, or
 * its first torn row, if there is none. Relies on what all parts share: EventTS is the second column,
 * the first needs no quotes, rows are in time order.
 */
export function lengthBefore(fs: FilePort, file: string, atMs: number): number {
  const limit = new Date(atMs).toISOString();
  const descriptor = fs.openSync(file, 'r');
  try {
    let chunk = Buffer.alloc(FIRST_CHUNK_BYTES);
    let rowStart = 0;
    for (;;) {
      const size = fs.readSync(descriptor, chunk, 0, chunk.length, rowStart);
      let at = 0;
      for (;;) {
        const end = rowEnd(chunk, at, size);
        if (end === undefined) break;
        if (rowStart + at > 0 && eventText(chunk, at) >= limit) return rowStart + at;
        at = end;
      }
      rowStart += at;
      if (size < chunk.length) return rowStart;
      // A row that is longer than the chunk.
      if (at === 0) chunk = Buffer.alloc(chunk.length * 2);
    }
  } finally {
    fs.closeSync(descriptor);
  }
}

/** The place after the line end of the row that starts at `from`; undefined if it is not all there. */
function rowEnd(bytes: Buffer, from: number, size: number): number | undefined {
  let quotes = 0;
  for (let i = from; i < size; i++) {
    if (bytes[i] === QUOTE) quotes ^= 1;
    else if (bytes[i] === NEWLINE && quotes === 0) return i + 1;
  }
  return undefined;
}

function eventText(bytes: Buffer, rowStart: number): string {
  const start = bytes.indexOf(COMMA, rowStart) + 1;
  return bytes.toString('latin1', start, start + INSTANT_LENGTH);
}
