import { describe, expect, it } from 'vitest';
import type { Column } from '../../src/domain/columns.ts';
import {
  CLOSING,
  CLOSING_NOTES,
  DIMENSION_NOTES,
  DIMENSIONS,
} from '../../src/domain/dimensions.ts';
import { eventTypesOf } from '../../src/domain/event-rules.ts';
import { type FactKind, keyColumns } from '../../src/domain/fact-kind.ts';
import { FACT_NAMES, FACTS } from '../../src/domain/facts.ts';

/** Types of event that must exist by these names. */
const PUBLISHED_EVENTS = [
  'receipt_created',
  'receipt_line_added',
  'payment_processed',
  'inventory_updated',
  'stockout_detected',
  'reorder_triggered',
  'customer_entered',
  'customer_zone_changed',
  'ble_ping_detected',
  'truck_arrived',
  'truck_departed',
  'store_opened',
  'store_closed',
  'ad_impression',
  'promotion_applied',
  'online_order_created',
  'online_order_picked',
  'online_order_shipped',
];

interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly key: readonly string[];
}

const facts: Table[] = Object.entries<FactKind>(FACTS).map(([name, kind]) => ({
  name,
  ...kind,
  key: keyColumns(kind),
}));
const dimensions: Table[] = Object.entries(DIMENSIONS).map(([name, columns]) => ({
  name,
  columns,
  ...DIMENSION_NOTES[name as keyof typeof DIMENSIONS],
}));
const closing: Table[] = Object.entries(CLOSING).map(([name, columns]) => ({
  name,
  columns,
  ...CLOSING_NOTES[name as keyof typeof CLOSING],
}));
const tables = [...facts, ...dimensions, ...closing];
const byName = new Map(tables.map((table) => [table.name, table]));
const repeated = (names: readonly string[]) =>
  names.filter((name, index) => names.indexOf(name) !== index);

it('no two tables share a name', () => {
  expect(repeated(tables.map(({ name }) => name))).toEqual([]);
});

describe.each(tables)('$name', ({ columns, key }) => {
  it('has columns and fields with names of their own', () => {
    expect(repeated(columns.map(({ name }) => name))).toEqual([]);
    expect(repeated(columns.map(({ field }) => field))).toEqual([]);
    for (const { field } of columns) expect(field).toMatch(/^[a-z]\w*$/);
  });

  it('has a key, made of its columns', () => {
    expect(key.length).toBeGreaterThan(0);
    expect(repeated(key)).toEqual([]);
    const names = columns.map(({ name }) => name);
    for (const name of key) expect(names).toContain(name);
  });

  it('refers to columns that exist and hold the same type', () => {
    for (const { name, type, references } of columns) {
      if (references === undefined) continue;
      const [other, column] = references.split('.');
      const target = byName.get(other)?.columns.find((candidate) => candidate.name === column);
      expect(target?.type, `${name} refers to ${references}`).toBe(type);
    }
  });

  it('says what each column holds, with values for a choice and decimals for a real', () => {
    for (const { name, type, about, values, scale } of columns) {
      expect(about, name).toMatch(/^[A-Z].*\.$/);
      expect(values !== undefined, `${name} lists values`).toBe(type === 'choice');
      expect(repeated(values ?? []), name).toEqual([]);
      expect(scale !== undefined, `${name} has decimals`).toBe(type === 'real');
    }
  });

  it('names fields by their unit: Ms for instants and days, Cents for money', () => {
    for (const { field, type } of columns) {
      if (type === 'instant' || type === 'date') expect(field).toMatch(/Ms$/);
      else expect(field).not.toMatch(/Ms$/);
      expect(field.endsWith('Cents'), field).toBe(type === 'money');
    }
  });
});

describe.each(facts)('the fact $name', ({ columns }) => {
  it('begins with its trace and its instant', () => {
    expect(columns.slice(0, 2).map(({ name }) => name)).toEqual(['TraceId', 'EventTS']);
  });
});

it('every published type of event carries some fact', () => {
  const events = new Set(FACT_NAMES.flatMap((name): readonly string[] => eventTypesOf(name)));
  for (const event of PUBLISHED_EVENTS) expect(events).toContain(event);
});

it('every fact has events of its own, but for movements of stock', () => {
  const shared = repeated(FACT_NAMES.flatMap((name): readonly string[] => eventTypesOf(name)));
  expect(new Set(shared)).toEqual(new Set(['inventory_updated']));
});

it('every reference leads to one row: to the key of a table, or to a pseudonym', () => {
  const pseudonyms = ['customers.BLEId', 'customers.AdId'];
  for (const { name, columns } of tables) {
    for (const { references } of columns) {
      if (references === undefined || pseudonyms.includes(references)) continue;
      const [other, column] = references.split('.');
      expect(byName.get(other)?.key, `${name} refers to ${references}`).toEqual([column]);
    }
  }
});
