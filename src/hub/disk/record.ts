/**
 * Records of a segment file. Each has a checksum over kind, length and content, which tells complete
 * records from those that a crash left incomplete.
 */
import { crc32 } from 'node:zlib';

export const RECORD = {
  /** The first record of a segment: how far the partition reached, and its producers, as JSON. */
  state: 1,
  /** A batch of events. */
  batch: 2,
  /** A new producer, as JSON. */
  producer: 3,
} as const;

export type RecordKind = (typeof RECORD)[keyof typeof RECORD];

/** Mark, kind, length of the content and checksum; four bytes each. */
const HEAD_BYTES = 16;
const MARK = 0x45_56_52_31;
const MARK_BYTES = Buffer.from([0x45, 0x56, 0x52, 0x31]);

export interface FoundRecord {
  readonly kind: number;
  readonly content: Buffer;
  /** Position of the next record. */
  readonly next: number;
}

/** Returns the head of a record whose content is `pieces`, joined. */
export function recordHead(kind: RecordKind, pieces: readonly Buffer[]): Buffer {
  const head = Buffer.allocUnsafe(HEAD_BYTES);
  let length = 0;
  for (const piece of pieces) length += piece.length;
  head.writeUInt32BE(MARK, 0);
  head.writeUInt32BE(kind, 4);
  head.writeUInt32BE(length, 8);
  let sum = crc32(head.subarray(4, 12));
  for (const piece of pieces) sum = crc32(piece, sum);
  head.writeUInt32BE(sum, 12);
  return head;
}

/** Returns the record that begins at `at`; undefined if there is none, or an incomplete one. */
export function recordAt(bytes: Buffer, at: number): FoundRecord | undefined {
  if (at + HEAD_BYTES > bytes.length || bytes.readUInt32BE(at) !== MARK) return undefined;
  const next = at + HEAD_BYTES + bytes.readUInt32BE(at + 8);
  if (next > bytes.length) return undefined;
  const content = bytes.subarray(at + HEAD_BYTES, next);
  const sum = crc32(content, crc32(bytes.subarray(at + 4, at + 12)));
  if (sum !== bytes.readUInt32BE(at + 12)) return undefined;
  return { kind: bytes.readUInt32BE(at + 4), content, next };
}

/** Returns whether a complete record begins at `from` or anywhere after it. */
export function hasRecordAfter(bytes: Buffer, from: number): boolean {
  for (
    let at = bytes.indexOf(MARK_BYTES, from);
    at !== -1;
    at = bytes.indexOf(MARK_BYTES, at + 1)
  ) {
    if (recordAt(bytes, at) !== undefined) return true;
  }
  return false;
}
