/** An event on its way out, as the transport sees it. */

/** What `envelopeSink` makes is one of these; so is a dead letter of an earlier version. */
export interface OutgoingEvent {
  /** Deterministic: the same event has the same id in every life of a stream. */
  readonly eventId: string;
  readonly eventType: string;
  /** Events of one key stay in order. */
  readonly partitionKey: string;
  /** Simulated instant, epoch ms. */
  readonly eventMs: number;
  /** The envelope as JSON in UTF-8, on one line. */
  readonly body: Buffer;
}
