/** The first or last records of a file, without reading the rest. */
import { endOf, piecesOf } from './part-bytes.ts';
import { endOfRecord, NEWLINE } from './records.ts';

const FIRST_BYTES = 64 * 1024;
/** More than most records take: an end that is too short is read again. */
const RECORD_BYTES = 256;

/** The last `lines` lines of a CSV file after its header, as they stand; fewer if there are not so many. */
export async function lastLines(file: string, lines: number): Promise<Buffer> {
  for (let length = Math.max(FIRST_BYTES, lines * RECORD_BYTES); ; length *= 4) {
    const { bytes, isWhole } = await endOf(file, length);
    // What a file was begun with is its header; what was cut in the middle is no line.
    const start = bytes.indexOf(NEWLINE) + 1;
    if (start === 0) {
      if (isWhole) return Buffer.alloc(0);
      continue;
    }
    const at = startOfLast(bytes, lines, start);
    if (at !== undefined) return bytes.subarray(at);
    if (isWhole) return bytes.subarray(start);
  }
}

/** The first `records` records of a CSV file after its header. */
export async function firstRecords(file: string, records: number): Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  let at = 0;
  /** Ends of the header and of records that were found. */
  const ends: number[] = [];
  for await (const piece of piecesOf(file)) {
    bytes = Buffer.concat([bytes, piece]);
    while (ends.length <= records) {
      const end = endOfRecord(bytes, at);
      if (end < 0) break;
      at = end + 1;
      ends.push(at);
    }
    if (ends.length > records) break;
  }
  return ends.length === 0 ? Buffer.alloc(0) : bytes.subarray(ends[0], at);
}

/** Where the last `lines` whole lines begin; undefined if fewer lie after `start`. */
function startOfLast(bytes: Buffer, lines: number, start: number): number | undefined {
  let at = bytes.length;
  for (let found = 0; found < lines; found++) {
    if (at <= start) return undefined;
    // Before the line's own end.
    at = bytes.lastIndexOf(NEWLINE, at - 2) + 1;
    if (at < start) return undefined;
  }
  return at;
}
