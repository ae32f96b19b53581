/** The reference of events: every type with its rules, and an example from a real world. */
import type { Column } from '../src/domain/columns.ts';
import type { Cases, EventRef } from '../src/domain/event-rule.ts';
import type { FactKind } from '../src/domain/fact-kind.ts';
import { FACTS, type FactName } from '../src/domain/facts.ts';
import { SCHEMA_VERSION, SOURCE } from '../src/envelopes/envelope.ts';
import { envelopeSink } from '../src/envelopes/envelope-sink.ts';
import { eventIdSql, eventTypeSql, parentEventIdSql } from '../src/envelopes/event-sql.ts';
import {
  EVENT_TYPES,
  type EventType,
  eventTypeOf,
  parentEventIdOf,
} from '../src/envelopes/events.ts';
import { partitionKeysOf } from '../src/domain/event-rules.ts';
import { keyOf, ruleOf } from '../src/envelopes/read-rule.ts';
import { schemaFile, tablesOf } from '../src/envelopes/schemas.ts';
import { exampleWorldId, runExample } from './example-world.ts';
import { casesText, conditionText, idText, parentsOf, termText } from './rule-text.ts';

/** Wall clock of the examples. */
const INGEST_MS = Date.UTC(2026, 0, 5, 9, 30, 0, 250);

/** The whole reference as Markdown, for the folder docs. */
export function eventGuide(): string {
  const examples = firstOfEachType();
  return [
    '# Events',
    '<!-- Made by `npm run docs` from src/domain and src/envelopes. Changes by hand are lost. -->',
    INTRODUCTION,
    '## The envelope',
    table(['Field', 'Holds'], ENVELOPE),
    IN_BYTES,
    '## Ids and parents',
    IDS,
    '## Partition keys',
    PARTITION_KEYS,
    '## Stream and files',
    JOINING,
    ...sqlOfTables(),
    '## Types',
    table(
      ['Type', 'Tables', 'Partition key', 'Schema'],
      EVENT_TYPES.map((type) => [
        `[${type}](#${type})`,
        tablesOf(type).map(tableLink).join(', '),
        partitionKeys(type).join(' or '),
        `[${schemaFile(type)}](schemas/${schemaFile(type)})`,
      ]),
    ),
    ...EVENT_TYPES.flatMap((type) => section(type, examples.get(type)!)),
  ]
    .join('\n\n')
    .concat('\n');
}

const INTRODUCTION = `A world can be streamed as events. Every row of a fact table is exactly one event, and every event one
row: same ids, same values, same simulated instants. The types and rules below follow from the catalogue of
facts ([data dictionary](data-dictionary.md)); each type has a [JSON Schema](schemas/${schemaFile('receipt_created')}) and, in the program,
a zod schema derived from the same columns.`;

const ENVELOPE: readonly (readonly string[])[] = [
  [
    'event_id',
    'Identifies duplicates, together with world_id; follows from the row (see below). At most 64 characters.',
  ],
  ['event_type', 'One of the types below.'],
  ['event_timestamp', 'When it happened, in simulated time: EventTS of the row.'],
  [
    'ingest_timestamp',
    'When the event was generated, by the wall clock: the only field that differs if a stream is generated again.',
  ],
  [
    'schema_version',
    `\`${SCHEMA_VERSION}\`. Fields are added under a new minor version; anything else would be 2.0, with schema files of its own.`,
  ],
  ['source', `\`${SOURCE}\``],
  [
    'trace_id',
    'TraceId of the row: the visit, online order, shipment, reorder, ad, return or disruption that it is part of.',
  ],
  [
    'correlation_id',
    'Groups events that belong together: the trace; for goods on trucks the reorder that they serve, for returns and their refunds the visit in which the goods were bought, for attributions the ad impression, for closings the opening.',
  ],
  ['session_id', 'The visit, for everything that belongs to one; otherwise null.'],
  [
    'parent_event_id',
    'The event that caused this one; null if no event did.',
  ],
  ['partition_key', 'The key that divides the stream into partitions; also the partition key of the message.'],
  [
    'payload',
    'The other columns of the row, in their order, under snake_case keys; in inventory_updated, which three tables share, after location_type (see there).',
  ],
  [
    'world_id',
    'The world that it happened in, 16 hexadecimal digits: a digest of seed, start, config, dictionaries, scenarios and world version, as `sim status` shows it.',
  ],
];

