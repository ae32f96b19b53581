/** Turns facts into events, ready to be sent. */
import { FACT_NAMES, type FactName, type FactSink } from '../domain/facts.ts';
import type { EventType } from '../domain/event-rules.ts';
import { envelopeEncoder, OPENING } from './envelope-encoder.ts';
import { EventSlab } from './event-slab.ts';
import type { OutgoingEvent } from './outgoing-event.ts';
import type { AnyRecord } from './read-rule.ts';

/** The event of a fact, with its type. */
export interface FactEvent extends OutgoingEvent {
  readonly eventType: EventType;
}

export interface EnvelopeOptions {
  /** The `world_id` of the world's events: ASCII without quotes. */
  readonly worldId: string;
  /** Returns the wall clock, epoch ms. */
  readonly ingestMs: () => number;
  /** The event types to produce; all by default. */
  readonly types?: ReadonlySet<EventType>;
}

/** Returns a sink that turns every fact into one event and passes it on at once. */
export function envelopeSink(take: (event: FactEvent) => void, options: EnvelopeOptions): FactSink {
  const slab = new EventSlab(options.worldId);
  const sinks = FACT_NAMES.map((table) => [table, tableSink(table, slab, take, options)]);
  return Object.fromEntries(sinks) as unknown as FactSink;
}

function tableSink(
  table: FactName,
  slab: EventSlab,
  take: (event: FactEvent) => void,
  { worldId, ingestMs, types: wanted }: EnvelopeOptions,
): (record: AnyRecord) => void {
  const { types, typeOf, encode } = envelopeEncoder(table);
  const skip = types.map((type) => wanted !== undefined && !wanted.has(type));
  return (record) => {
    const type = typeOf(record);
    if (skip[type]) return;
    const start = encode(record, slab, ingestMs(), type);
    take({
      eventId: slab.text(start + OPENING.length, slab.idEnd),
      worldId,
      eventType: types[type],
      partitionKey: slab.text(slab.keyStart, slab.keyEnd),
      eventMs: record.eventMs as number,
      body: slab.body(start),
    });
  };
}
