/** A sink that does what a script says, and keeps what was stored. */
import type { OutgoingEvent } from '../../src/envelopes/outgoing-event.ts';
import {
  countDelivered,
  DeliveryFailure,
  type FailureKind,
  type StreamSink,
} from '../../src/delivery/stream-sink.ts';

/** What happens to a send: stored or not, and what the caller hears. */
export type Step = 'ok' | FailureKind | 'stored-unknown';

export class ScriptedSink implements StreamSink {
  readonly name = 'scripted';
  maxBatchBytes = 10_000;
  readonly delivered = { events: 0, bytes: 0 };
  /** What arrived, by partition. */
  readonly stored: OutgoingEvent[][];
  readonly sends: { readonly partition: number; readonly ids: readonly string[] }[] = [];
  /** Sends under way, by partition, and the most there ever were in one. */
  mostUnderWay = 0;
  closed = 0;
  private readonly step: (partition: number, batch: readonly OutgoingEvent[]) => Step;
  private readonly underWay: number[];
  /** Holds answers back until it is called, if set. */
  gate: (() => Promise<void>) | undefined;

  constructor(
    partitions: number,
    step: (partition: number, batch: readonly OutgoingEvent[]) => Step = () => 'ok',
  ) {
    this.stored = Array.from({ length: partitions }, () => []);
    this.underWay = new Array(partitions).fill(0);
    this.step = step;
  }

  async open(): Promise<number> {
    return this.stored.length;
  }

  /** By a rule of its own: nobody else would come to the same. */
  partitionOf(key: string): number {
    return [...key].reduce((sum, letter) => sum + letter.charCodeAt(0), 1) % this.stored.length;
  }

  sizeOf({ body }: OutgoingEvent): number {
    return body.length;
  }

  async send(partition: number, batch: readonly OutgoingEvent[]): Promise<void> {
    this.sends.push({ partition, ids: batch.map(({ eventId }) => eventId) });
    this.underWay[partition]++;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay[partition]);
    const step = this.step(partition, batch);
    if (step === 'ok' || step === 'stored-unknown') this.stored[partition].push(...batch);
    try {
      await (this.gate?.() ?? new Promise((resolve) => setImmediate(resolve)));
    } finally {
      this.underWay[partition]--;
    }
    if (step === 'ok') countDelivered(this.delivered, batch);
    else {
      throw new DeliveryFailure(step === 'stored-unknown' ? 'unknown' : step, `scripted: ${step}`);
    }
  }

  async close(): Promise<void> {
    this.closed++;
  }
}

/** Ids in the order in which they first came, and how many came again. */
export function firstOccurrences(ids: readonly string[]): { first: string[]; repeats: number } {
  const first = [...new Set(ids)];
  return { first, repeats: ids.length - first.length };
}
