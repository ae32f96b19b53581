import { describe, expect, it } from 'vitest';
import { type Column, NULL } from '../../src/domain/columns.ts';
import type { Condition, Term } from '../../src/domain/term.ts';
import { type FactKind, keyColumns } from '../../src/domain/fact-kind.ts';
import { blankFact, FACT_NAMES, FACTS } from '../../src/domain/facts.ts';
import { ENTITY_LIMIT, ID_KINDS, idBase, SEQUENCE_LIMIT } from '../../src/domain/ids.ts';
import { dataDictionary } from '../../src/tables/data-dictionary.ts';
import { schemaSql } from '../../src/tables/schema-sql.ts';
import { worldTables } from '../../src/tables/world-tables.ts';
import { readChecks } from '../../src/verify/checks.ts';
import { eventIdSql } from '../../src/envelopes/event-sql.ts';
import { eventIdOf, parentEventIdOf } from '../../src/envelopes/events.ts';
import { EVENT_TYPES } from '../../src/domain/event-rules.ts';
import { payloadColumns, payloadKey, snakeCase } from '../../src/envelopes/payload.ts';
import { columnOf, keyOf, ruleOf } from '../../src/envelopes/read-rule.ts';
import { jsonSchema, schemaFile, tablesOf } from '../../src/envelopes/schemas.ts';

const nameOf = (term: Exclude<Term, { term: 'text' }>) =>
  typeof term === 'string' ? term : term.column;
const isText = (term: Term): term is Extract<Term, { term: 'text' }> =>
  typeof term === 'object' && term.term === 'text';

describe.each(FACT_NAMES)('the rule of %s', (table) => {
  const rule = ruleOf(table);
  const kind: FactKind = FACTS[table];
  const refs = rule.parents.flatMap(({ gives }) => (gives === null ? [] : [gives]));
  const terms: Term[] = [
    ...kind.key,
    ...refs.flatMap(({ id }) => id),
    ...rule.correlation.map(({ gives }) => gives),
    ...rule.partition.map(({ gives }) => gives.id),
  ];
  const conditions: Condition[] = [
    ...rule.types,
    ...rule.parents,
    ...rule.correlation,
    ...rule.partition,
  ].flatMap(({ when }) => when);

  it('speaks of columns that exist, and hold what it asks of them', () => {
    for (const term of terms) {
      if (isText(term)) continue;
      const { type } = columnOf(table, nameOf(term));
      if (typeof term === 'string') continue;
      if (['entity', 'twin', 'previous'].includes(term.term)) expect(type).toBe('id');
      else expect(type).toBe('int');
    }
    for (const condition of conditions) {
      const column: Column = columnOf(table, condition.column);
      if (condition.test === 'value') expect(column.values).toContain(condition.value);
      if (condition.test === 'kind') expect(column.type).toBe('id');
      if (condition.test === 'given') expect(column.nullable).toBe(true);
      if (condition.test === 'incoming') expect(column.type).toBe('int');
    }
  });

  it('always has a type, a correlation and a partition key', () => {
    for (const cases of [rule.types, rule.correlation, rule.partition]) {
      expect(cases.at(-1)?.when).toEqual([]);
      for (const { when } of cases.slice(0, -1)) expect(when.length).toBeGreaterThan(0);
    }
  });

  it('has one key: for ids of events, verify, schema files and dictionary', () => {
    const columns = keyColumns(kind);
    const sql = readChecks()
      .find(({ id }) => id === '01a')!
      .queries.find((query) => query.includes(`FROM ${table}`))!;
    const id = eventIdSql(table);
    for (const name of columns) for (const text of [sql, id]) expect(text).toContain(name);
    expect(worldTables().find(({ name }) => name === table)?.key).toEqual(columns);
    const section = dataDictionary().split(`\n### ${table}\n`)[1];
    for (const name of columns) expect(/^- Key: (.+)$/m.exec(section)![1]).toContain(name);
  });

  it('refers to parents by the parts that their ids are made of', () => {
    for (const ref of refs) {
      const target = keyOf(ref.table);
      expect(ref.id, ref.table).toHaveLength(target.length);
      for (const [index, term] of ref.id.entries()) {
        const part = target[index];
        if (isText(part)) throw new Error(`The id of ${ref.table} has a fixed part`);
        const column = columnOf(ref.table, nameOf(part));
        if (isText(term)) {
          const values = typeof part === 'string' ? column.values : ['in', 'out'];
          expect(values, `${ref.table} ${nameOf(part)}`).toContain(term.text);
        } else {
          expect(columnOf(table, nameOf(term)).type).toBe(column.type);
        }
      }
    }
  });

  it('uses no value that JSON or an id would have to escape', () => {
    for (const { values = [] } of payloadColumns(table)) {
      for (const value of values) expect(value).toMatch(/^[A-Za-z_]+$/);
    }
  });

  it('makes ids of at most 64 characters, of the largest numbers too', () => {
    const record = blankFact(table) as Record<string, number | string>;
    const lastId = idBase('sensor', ENTITY_LIMIT - 1) + SEQUENCE_LIMIT - 1;
    for (const { field, type, values } of [...kind.columns, ...kind.links]) {
      if (type === 'id') record[field] = lastId;
      if (type === 'int') record[field] = ENTITY_LIMIT - 1;
      if (type === 'instant') record[field] = Date.UTC(9999, 0, 1);
      if (type === 'choice') {
        const longest = values!.reduce((a, b) => (b.length > a.length ? b : a));
        record[field] = values!.indexOf(longest);
      }
    }
    expect(eventIdOf(table, record as never).length).toBeLessThanOrEqual(64);
    expect((parentEventIdOf(table, record as never) ?? '').length).toBeLessThanOrEqual(64);
  });

  it('names every column of the payload differently', () => {
    const keys = payloadColumns(table).map(({ name }) => payloadKey(table, name));
    const own = ruleOf(table).payloadKind?.key;
    if (own !== undefined) keys.push(own);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(key).toMatch(/^[a-z][a-z_]*[a-z]$/);
  });

  it('starts with its links unset', () => {
    const record = blankFact(table) as Record<string, number | string>;
    for (const { field, nullable } of kind.links) {
      expect(nullable).toBe(true);
      expect(record[field]).toBe(NULL);
    }
  });
});

