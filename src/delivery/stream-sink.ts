/** What every sink of a stream must do, and how it says that it could not. */
import type { OutgoingEvent } from '../envelopes/outgoing-event.ts';

/**
 * Takes batches of events to where they go.
 *
 * A sink MUST
 * - check in `open` that it can deliver, and say within ten seconds what is wrong if it can't;
 * - resolve `send` only when the whole batch is delivered: stored by the service, or in the file;
 * - count a batch in `delivered` after that, and never before;
 * - give a key the same partition for as long as it has as many, in this process and in the next:
 *   the journal counts by partition;
 * - reject `send` with a DeliveryFailure whose kind tells whether the batch may have been stored,
 *   and whether sending it again makes sense;
 * - keep events of one partition in the order of the calls (callers await one before the next);
 * - leave retries to the caller: one call is one attempt;
 * - release everything in `close`, within a bounded time, however often it is called.
 */
export interface StreamSink {
  /** As `--sink` names it. */
  readonly name: string;
  /** Most bytes of a batch, as `sizeOf` counts them; final once `open` has resolved. */
  readonly maxBatchBytes: number;
  /** What was delivered in this process. */
  readonly delivered: Delivered;
  /**
   * Gets ready; resolves with the number of partitions.
   * @throws InputError or OutputError that says what is wrong and how to mend it
   */
  open(): Promise<number>;
  /** The partition of a key, from 0; asked once `open` has resolved. Events of one key stay in order. */
  partitionOf(key: string): number;
  /** Bytes that an event takes in a batch, at most. */
  sizeOf(event: OutgoingEvent): number;
  /** Delivers a batch whole. @throws DeliveryFailure */
  send(partition: number, batch: readonly OutgoingEvent[]): Promise<void>;
  /** Releases everything; resolves within a bounded time, however often it is called. */
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
 * `busy`: refused for now, not stored. `unsent`: not stored, the way is blocked. `unknown`: it may
 * have been stored. `oversized`, `rejected`: this batch will never be taken. `stopped`: nothing will be
 * taken until somebody mends what the message says.
 */
export type FailureKind = 'busy' | 'unsent' | 'unknown' | 'oversized' | 'rejected' | 'stopped';

/** A batch that was not, or perhaps not, delivered. Its message holds no secret. */
export class DeliveryFailure extends Error {
  /** Tells it apart where `instanceof` can't. */
  override readonly name = 'DeliveryFailure';
  /** Whether the batch may have been stored, and whether sending it again makes sense. */
  readonly kind: FailureKind;
  /** The service's own name of the error, if it gave one. */
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

/** The failure of a sink that was not opened yet, or is closed. */
export function notOpen(name: string): DeliveryFailure {
  return new DeliveryFailure('stopped', `Cannot send to ${name}: it is not open`);
}