const IN_BYTES = `Fields come in this order. Instants are ISO 8601 in UTC with milliseconds; money is a number with two decimals;
an empty field of the CSV is null. The payload leaves out TraceId and EventTS, which the envelope carries. A message
has the content type \`application/json\`, and event_type and world_id as application properties.`;

const IDS = `An id consists of the name of the table and the columns that identify its rows: \`receipt_lines:R17-482:3\`. So you can
compute it from a row of the CSV. It is unique in the world for its whole life, and the same whenever the world is generated
again, however it is divided into runs. Other worlds count from 1 as well and have many of the same ids: only (world_id,
event_id) identifies an event everywhere. The world's id depends only on what defines its facts: it is the same for history
and stream, any number of threads or shards, with and without compression, and whatever disruptions are started while it
runs. A stream may repeat an event with the same ids and the same bytes except for ingest_timestamp.

The parent is emitted before its children and is never later in simulated time, so that you can follow a chain
upwards: a truck leaves (truck_departed) because it was loaded, for a shipment that was scheduled for a reorder
(reorder_triggered), because of a stockout (stockout_detected), because of the sale (inventory_updated) of a receipt
(receipt_created), in a visit (customer_entered) that an ad (ad_impression) led to. If a stream begins in the
middle of a world, the parents of its first events are in the files.

This order holds within a partition. A parent and a child with different keys (goods on a truck and the reorder at its DC,
a sale and the stock it moves elsewhere) may be in different partitions, which are stored independently, so a child can be
stored before its parent. Measured with the small world, the hub of the stream and default settings on a
busy machine with two cores: at speed 60 half of such children came first, mostly by 4 ms, at most by 69 ms; at speed
1,200 two of five, mostly by 25 ms, at most by 337 ms. While a receiver refuses or loses the batches of one partition,
the delay is as long as that lasts. So join on parent_event_id with a window, or wait until the parent has arrived; don't
rely on the order of arrival between partitions. Three parents can't be computed from the row alone and are only in the
event: the ad or online order behind a visit, the stockout behind a reorder, the reorder
behind a shipment.`;

const PARTITION_KEYS = `Events with the same key stay in order: \`store-17\` (tills, sensors, shelves, doors), \`dc-3\` (stock, trucks' moves,
reorders, disruptions), \`truck-12\` (goods on board), \`order-O3-17\` (an online order with its lines, payments and
steps), \`customer-AD-9E3779B1\` (ads and attributions, by the pseudonym in advertising, so that the key identifies nobody).
A payment or promotion has the key of what it is for: the store of the receipt, or the online order.`;

const JOINING = `The same rules in SQL (DuckDB), over the files of a world in the folder \`data\`; \`stream.jsonl\` contains the events
that a consumer has stored, one per line. This query lists the receipts of a day that are not in the stream yet:

\`\`\`sql
WITH rows AS (
  SELECT ${eventIdSql('receipts')} AS event_id, *
  FROM read_csv('data/facts/receipts/dt=2024-03-04/part-*.csv')
),
events AS (
  SELECT DISTINCT event_id
  FROM read_json('stream.jsonl', format = 'newline_delimited', columns = { event_id: 'VARCHAR' })
)
SELECT * FROM rows ANTI JOIN events USING (event_id);
\`\`\`

By table:`;

const STOCKS = `Three tables have stock movements, and their payloads have different fields. The first field, location_type, tells them
apart: \`STORE\`, \`DC\` or \`TRUCK\`. The place where a truck loads and unloads, LocationID and LocationType in the files,
is stop_id and stop_type in the payload.`;

function sqlOfTables(): string[] {
  return (Object.keys(FACTS) as FactName[]).map((name) => {
    const parent = parentEventIdSql(name);
    const expressions = [
      `${eventIdSql(name)} AS event_id`,
      `${eventTypeSql(name)} AS event_type`,
      ...(parent === undefined ? [] : [`${parent} AS parent_event_id`]),
    ];
    const columns = expressions.join(',\n').replaceAll('\n', '\n  ');
    return `\`\`\`sql\n-- ${name}\nSELECT\n  ${columns}\nFROM read_csv('data/facts/${name}/*/part-*.csv');\n\`\`\``;
  });
}

