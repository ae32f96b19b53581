/** Schemas of the events, one per type, derived from the catalogue: zod for checking, JSON Schema for publishing. */
import { z } from 'zod';
import type { Column } from '../domain/columns.ts';
import { FACT_NAMES, FACTS, type FactName } from '../domain/facts.ts';
import { type EventType, eventTypesOf, EVENT_TYPES } from '../domain/event-rules.ts';
import { AD_PREFIX, BLE_PREFIX, ID_LETTERS } from '../domain/ids.ts';
import { SCHEMA_VERSION, SOURCE } from './envelope.ts';
import { payloadColumns, payloadKey } from './payload.ts';
import { ruleOf } from './read-rule.ts';

const ID = new RegExp(`^[${ID_LETTERS.join('')}]\\d+-\\d+$`);
const EVENT_ID = /^[a-z_]+(:[A-Za-z0-9_-]+)+$/;
const WORLD_ID = /^[0-9a-f]{16}$/;
const MILLISECONDS_UTC = '\\.\\d{3}Z$';
/** Longest id of an event. */
const EVENT_ID_LENGTH = 64;

const id = z.string().regex(ID);
const eventId = z.string().max(EVENT_ID_LENGTH).regex(EVENT_ID);
const instant = z.iso.datetime({ precision: 3 });

/** Tables whose facts become events of a type. */
export function tablesOf(type: EventType): readonly FactName[] {
  return FACT_NAMES.filter((name) => eventTypesOf(name).includes(type));
}

/** Returns a schema that checks the envelopes of a type and refuses unknown keys. */
export function envelopeSchema(type: EventType) {
  const payload = payloadSchemaOf(tablesOf(type));
  return z
    .strictObject({
      event_id: eventId.describe(
        'The same whenever the world is made again: find duplicates by it and world_id.',
      ),
      event_type: z.literal(type),
      event_timestamp: instant.describe('When it happened, in simulated time, UTC.'),
      ingest_timestamp: instant.describe('When the event was made, by the wall clock, UTC.'),
      schema_version: z.literal(SCHEMA_VERSION),
      source: z.literal(SOURCE),
      trace_id: id.describe('Root cause: the session, order, shipment or review it belongs to.'),
      correlation_id: id.describe('Groups what belongs together, across traces.'),
      session_id: id.nullable().describe('The visit it belongs to, if any.'),
      parent_event_id: eventId.nullable().describe('The event that brought it about, if any.'),
      partition_key: z
        .string()
        .regex(/^(store|dc|truck|customer|order)-[A-Z0-9-]+$/)
        .describe('Events with the same key stay in order.'),
      payload,
      world_id: z
        .string()
        .regex(WORLD_ID)
        .describe('The world that it happened in: find duplicates by it and event_id.'),
    })
    .describe(
      tablesOf(type)
        .map((table) => FACTS[table].about)
        .join(' '),
    );
}

/** A field tells payloads of several tables apart. */
function payloadSchemaOf(tables: readonly FactName[]): z.ZodType {
  const [first, ...others] = tables.map(payloadSchema);
  if (others.length === 0) return first;
  return z.discriminatedUnion(ruleOf(tables[0]).payloadKind!.key, [first, ...others]);
}

function payloadSchema(table: FactName) {
  const kind = ruleOf(table).payloadKind;
  const fields = payloadColumns(table).map((column) => [
    payloadKey(table, column.name),
    fieldSchema(column).describe(column.about),
  ]);
  if (kind !== undefined) fields.unshift([kind.key, z.literal(kind.value).describe(kind.about)]);
  return z
    .strictObject(Object.fromEntries(fields) as Record<string, z.ZodType>)
    .describe(`A row of ${table}.`);
}

function fieldSchema(column: Column): z.ZodType {
  const schema = valueSchema(column);
  return column.nullable ? schema.nullable() : schema;
}

function valueSchema({ type, values }: Column): z.ZodType {
  switch (type) {
    case 'id':
      return id;
    case 'instant':
      return instant;
    case 'date':
      return z.iso.date();
    case 'int':
      return z.int();
    case 'money':
      return z.number().refine(hasCents, 'at most two decimals');
    case 'real':
      return z.number();
    case 'bool':
      return z.boolean();
    case 'choice':
      return z.enum(values as [string, ...string[]]);
    case 'ble':
      return z.string().regex(new RegExp(`^${BLE_PREFIX}[0-9A-F]{8}$`));
    case 'ad':
      return z.string().regex(new RegExp(`^${AD_PREFIX}[0-9A-F]{8}$`));
    case 'text':
      return z.string();
  }
}

function hasCents(amount: number): boolean {
  return Number(amount.toFixed(2)) === amount;
}

/** The version in file names; it changes only with the schemas. */
const MAJOR_VERSION = SCHEMA_VERSION.split('.')[0];

/** Returns the file name of the published schema of a type. */
export function schemaFile(type: EventType): string {
  return `${type}.v${MAJOR_VERSION}.json`;
}

/** The JSON Schema (draft 2020-12) of a type. */
export function jsonSchema(type: EventType): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(envelopeSchema(type), {
    override({ jsonSchema: schema }) {
      // The format is sufficient, and zod's pattern of all calendar days is unreadable.
      if (schema.format === 'date-time') schema.pattern = MILLISECONDS_UTC;
    },
  });
  return { $schema, title: type, ...rest };
}

/** Published schemas by file name. */
export function schemaFiles(): Readonly<Record<string, () => string>> {
  return Object.fromEntries(
    EVENT_TYPES.map((type) => [
      schemaFile(type),
      () => `${JSON.stringify(jsonSchema(type), null, 2)}\n`,
    ]),
  );
}
