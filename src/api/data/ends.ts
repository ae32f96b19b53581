/** The first or last lines of a part, without reading the rest if possible. */
import { endOf, piecesOf } from './part-bytes.ts';

const FIRST_BYTES = 64 * 1024;
/** Assumed bytes of a line, more than most lines have; an end that is too short is read again. */
const LINE_BYTES = 256;
const NEWLINE = 0x0a;

/** Returns the last `lines` lines of a CSV file after its header, unchanged; fewer if the file has fewer. */
export async function lastLines(file: string, lines: number): Promise<Buffer> {
  for (let length = Math.max(FIRST_BYTES, lines * LINE_BYTES); ; length *= 4) {
    const { bytes, isWhole } = await endOf(file, length);
    // The first line is the header, or was cut in the middle.
    const start = bytes.indexOf(NEWLINE) + 1;
    if (start > 0) {
      const at = startOfLast(bytes, lines, start);
      if (at !== undefined) return bytes.subarray(at);
    }
    if (isWhole) return start > 0 ? bytes.subarray(start) : Buffer.alloc(0);
  }
}

/** Returns the first `lines` lines of a CSV file after its header. */
export async function firstLines(file: string, lines: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  // Whole lines that are still missing, including the header.
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
  // Text without a line end is not a complete line.
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  return bytes.subarray(bytes.indexOf(NEWLINE) + 1, end);
}

/** Returns the position of the last `lines` whole lines; undefined if there are fewer after `start`. */
function startOfLast(bytes: Buffer, lines: number, start: number): number | undefined {
  let at = bytes.length;
  for (let found = 0; found < lines; found++) {
    if (at <= start) return undefined;
    // Before the end of this line.
    at = bytes.lastIndexOf(NEWLINE, at - 2) + 1;
    if (at < start) return undefined;
  }
  return at;
}
