/** Turns facts into events, ready to be sent. */
import type { Buffer } from 'node:buffer';
import { type EventType, FACT_NAMES, type FactName, type FactSink } from '../domain/facts.ts';
import { envelopeEncoder, OPENING } from './envelope-encoder.ts';
import { EventSlab } from './event-slab.ts';
import type { AnyRecord } from './read-rule.ts';

/** One event on its way out. */
export interface OutgoingEvent {
  /** Deterministic: what duplicates are found by. */
  readonly eventId: string;
  readonly eventType: EventType;
  readonly partitionKey: string;
  /** Simulated time, epoch ms. */
  readonly eventMs: number;
  /** The envelope as JSON; may be kept, its bytes never change. */
  readonly body: Buffer;
}

/**
 * A sink of which every fact becomes one event, taken at once.
 * @param ingestMs tells the wall clock, epoch ms
 * @param types the types to make events of; all if left out
 */
export function envelopeSink(
  take: (event: OutgoingEvent) => void,
  ingestMs: () => number,
  types?: ReadonlySet<EventType>,
): FactSink {
  const slab = new EventSlab();
  const sinks = FACT_NAMES.map((table) => [table, tableSink(table, slab, take, ingestMs, types)]);
  return Object.fromEntries(sinks) as unknown as FactSink;
}

function tableSink(
  table: FactName,
  slab: EventSlab,
  take: (event: OutgoingEvent) => void,
  ingestMs: () => number,
  wanted?: ReadonlySet<EventType>,
): (record: AnyRecord) => void {
  const { types, typeOf, encode } = envelopeEncoder(table);
  const skip = types.map((type) => wanted !== undefined && !wanted.has(type));
  return (record) => {
    const type = typeOf(record);
    if (skip[type]) return;
    const start = encode(record, slab, ingestMs(), type);
    take({
      eventId: slab.text(start + OPENING.length, slab.idEnd),
      eventType: types[type],
      partitionKey: slab.text(slab.keyStart, slab.keyEnd),
      eventMs: record.eventMs as number,
      body: slab.body(start),
    });
  };
}
