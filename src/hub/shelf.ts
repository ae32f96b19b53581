/** Storage for the batches of a partition: in memory or on disk. */
import type { ProducerMark } from './batch.ts';
import type { StoredBatch } from './stamp.ts';

/** The position of a batch in its partition. */
export interface BatchPlace {
  readonly firstSequence: number;
  /** One entry for each event. */
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
  /** Bytes of the retained events. */
  readonly retainedBytes: number;
  /** Sequence number of the oldest retained event. */
  readonly beginSequence: number | undefined;
  /** Stores a batch. If it throws, nothing of the batch is stored. */
  add(batch: StoredBatch, producer: ProducerMark | undefined): void;
  /** Drops what exceeds the size limit and what is older than `oldestMs`. */
  expire(oldestMs: number): void;
  /** Returns the first batch with a property that all later batches share. */
  first(has: (place: BatchPlace) => boolean): StoredBatch | undefined;
  /** Returns the batches from the oldest on. */
  all(): readonly StoredBatch[];
}

/** Returns the sequence number after the last event of a batch. */
export function endSequence({ firstSequence, ends }: BatchPlace): number {
  return firstSequence + ends.length;
}

/** Returns the index, at least `from`, of the first batch with a property that all later batches share. */
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
