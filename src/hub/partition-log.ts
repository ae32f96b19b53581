/** The events of one partition: appended in batches, dropped by age and size. */
import type { Batch } from './batch.ts';
import { MemoryShelf } from './memory-shelf.ts';
import { endSequence, type Shelf } from './shelf.ts';
import { stampBatch, type StoredBatch } from './stamp.ts';
import type { StartPosition } from './start-position.ts';

export interface Retention {
  /** The most bytes that a partition keeps; the newest batch stays whatever its size. */
  readonly bytes: number;
  /** Age at which events are dropped, ms. */
  readonly ms: number;
}

export class PartitionLog {
  readonly id: string;
  private readonly retentionMs: number;
  private readonly clock: () => number;
  private readonly shelf: Shelf;
  private readonly listeners = new Set<() => void>();
  /** Sequence number of the next event. */
  nextSequence: number;
  private nextOffset: number;
  /** Offset, in bytes sent before it, of the last event; -1 before the first. */
  lastOffset: number;
  /** Epoch ms of the last event; 0 before the first. */
  lastEnqueuedMs: number;

  /** @param shelf keeps the events; in memory by default */
  constructor(
    id: string,
    retention: Retention,
    clock: () => number,
    shelf: Shelf = new MemoryShelf(retention.bytes),
  ) {
    this.id = id;
    this.retentionMs = retention.ms;
    this.clock = clock;
    this.shelf = shelf;
    const { nextSequence, nextOffset, lastOffset, lastEnqueuedMs } = shelf.end;
    this.nextSequence = nextSequence;
    this.nextOffset = nextOffset;
    this.lastOffset = lastOffset;
    this.lastEnqueuedMs = lastEnqueuedMs;
  }

  get retainedBytes(): number {
    return this.shelf.retainedBytes;
  }

  /**
   * Stores a whole batch and notifies waiting receivers.
   * @throws what the shelf throws if it can't store the batch; the partition is then unchanged
   */
  append(batch: Batch): void {
    // A clock may step back, but enqueued times must not.
    const enqueuedMs = Math.max(this.clock(), this.lastEnqueuedMs);
    const place = { firstSequence: this.nextSequence, firstOffset: this.nextOffset, enqueuedMs };
    const stored = stampBatch(batch, place);
    this.shelf.add(stored, batch.producer);
    this.nextSequence += stored.ends.length;
    this.lastOffset = this.nextOffset + stored.offsets[stored.offsets.length - 1];
    this.nextOffset = stored.endOffset;
    this.lastEnqueuedMs = enqueuedMs;
    this.expire();
    for (const listener of this.listeners) listener();
  }

  /** Calls `listener` after every append, until the returned function is called. */
  onAppend(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Drops what is too old or too much. Reads need this too, because time passes without appends. */
  expire(): void {
    this.shelf.expire(this.clock() - this.retentionMs);
  }

  /** Sequence number of the oldest retained event; `nextSequence` if there is none. */
  get beginSequence(): number {
    return this.shelf.beginSequence ?? this.nextSequence;
  }

  /** Offset of the oldest retained event, or of the next one if there is none. */
  get beginOffset(): number {
    return this.shelf.first(() => true)?.firstOffset ?? this.nextOffset;
  }

  /** Returns the batch that holds `sequence`, or the oldest one if that event was dropped. */
  batchAt(sequence: number): StoredBatch | undefined {
    if (sequence >= this.nextSequence) return undefined;
    return this.shelf.first((place) => endSequence(place) > sequence);
  }

  /** Returns the event with a sequence number, as receivers get it; undefined if it was dropped. */
  eventAt(sequence: number): Buffer | undefined {
    const batch = this.batchAt(sequence);
    if (batch === undefined || batch.firstSequence > sequence) return undefined;
    const index = sequence - batch.firstSequence;
    return batch.bytes.subarray(index === 0 ? 0 : batch.ends[index - 1], batch.ends[index]);
  }

  /** Returns the batches from the oldest on. */
  all(): readonly StoredBatch[] {
    this.expire();
    return this.shelf.all();
  }

  /** Returns the sequence number at which a receiver begins. */
  startOf(position: StartPosition): number {
    this.expire();
    if (position.by === 'latest') return this.nextSequence;
    if (position.by === 'earliest') return this.beginSequence;
    const { by, inclusive } = position;
    // For whole numbers, "greater than" means "at least one more".
    const least = position.value + (inclusive ? 0 : 1);
    if (by === 'sequence-number') {
      return Math.min(Math.max(least, this.beginSequence), this.nextSequence);
    }
    if (by === 'enqueued-time') {
      const found = this.shelf.first(({ enqueuedMs }) => enqueuedMs >= least);
      return found?.firstSequence ?? this.nextSequence;
    }
    const batch = this.shelf.first(({ endOffset }) => endOffset > least);
    if (batch === undefined) return this.nextSequence;
    const index = batch.offsets.findIndex((offset) => batch.firstOffset + offset >= least);
    return index === -1 ? endSequence(batch) : batch.firstSequence + index;
  }

  /** Returns whether a receiver asks to begin behind the last event, at a position that no event has reached. */
  isBeyondEnd(position: StartPosition): boolean {
    if (position.by === 'offset') return position.value > this.lastOffset;
    return position.by === 'sequence-number' && position.value >= this.nextSequence;
  }
}
