/** The envelope of an event as an object: the readable form of what the encoders write. */
import type { FactName, FactRecord } from '../domain/facts.ts';
import type { EventType } from '../domain/event-rules.ts';
import {
  correlationIdOf,
  eventIdOf,
  eventTypeOf,
  parentEventIdOf,
  partitionKeyOf,
  sessionIdOf,
} from './events.ts';
import { type JsonValue, payloadOf } from './payload.ts';
import { type AnyRecord, termText } from './read-rule.ts';

export const SCHEMA_VERSION = '1.0';
export const SOURCE = 'retail-datagen';

/** Keys in the order in which they are sent. */
export interface Envelope {
  readonly event_id: string;
  readonly event_type: EventType;
  /** Simulated time, ISO 8601 UTC with milliseconds. */
  readonly event_timestamp: string;
  /** Wall clock in the same form: the only field that differs when a world is generated again. */
  readonly ingest_timestamp: string;
  readonly schema_version: typeof SCHEMA_VERSION;
  readonly source: typeof SOURCE;
  readonly trace_id: string;
  readonly correlation_id: string;
  readonly session_id: string | null;
  readonly parent_event_id: string | null;
  readonly partition_key: string;
  readonly payload: Readonly<Record<string, JsonValue>>;
  /** Together with event_id it identifies an event among those of all worlds. */
  readonly world_id: string;
}

/** The envelope of a fact. @param ingestMs wall clock, epoch ms @param worldId what `worldIdOf` returns */
export function envelopeOf<Name extends FactName>(
  table: Name,
  record: Readonly<FactRecord<Name>>,
  ingestMs: number,
  worldId: string,
): Envelope {
  const values = record as AnyRecord;
  return {
    event_id: eventIdOf(table, record),
    event_type: eventTypeOf(table, record),
    event_timestamp: new Date(values.eventMs).toISOString(),
    ingest_timestamp: new Date(ingestMs).toISOString(),
    schema_version: SCHEMA_VERSION,
    source: SOURCE,
    trace_id: termText(table, 'TraceId', values),
    correlation_id: correlationIdOf(table, record),
    session_id: sessionIdOf(table, record),
    parent_event_id: parentEventIdOf(table, record),
    partition_key: partitionKeyOf(table, record),
    payload: payloadOf(table, values),
    world_id: worldId,
  };
}
