/** The first or last lines of a part, without reading the rest where that is possible. */
import { endOf, piecesOf } from './part-bytes.ts';

const FIRST_BYTES = 64 * 1024;
/** More than most lines take: an end that is too short is read again. */
const LINE_BYTES = 256;
const NEWLINE = 0x0a;

/** The last `lines` lines of a CSV file after its header, as they stand; fewer if there are not so many. */
export async function lastLines(file: string, lines: number): Promise<Buffer> {
  for (let length = Math.max(FIRST_BYTES, lines * LINE_BYTES); ; length *= 4) {
    const { bytes, isWhole } = await endOf(file, length);
    // What a file was begun with is its header; what was cut in the middle is no line.
    const start = bytes.indexOf(NEWLINE) + 1;
    if (start > 0) {
      const at = startOfLast(bytes, lines, start);
      if (at !== undefined) return bytes.subarray(at);
    }
    if (isWhole) return start > 0 ? bytes.subarray(start) : Buffer.alloc(0);
  }
}

/** The first `lines` lines of a CSV file after its header. */
export async function firstLines(file: string, lines: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  // Whole lines still to be found, the header included.
  let missing = lines + 1;
  for await (const piece of piecesOf(file)) {
    let at = 0;
    while (missing > 0) {
      const end = piece.indexOf(NEWLINE, at);
      if (end < 0) break;
      at = end + 1;
      missing--;
    }
    pieces.push(missing > 0 ? piece : piece.subarray(0, at));
    if (missing === 0) break;
  }
  const bytes = Buffer.concat(pieces);
  // What has no line end yet is no line.
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  return bytes.subarray(bytes.indexOf(NEWLINE) + 1, end);
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
