/** The contract of a stream's sinks, and the failures that they report. */
import type { OutgoingEvent } from '../envelopes/outgoing-event.ts';

/**
 * Delivers batches of events to their destination.
 *
 * A sink MUST
 * - check in `open` that it can deliver, and otherwise reject within ten seconds with the reason;
 * - resolve `send` only when the whole batch is delivered: stored by the service, or in the file;
 * - count a batch in `delivered` only after that;
 * - return the same partition for a key as long as the number of partitions is the same, in every process:
 *   the journal numbers events by partition;
 * - reject `send` with a DeliveryFailure whose kind says whether the batch may have been stored,
 *   and whether to send it again;
 * - keep events of one partition in the order of the calls (callers await one before the next);
 * - make one attempt in each call; the caller retries;
 * - release all resources in `close` within a bounded time, also if it is called repeatedly.
 */
export interface StreamSink {
  /** The name in `--sink`. */
  readonly name: string;
  /** Maximum size of a batch in bytes, counted with `sizeOf`; final when `open` has resolved. */
  readonly maxBatchBytes: number;
  /** Events and bytes delivered by this process. */
  readonly delivered: Delivered;
  /**
   * Prepares the sink; resolves with the number of partitions.
   * @throws InputError or OutputError that says what is wrong and how to correct it
   */
  open(): Promise<number>;
  /** Returns the partition of a key, from 0. Called after `open` has resolved. Events of one key stay in order. */
  partitionOf(key: string): number;
  /** Returns the maximum number of bytes that an event takes in a batch. */
  sizeOf(event: OutgoingEvent): number;
  /** Delivers a batch as a whole. @throws DeliveryFailure */
  send(partition: number, batch: readonly OutgoingEvent[]): Promise<void>;
  /** Releases all resources; resolves within a bounded time, also if it is called repeatedly. */
  close(): Promise<void>;
}

/** What a sink has delivered. */
export interface Delivered {
  /** Number of events. */
  events: number;
  /** Bytes of their bodies. */
  bytes: number;
}

/**
 * `busy`: throttled, not stored. `unsent`: not stored, the service can't be reached. `unknown`: the batch may
 * have been stored. `oversized`, `rejected`: this batch will never be accepted. `stopped`: no batch will be
 * accepted until a user corrects the cause in the message.
 */
export type FailureKind = 'busy' | 'unsent' | 'unknown' | 'oversized' | 'rejected' | 'stopped';

/** Thrown for a batch that was not, or possibly not, delivered. Its message contains no secret. */
export class DeliveryFailure extends Error {
  /** Name of the error, for programs that can't use `instanceof`. */
  override readonly name = 'DeliveryFailure';
  /** Whether the batch may have been stored, and whether to send it again. */
  readonly kind: FailureKind;
  /** The service's error code, if any. */
  readonly code: string | undefined;

  constructor(kind: FailureKind, message: string, code?: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.code = code;
  }
}

/** Counts a delivered batch. */
export function countDelivered(delivered: Delivered, batch: readonly OutgoingEvent[]): void {
  for (const { body } of batch) delivered.bytes += body.length;
  delivered.events += batch.length;
}

/** Returns the failure of a sink that was not opened yet, or is closed. */
export function notOpen(name: string): DeliveryFailure {
  return new DeliveryFailure('stopped', `Cannot send to ${name}: it is not open`);
}
