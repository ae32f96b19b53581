import { expect, it } from 'vitest';
import { blankRecord, type Column } from '../../src/domain/columns.ts';
import { DIMENSIONS } from '../../src/domain/dimensions.ts';
import { FACT_NAMES, FACTS, factScratch } from '../../src/domain/facts.ts';

const tables: [string, readonly Column[]][] = [
  ...FACT_NAMES.map((name): [string, readonly Column[]] => [name, FACTS[name].columns]),
  ...Object.entries(DIMENSIONS),
];

it.each(tables)('a blank record of %s has all fields, in order and of their type', (_, columns) => {
  const record: Record<string, number | string> = blankRecord(columns);
  expect(Object.keys(record)).toEqual(columns.map(({ field }) => field));
  for (const { field, type } of columns) {
    expect(typeof record[field], field).toBe(type === 'text' ? 'string' : 'number');
  }
});

it('starts fields of large numbers with a fraction, texts empty and the others at 0', () => {
  const columns = [
    { name: 'Id', field: 'id', type: 'id', about: '' },
    { name: 'At', field: 'atMs', type: 'instant', about: '' },
    { name: 'Day', field: 'dayMs', type: 'date', about: '' },
    { name: 'Qty', field: 'qty', type: 'int', about: '' },
    { name: 'Price', field: 'priceCents', type: 'money', about: '' },
    { name: 'Note', field: 'note', type: 'text', about: '' },
  ] as const;
  expect(blankRecord(columns)).toEqual({
    id: 0.5,
    atMs: 0.5,
    dayMs: 0.5,
    qty: 0,
    priceCents: 0,
    note: '',
  });
});

it('gives each caller separate records', () => {
  const [one, other] = [factScratch(), factScratch()];
  expect(Object.keys(one)).toEqual(FACT_NAMES);
  one.receipts.totalCents = 1230;
  expect(other.receipts.totalCents).toBe(0);
});
