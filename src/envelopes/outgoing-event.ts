/** An event on its way out: what `envelopeSink` makes, what sinks send, what a dead letter keeps. */
import type { Buffer } from 'node:buffer';

export interface OutgoingEvent {
  /** Deterministic, the same in every life of a stream: what duplicates are found by. */
  readonly eventId: string;
  /** World that the event belongs to: ids are unique within it. Empty in dead letters of an earlier version. */
  readonly worldId: string;
  /** A dead letter of an earlier version may have one that is not known any more. */
  readonly eventType: string;
  /** Events of one key stay in order. */
  readonly partitionKey: string;
  /** Simulated instant, epoch ms. */
  readonly eventMs: number;
  /** The envelope as JSON in UTF-8, on one line; may be kept, its bytes never change. */
  readonly body: Buffer;
}
