/** An event to be sent: `envelopeSink` creates it, sinks send it, a dead letter stores it. */
import type { Buffer } from 'node:buffer';

/** An event to be sent. */
export interface OutgoingEvent {
  /** Deterministic, the same in every run of a stream; duplicates are found by it. */
  readonly eventId: string;
  /** World of the event; ids are unique within it. Empty in dead letters of an earlier version. */
  readonly worldId: string;
  /** A dead letter of an earlier version may have a type that no longer exists. */
  readonly eventType: string;
  /** Events with the same key stay in order. */
  readonly partitionKey: string;
  /** Simulated instant, epoch ms. */
  readonly eventMs: number;
  /** The envelope as JSON in UTF-8, on one line. Callers may keep it: its bytes never change. */
  readonly body: Buffer;
}
