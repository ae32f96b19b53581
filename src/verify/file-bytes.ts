/** Reads a file piece by piece, for what can be said of its bytes alone. */
import { closeSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';

const PIECE_BYTES = 1024 * 1024;
const LF = 10;
const CR = 13;

/** Returns the CRC-32 of a file. */
export function crc32Of(file: string): number {
  let crc = 0;
  eachPiece(file, (piece) => {
    crc = crc32(piece, crc);
    return true;
  });
  return crc;
}

/** Returns the number of the first line that ends with CR LF, from 1; undefined if there is none. */
export function lineWithReturn(file: string): number | undefined {
  let line = 1;
  let found: number | undefined;
  let returned = false;
  eachPiece(file, (piece) => {
    if ((returned && piece[0] === LF) || piece.includes('\r\n')) {
      const at = returned ? 0 : piece.indexOf('\r\n');
      found = line + linesIn(piece.subarray(0, at));
      return false;
    }
    line += linesIn(piece);
    returned = piece[piece.length - 1] === CR;
    return true;
  });
  return found;
}

function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) lines++;
  return lines;
}

/** Calls back with each piece of a file until one is enough; a piece is valid during the call. */
function eachPiece(file: string, take: (piece: Buffer) => boolean): void {
  const descriptor = openSync(file, 'r');
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  try {
    for (;;) {
      const read = readSync(descriptor, piece, 0, piece.length, null);
      if (read === 0 || !take(piece.subarray(0, read))) return;
    }
  } finally {
    closeSync(descriptor);
  }
}
