/** Events on their way to one partition, in order. */
import type { OutgoingEvent } from '../envelopes/outgoing-event.ts';

/** An event with its place in the stream. */
export interface Entry {
  readonly event: OutgoingEvent;
  readonly region: number;
  readonly sequence: number;
  /** Index of its type in the ledger. */
  readonly type: number;
  /** In a batch. */
  readonly bytes: number;
  readonly arrivedMs: number;
}

export interface BatchLimits {
  readonly maxBatchEvents: number;
  readonly maxBatchBytes: number;
}

/** Room at the front of the array that is worth the copying. */
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

  /** Events that wait; those under way are not among them. */
  get length(): number {
    return this.entries.length - this.head;
  }

  /** When the first event that waits arrived, epoch ms. */
  get oldestMs(): number | undefined {
    return this.entries[this.head]?.arrivedMs;
  }

  push(entry: Entry): void {
    this.entries.push(entry);
    this.bytes += entry.bytes;
  }

  /** Whether a batch can be filled. */
  holdsBatch({ maxBatchEvents, maxBatchBytes }: BatchLimits): boolean {
    return this.length >= maxBatchEvents || this.bytes >= maxBatchBytes;
  }

  /**
   * Takes the next batch off the front. An event that is too large for any batch comes along and
   * counts no bytes: it is settled in its turn, and sent nowhere.
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