function section(type: EventType, example: string): string[] {
  return [
    `### ${type}`,
    ...(type === 'inventory_updated' ? [STOCKS] : []),
    ...tablesOf(type).map((name) => rulesOf(name, type)),
    `\`\`\`json\n${jsonText(example)}\n\`\`\``,
  ];
}

function rulesOf(name: FactName, type: EventType): string {
  const { about, links }: FactKind = FACTS[name];
  const id = keyOf(name);
  const { types, correlation, partition, payloadKind, payloadKeys = {} } = ruleOf(name);
  const own = types.find(({ gives }) => gives === type)!;
  const when =
    types.length === 1
      ? ''
      : own.when.length > 0
        ? `, where ${own.when.map(conditionText).join(' and ')}`
        : `, all but ${types
            .slice(0, -1)
            .map(({ gives }) => `[${gives}](#${gives})`)
            .join(' and ')}`;
  const parents = parentsOf(name, type);
  return [
    `A row of ${tableLink(name)}${when}. ${about}`,
    '',
    ...links.filter(({ name: link }) => asksFor(parents, link)).map(linkText),
    `- event_id: \`${idText(name, { table: name, id })}\``,
    ...(payloadKind === undefined
      ? []
      : [`- payload: ${payloadKind.key} is \`${payloadKind.value}\`. ${payloadKind.about}`]),
    ...Object.entries(payloadKeys).map(([column, key]) => `- payload: ${column} is called ${key}.`),
    ...list('parent_event_id', [
      ...casesText(parents, (ref) => (ref === null ? 'null' : `\`${idText(name, ref)}\``)),
      ...(parents.at(-1)?.when.length === 0
        ? []
        : [parents.length === 0 ? 'null' : 'otherwise: null']),
    ]),
    ...list(
      'correlation_id',
      casesText(correlation, (term) => `\`${termText(name, term)}\``),
    ),
    ...list(
      'partition_key',
      casesText(partition, ({ entity, id: key }) => `\`${entity}-${termText(name, key)}\``),
    ),
  ].join('\n');
}

function linkText({ name, about }: Column): string {
  return `- ${name}, only in the event: ${about}`;
}

/** Whether a rule of parents uses a column. */
function asksFor(parents: Cases<string, EventRef | null>, column: string): boolean {
  return parents.some(
    ({ when, gives }) =>
      when.some((condition) => condition.column === column) ||
      gives?.id.some((term) => term === column),
  );
}

/** Formats one rule on a line, several as a list. */
function list(name: string, rules: readonly string[]): string[] {
  if (rules.length === 1) return [`- ${name}: ${rules[0]}`];
  return [`- ${name}:`, ...rules.map((rule) => `  - ${rule}`)];
}

function partitionKeys(type: EventType): readonly string[] {
  return [...new Set(tablesOf(type).flatMap(partitionKeysOf))];
}

function tableLink(name: FactName): string {
  return `[${name}](data-dictionary.md#${name})`;
}

/** Formats a body as sent, but over several lines: it has two levels of braces, and no lists. */
function jsonText(body: string): string {
  let indent = '';
  return body.replace(/"(?:[^"\\]|\\.)*"|[{}:,]/g, (token) => {
    if (token === '{') indent += '  ';
    if (token === '}') indent = indent.slice(2);
    if (token === '{' || token === ',') return `${token}\n${indent}`;
    if (token === '}') return `\n${indent}}`;
    return token === ':' ? ': ' : token;
  });
}

/** Returns the first event of each type that has a parent, or else the first. */
function firstOfEachType(): ReadonlyMap<EventType, string> {
  const first = new Map<EventType, string>();
  const parents = new Set<EventType>();
  const sink = envelopeSink(({ eventType, body }) => first.set(eventType, body.toString()), {
    worldId: exampleWorldId(),
    ingestMs: () => INGEST_MS,
  });
  runExample((name, record) => {
    const type = eventTypeOf(name, record);
    if (parents.has(type)) return;
    const hasParent = parentEventIdOf(name, record) !== null;
    if (hasParent) parents.add(type);
    if (hasParent || !first.has(type)) sink[name](record);
  });
  return first;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
