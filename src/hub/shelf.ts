/** Where the batches of a partition are kept: in memory, or on disk. */
import type { ProducerMark } from './batch.ts';
import type { StoredBatch } from './stamp.ts';

/** Where a batch stands in its partition. */
export interface BatchPlace {
  readonly firstSequence: number;
  /** One entry an event. */
  readonly ends: { readonly length: number };
  readonly endOffset: number;
  readonly enqueuedMs: number;
}

/** How far a partition reaches. */
export interface LogEnd {
  /** Sequence number and offset of the next event. */
  readonly nextSequence: number;
  readonly nextOffset: number;
  /** Offset of the last event; -1 before the first. */
  readonly lastOffset: number;
  /** Epoch ms of the last event; 0 before the first. */
  readonly lastEnqueuedMs: number;
}

export const EMPTY_LOG: LogEnd = {
  nextSequence: 0,
  nextOffset: 0,
  lastOffset: -1,
  lastEnqueuedMs: 0,
};

export interface Shelf {
  /** How far the partition reached when the shelf was opened. */
  readonly end: LogEnd;
  /** Bytes of the events that are still there. */
  readonly retainedBytes: number;
  /** Sequence number of the oldest event that is still there. */
  readonly beginSequence: number | undefined;
  /** Keeps a batch. Throws if it can't: then nothing of it is kept. */
  add(batch: StoredBatch, producer: ProducerMark | undefined): void;
  /** Drops what is too much, and what is older than `oldestMs`. */
  expire(oldestMs: number): void;
  /** The first batch with a property that no later batch lacks. */
  first(has: (place: BatchPlace) => boolean): StoredBatch | undefined;
  /** Batches from the oldest on. */
  all(): readonly StoredBatch[];
}

/** Sequence number behind the last event of a batch. */
export function endSequence({ firstSequence, ends }: BatchPlace): number {
  return firstSequence + ends.length;
}

/** Index from `from` on of the first batch with a property that no later batch lacks. */
export function firstIndex(
  batches: readonly StoredBatch[],
  has: (place: BatchPlace) => boolean,
  from = 0,
): number {
  let low = from;
  let high = batches.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (has(batches[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}
