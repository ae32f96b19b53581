/** Batches in memory. They are gone when the hub ends. */
import { type BatchPlace, EMPTY_LOG, firstIndex, type Shelf } from './shelf.ts';
import type { StoredBatch } from './stamp.ts';

/** Removing the front of an array costs its length, so it waits until this many entries are unused. */
const COMPACT_AT = 1024;

export class MemoryShelf implements Shelf {
  readonly end = EMPTY_LOG;
  retainedBytes = 0;
  private readonly mostBytes: number;
  private batches: StoredBatch[] = [];
  /** Index of the oldest retained batch. */
  private head = 0;

  /** @param mostBytes the most bytes to keep; the newest batch stays whatever its size */
  constructor(mostBytes: number) {
    this.mostBytes = mostBytes;
  }

  get beginSequence(): number | undefined {
    return this.batches[this.head]?.firstSequence;
  }

  add(batch: StoredBatch): void {
    this.batches.push(batch);
    this.retainedBytes += batch.bytes.length;
  }

  expire(oldestMs: number): void {
    while (this.head < this.batches.length) {
      const { enqueuedMs, bytes } = this.batches[this.head];
      const tooMuch = this.retainedBytes > this.mostBytes && this.head < this.batches.length - 1;
      if (!tooMuch && enqueuedMs >= oldestMs) break;
      this.retainedBytes -= bytes.length;
      // Release the bytes at once and the place in the array later.
      this.batches[this.head++] = EMPTY;
    }
    if (this.head >= COMPACT_AT && this.head * 2 >= this.batches.length) {
      this.batches = this.batches.slice(this.head);
      this.head = 0;
    }
  }

  first(has: (place: BatchPlace) => boolean): StoredBatch | undefined {
    return this.batches[firstIndex(this.batches, has, this.head)];
  }

  all(): readonly StoredBatch[] {
    return this.batches.slice(this.head);
  }
}

const EMPTY: StoredBatch = {
  firstSequence: 0,
  firstOffset: 0,
  endOffset: 0,
  enqueuedMs: 0,
  bytes: Buffer.alloc(0),
  ends: new Uint32Array(0),
  offsets: new Uint32Array(0),
};
