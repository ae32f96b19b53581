/** The fields of an event as columns of one table: those of the envelope, then those of the payload. */
import type { Column } from '../domain/columns.ts';
import { type EventType, EVENT_TYPES } from '../domain/event-rules.ts';
import { FACTS } from '../domain/facts.ts';
import { payloadColumns, payloadKey } from '../envelopes/payload.ts';
import { ruleOf } from '../envelopes/read-rule.ts';
import { tablesOf } from '../envelopes/schemas.ts';

/** A column of a table, or a field of an event. */
export type ContractColumn = Omit<Column, 'field'>;

export interface EventColumn {
  readonly column: ContractColumn;
  /** Path of the field within the JSON of the event. */
  readonly path: readonly [string] | readonly ['payload', string];
}

/** Fields of every envelope, besides its payload. */
export const ENVELOPE_COLUMNS: readonly ContractColumn[] = [
  envelopeColumn('event_id', 'text', 'The same whenever the world is made again.'),
  {
    ...envelopeColumn('event_type', 'choice', 'Type of the event.'),
    get values() {
      return EVENT_TYPES;
    },
  },
  envelopeColumn('event_timestamp', 'instant', 'When it happened, in simulated time, UTC.'),
  envelopeColumn('ingest_timestamp', 'instant', 'When the event was made, by the wall clock, UTC.'),
  envelopeColumn('schema_version', 'text', 'Version of the envelope.'),
  envelopeColumn('source', 'text', 'The program that made the event.'),
  envelopeColumn(
    'trace_id',
    'id',
    'Root cause: the session, order, shipment or review it belongs to.',
  ),
  envelopeColumn('correlation_id', 'id', 'Groups what belongs together, across traces.'),
  { ...envelopeColumn('session_id', 'id', 'The visit it belongs to, if any.'), nullable: true },
  {
    ...envelopeColumn('parent_event_id', 'text', 'The event that brought it about, if any.'),
    nullable: true,
  },
  envelopeColumn('partition_key', 'text', 'Events with the same key stay in order.'),
  envelopeColumn('world_id', 'text', 'The world that it happened in.'),
];

/** Returns the columns of a type of event. */
export function eventColumns(type: EventType): readonly EventColumn[] {
  return [
    ...ENVELOPE_COLUMNS.map((column) => ({ column, path: [column.name] as const })),
    ...payloadFields(type),
  ];
}

/** Returns what a type of event says. */
export function eventAbout(type: EventType): string {
  return tablesOf(type)
    .map((table) => FACTS[table].about)
    .join(' ');
}

/** Where several tables make events of a type, a field that some of them lack may be null. */
function payloadFields(type: EventType): EventColumn[] {
  const tables = tablesOf(type);
  const found = new Map<string, { column: ContractColumn; tables: number }>();
  for (const table of tables) {
    for (const field of fieldsOf(table)) {
      const same = found.get(field.name);
      if (same === undefined) found.set(field.name, { column: field, tables: 1 });
      else found.set(field.name, { column: merged(same.column, field), tables: same.tables + 1 });
    }
  }
  return [...found].map(([name, { column, tables: count }]) => ({
    column: {
      ...column,
      name: columnName(name),
      nullable: column.nullable === true || count < tables.length,
    },
    path: ['payload', name] as const,
  }));
}

function fieldsOf(table: ReturnType<typeof tablesOf>[number]): ContractColumn[] {
  const kind = ruleOf(table).payloadKind;
  // Names of tables mean nothing to a reader of the stream.
  const fields = payloadColumns(table).map(({ field: _field, references: _other, ...column }) => ({
    ...column,
    name: payloadKey(table, column.name),
  }));
  if (kind === undefined) return fields;
  const { key, value, about } = kind;
  return [{ name: key, type: 'choice', values: [value], about }, ...fields];
}

function merged(one: ContractColumn, other: ContractColumn): ContractColumn {
  return {
    ...one,
    nullable: one.nullable === true || other.nullable === true,
    ...(one.values && { values: [...new Set([...one.values, ...(other.values ?? [])])] }),
    about: one.about === other.about ? one.about : `${one.about} ${other.about}`,
  };
}

/** A field of the payload with the name of one of the envelope needs another name beside it. */
function columnName(field: string): string {
  return ENVELOPE_COLUMNS.some(({ name }) => name === field) ? `payload_${field}` : field;
}

function envelopeColumn(name: string, type: ContractColumn['type'], about: string): ContractColumn {
  return { name, type, about };
}
