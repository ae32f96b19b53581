/**
 * The first rows of any order out of whole parts. Every row is looked at, none is kept that is not wanted;
 * pieces of several parts come in turn, so that what decompresses them is never waited for by all.
 */
import { Least, type LeastOptions } from './least.ts';
import { piecesOf } from './part-bytes.ts';
import {
  endOfRecord,
  NEWLINE,
  type Place,
  QUOTE,
  type RecordVisitor,
  visitRecords,
} from './records.ts';

export interface ScanOptions extends LeastOptions {
  /** The column that they are ordered by. */
  readonly place: Place;
  /** Whether rows of equal fields stand against the order of the files. */
  readonly lastOfEqualsFirst?: boolean;
}

/** Parts that are read at a time. */
const READERS = 4;
/** More rows than a part may have. */
const RANKS_PER_PART = 2 ** 32;
/** A file with a longer record is damaged: a quote that nothing closes. */
const LONGEST_RECORD_BYTES = 16 * 1024 * 1024;

/** Rows of CSV files as they stand. */
export async function scan(files: readonly string[], options: ScanOptions): Promise<string[]> {
  const least = new Least(options);
  const sign = options.lastOfEqualsFirst === true ? -1 : 1;
  const parts = files.entries();
  const reader = async () => {
    for (const [part, file] of parts) {
      await visitPieces(
        piecesOf(file),
        options.place,
        new Ranked(least, part * RANKS_PER_PART, sign),
      );
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  return least.records();
}

/** Offers the records of a part, each with its place among all. */
class Ranked implements RecordVisitor {
  private readonly least: Least;
  private readonly sign: number;
  private place: number;

  constructor(least: Least, place: number, sign: number) {
    this.least = least;
    this.place = place;
    this.sign = sign;
  }

  record(bytes: Buffer, from: number, to: number, fieldFrom: number, fieldTo: number): void {
    this.least.offer(bytes, from, to, fieldFrom, fieldTo, this.sign * this.place++);
  }
}

/** Shows the records of a CSV file after its header, however its content is cut into pieces. */
export async function visitPieces(
  pieces: AsyncIterable<Buffer>,
  place: Place,
  visitor: RecordVisitor,
): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  let isInHeader = true;
  const visit = (bytes: Buffer) => bytes.subarray(visitRecords(bytes, place, visitor));
  for await (let piece of pieces) {
    if (rest.length > 0) {
      // What was cut is put together; all of the piece only where quotes may hide where the record ends.
      const isSimple = !isInHeader && !rest.includes(QUOTE) && !piece.includes(QUOTE);
      const end = isSimple ? piece.indexOf(NEWLINE) : -1;
      if (end < 0) piece = Buffer.concat([rest, piece]);
      else {
        visit(Buffer.concat([rest, piece.subarray(0, end + 1)]));
        piece = piece.subarray(end + 1);
      }
    }
    if (isInHeader) {
      const end = endOfRecord(piece, 0);
      if (end >= 0) {
        isInHeader = false;
        piece = piece.subarray(end + 1);
      }
    }
    // A copy: the piece is only ours until the next.
    rest = Buffer.from(isInHeader ? piece : visit(piece));
    if (rest.length > LONGEST_RECORD_BYTES) throw new Error('A quote in a CSV file has no end.');
  }
}
