/** The queue of events for one partition, in order. */
import type { OutgoingEvent } from '../envelopes/outgoing-event.ts';

/** An event with its position in the stream. */
export interface Entry {
  readonly event: OutgoingEvent;
  readonly region: number;
  readonly sequence: number;
  /** Index of its type in the ledger. */
  readonly type: number;
  /** Bytes in a batch. */
  readonly bytes: number;
  readonly arrivedMs: number;
}

export interface BatchLimits {
  readonly maxBatchEvents: number;
  readonly maxBatchBytes: number;
}

/** Number of free entries at the front of the array from which the rest is moved. */
const COMPACT_AT = 4_096;

export class Lane {
  readonly partition: number;
  /** Whether a batch is under way. */
  isBusy = false;
  /** When it last sent a batch, epoch ms. */
  sentMs = Number.NEGATIVE_INFINITY;
  /** Ends the wait for more events, if there is one. */
  cancelWait: (() => void) | undefined;
  private entries: Entry[] = [];
  private head = 0;
  private bytes = 0;

  constructor(partition: number) {
    this.partition = partition;
  }

  /** Number of waiting events, without those under way. */
  get length(): number {
    return this.entries.length - this.head;
  }

  /** When the oldest waiting event arrived, epoch ms. */
  get oldestMs(): number | undefined {
    return this.entries[this.head]?.arrivedMs;
  }

  push(entry: Entry): void {
    this.entries.push(entry);
    this.bytes += entry.bytes;
  }

  /** Whether the waiting events fill a batch. */
  holdsBatch({ maxBatchEvents, maxBatchBytes }: BatchLimits): boolean {
    return this.length >= maxBatchEvents || this.bytes >= maxBatchBytes;
  }

  /**
   * Removes and returns the next batch. An event that is too large for any batch is included without counting its
   * bytes: it is settled in order, but not sent.
   */
  cut({ maxBatchEvents, maxBatchBytes }: BatchLimits): Entry[] {
    const { entries, head } = this;
    const most = Math.min(entries.length, head + maxBatchEvents);
    let end = head;
    let batchBytes = 0;
    for (; end < most; end++) {
      const { bytes } = entries[end];
      if (bytes <= maxBatchBytes) {
        if (batchBytes + bytes > maxBatchBytes) break;
        batchBytes += bytes;
      }
      this.bytes -= bytes;
    }
    const batch = entries.slice(head, end);
    this.head = end;
    if (end === entries.length) {
      this.entries = [];
      this.head = 0;
    } else if (end >= COMPACT_AT) {
      this.entries = entries.slice(end);
      this.head = 0;
    }
    return batch;
  }
}