it('a movement of stock is told by cause, product and direction, everywhere', () => {
  for (const table of ['store_inventory_txn', 'dc_inventory_txn'] as const) {
    expect(dataDictionary().split(`\n### ${table}\n`)[1]).toContain(
      '- Key: TraceId, ProductID, direction of QtyDelta\n',
    );
    expect(schemaSql(4)).toMatch(
      new RegExp(`CREATE TABLE ${table} \\([^;]+PRIMARY KEY \\(TraceId, ProductID, QtyDelta\\)`),
    );
    const sql = readChecks()
      .find(({ id }) => id === '01a')
      ?.queries.find((query) => query.includes(`FROM ${table}`));
    expect(sql).toContain('"TraceId", "ProductID", ("QtyDelta" > 0)');
    expect(eventIdSql(table)).toBe(
      `'${table}:' || "TraceId" || ':' || "ProductID" || ':' || CASE WHEN "QtyDelta" > 0 THEN 'in' ELSE 'out' END`,
    );
  }
});

it('every type of event has its table, and a schema file of its own', () => {
  for (const type of EVENT_TYPES) expect(tablesOf(type).length).toBeGreaterThan(0);
  expect(new Set(EVENT_TYPES.map(schemaFile)).size).toBe(EVENT_TYPES.length);
});

it('payloads of one type are told apart by one field', () => {
  const shared = EVENT_TYPES.filter((type) => tablesOf(type).length > 1);
  expect(shared).toEqual(['inventory_updated']);
  const kinds = FACT_NAMES.flatMap((table) => {
    const kind = ruleOf(table).payloadKind;
    return kind === undefined ? [] : [[table, kind.key, kind.value]];
  });
  expect(kinds).toEqual([
    ['store_inventory_txn', 'location_type', 'STORE'],
    ['dc_inventory_txn', 'location_type', 'DC'],
    ['truck_inventory', 'location_type', 'TRUCK'],
  ]);
  // Where a truck loads is not whose stock it is.
  expect(payloadKey('truck_inventory', 'LocationID')).toBe('stop_id');
  expect(payloadKey('truck_inventory', 'LocationType')).toBe('stop_type');
});

it('the schema of inventory_updated has one payload for each location_type, and JSON Schema says so', () => {
  const { properties } = jsonSchema('inventory_updated') as {
    properties: { payload: { oneOf: { properties: Record<string, { const?: string }> }[] } };
  };
  expect(
    properties.payload.oneOf.map(({ properties: { location_type, ...rest } }) => [
      location_type.const,
      Object.keys(rest)[0],
    ]),
  ).toEqual([
    ['STORE', 'store_id'],
    ['DC', 'dc_id'],
    ['TRUCK', 'truck_id'],
  ]);
});

it('keys of payloads are words', () => {
  expect(['StoreID', 'DCID', 'CustomerBLEId', 'RSSI', 'DutyDrivingMinutes'].map(snakeCase)).toEqual(
    ['store_id', 'dc_id', 'customer_ble_id', 'rssi', 'duty_driving_minutes'],
  );
});

it('kinds of ids are told apart by one letter', () => {
  for (const { letter } of Object.values(ID_KINDS)) expect(letter).toMatch(/^[A-Z]$/);
});
