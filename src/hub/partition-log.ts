/** The events of one partition: appended in batches, dropped by age and size. */
import type { Batch } from './batch.ts';
import { stampBatch, type StoredBatch } from './stamp.ts';
import type { StartPosition } from './start-position.ts';

export interface Retention {
  /** Bytes a partition keeps at most; the newest batch stays whatever its size. */
  readonly bytes: number;
  /** Age at which events go, ms. */
  readonly ms: number;
}

/** Clearing the front of an array costs its length; it is put off until that much is dead. */
const COMPACT_AT = 1024;

export class PartitionLog {
  readonly id: string;
  private readonly retention: Retention;
  private readonly clock: () => number;
  private batches: StoredBatch[] = [];
  /** Index of the oldest batch that is still there. */
  private head = 0;
  private readonly listeners = new Set<() => void>();
  /** Sequence number of the next event. */
  nextSequence = 0;
  private nextOffset = 0;
  retainedBytes = 0;
  /** Offset, in bytes sent before it, of the last event; -1 before the first. */
  lastOffset = -1;
  /** Epoch ms of the last event; 0 before the first. */
  lastEnqueuedMs = 0;

  constructor(id: string, retention: Retention, clock: () => number) {
    this.id = id;
    this.retention = retention;
    this.clock = clock;
  }

  /** Stores a batch whole, and tells the receivers that wait for it. */
  append(batch: Batch): void {
    // A clock may step back; the order of enqueued times may not.
    const enqueuedMs = Math.max(this.clock(), this.lastEnqueuedMs);
    const place = { firstSequence: this.nextSequence, firstOffset: this.nextOffset, enqueuedMs };
    const stored = stampBatch(batch, place);
    this.batches.push(stored);
    this.nextSequence += stored.ends.length;
    this.lastOffset = this.nextOffset + stored.offsets[stored.offsets.length - 1];
    this.nextOffset = stored.endOffset;
    this.lastEnqueuedMs = enqueuedMs;
    this.retainedBytes += stored.bytes.length;
    this.expire();
    for (const listener of this.listeners) listener();
  }

  /** Calls `listener` after every append, until the returned function is called. */
  onAppend(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Drops what is too old or too much. Needed before reads too: time goes on without appends. */
  expire(): void {
    const oldestMs = this.clock() - this.retention.ms;
    while (this.head < this.batches.length) {
      const { enqueuedMs, bytes } = this.batches[this.head];
      const tooMuch =
        this.retainedBytes > this.retention.bytes && this.head < this.batches.length - 1;
      if (!tooMuch && enqueuedMs >= oldestMs) break;
      this.retainedBytes -= bytes.length;
      // Let go of the bytes at once, the place in the array later.
      this.batches[this.head++] = EMPTY;
    }
    if (this.head >= COMPACT_AT && this.head * 2 >= this.batches.length) {
      this.batches = this.batches.slice(this.head);
      this.head = 0;
    }
  }

  /** Sequence number of the oldest event that is still there; `nextSequence` if there is none. */
  get beginSequence(): number {
    return this.batches[this.head]?.firstSequence ?? this.nextSequence;
  }

  /** The batch that holds `sequence`, or the oldest one if that event is gone already. */
  batchAt(sequence: number): StoredBatch | undefined {
    if (sequence >= this.nextSequence) return undefined;
    return this.batches[this.firstBatch((batch) => endSequence(batch) > sequence)];
  }

  /** The event with a sequence number, as receivers get it; undefined if it is gone. */
  eventAt(sequence: number): Buffer | undefined {
    const batch = this.batchAt(sequence);
    if (batch === undefined || batch.firstSequence > sequence) return undefined;
    const index = sequence - batch.firstSequence;
    return batch.bytes.subarray(index === 0 ? 0 : batch.ends[index - 1], batch.ends[index]);
  }

  /** Batches from the oldest on. */
  all(): readonly StoredBatch[] {
    this.expire();
    return this.batches.slice(this.head);
  }

  /** Sequence number at which a receiver begins. */
  startOf(position: StartPosition): number {
    this.expire();
    if (position.by === 'latest') return this.nextSequence;
    if (position.by === 'earliest') return this.beginSequence;
    const { by, inclusive } = position;
    // Whole numbers: "greater than" is "at least one more".
    const least = position.value + (inclusive ? 0 : 1);
    if (by === 'sequence-number') {
      return Math.min(Math.max(least, this.beginSequence), this.nextSequence);
    }
    if (by === 'enqueued-time') {
      const found = this.batches[this.firstBatch(({ enqueuedMs }) => enqueuedMs >= least)];
      return found?.firstSequence ?? this.nextSequence;
    }
    const batch = this.batches[this.firstBatch(({ endOffset }) => endOffset > least)];
    if (batch === undefined) return this.nextSequence;
    const index = batch.offsets.findIndex((offset) => batch.firstOffset + offset >= least);
    return index === -1 ? endSequence(batch) : batch.firstSequence + index;
  }

  /** Whether a receiver asks to begin behind the last event, at a place that no event has reached. */
  isBeyondEnd(position: StartPosition): boolean {
    if (position.by === 'offset') return position.value > this.lastOffset;
    return position.by === 'sequence-number' && position.value >= this.nextSequence;
  }

  /** Index of the first batch with a property that no later batch lacks. */
  private firstBatch(has: (batch: StoredBatch) => boolean): number {
    let low = this.head;
    let high = this.batches.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (has(this.batches[middle])) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function endSequence({ firstSequence, ends }: StoredBatch): number {
  return firstSequence + ends.length;
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
