/**
 * The digest of a file: detects a file that was cut or damaged, or belongs to another world.
 *
 * CRC-32, which zlib computes at some gigabytes a second: it protects against accidents, not
 * against manipulation.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { FileDigest } from './part-files.ts';

const PIECE_BYTES = 1024 * 1024;

/** Returns the CRC-32 of a file's first `bytes` bytes, or of the whole file if it is shorter. Throws system errors. */
export function crc32Of(file: string, bytes = Infinity): number {
  const descriptor = openSync(file, 'r');
  const piece = Buffer.allocUnsafe(Math.max(1, Math.min(PIECE_BYTES, bytes)));
  try {
    let crc = 0;
    for (let left = bytes; left > 0; ) {
      const read = readSync(descriptor, piece, 0, Math.min(piece.length, left), null);
      if (read === 0) break;
      crc = crc32(piece.subarray(0, read), crc);
      left -= read;
    }
    return crc;
  } finally {
    closeSync(descriptor);
  }
}

/** Returns the digest of a file with this content. */
export function digestOf(content: string | Uint8Array): FileDigest {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { bytes: bytes.length, crc32: crc32(bytes) };
}
