/** A file that is read in parts, because the system reads at most 2 GiB at once. */
import { createHash, type Hash } from 'node:crypto';
import fs from 'node:fs';

/** Maximum number of bytes read or hashed at a time. */
const MOST_BYTES = 2 ** 30;
/** Size of the buffer for hashing the file. */
const HASH_BYTES = 2 ** 20;

export class FileSource {
  /** Bytes in the file. */
  readonly size: number;
  private readonly descriptor: number;

  /** Throws errors of `node:fs` for a file that can't be opened. */
  constructor(file: string) {
    this.descriptor = fs.openSync(file, 'r');
    this.size = fs.fstatSync(this.descriptor).size;
  }

  /** Returns `length` bytes from `position` in a new buffer; zeros after the end of the file. */
  bytes(position: number, length: number): Buffer<ArrayBuffer> {
    const bytes = Buffer.from(new ArrayBuffer(length));
    this.fill(bytes, position);
    return bytes;
  }

  /** Returns the SHA-256 of the first `length` bytes. */
  sha256(length: number): Buffer {
    const hash = createHash('sha256');
    const buffer = Buffer.alloc(Math.min(length, HASH_BYTES));
    for (let at = 0; at < length; at += buffer.length) {
      const part = buffer.subarray(0, Math.min(buffer.length, length - at));
      this.fill(part, at);
      hash.update(part);
    }
    return hash.digest();
  }

  close(): void {
    fs.closeSync(this.descriptor);
  }

  private fill(bytes: Uint8Array, position: number): void {
    let filled = 0;
    while (filled < bytes.length) {
      const size = Math.min(bytes.length - filled, MOST_BYTES);
      const read = fs.readSync(this.descriptor, bytes, filled, size, position + filled);
      if (read === 0) return;
      filled += read;
    }
  }
}

/** Adds bytes to a hash in pieces, since it refuses 2 GiB and more at a time. */
export function updateHash(hash: Hash, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += MOST_BYTES) {
    hash.update(bytes.subarray(at, at + MOST_BYTES));
  }
}
