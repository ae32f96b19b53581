import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../src/domain/columns.ts';
import { CLOSING, DIMENSIONS } from '../../src/domain/dimensions.ts';
import { FACTS } from '../../src/domain/facts.ts';
import { ByteWriter } from '../../src/tables/byte-writer.ts';
import { header, rowEncoder } from '../../src/tables/encoder.ts';
import { toText } from '../../src/tables/text.ts';
import { type AnyRecord, recordOf } from './arbitraries.ts';

const tables: [string, readonly Column[]][] = [
  ...Object.entries(FACTS).map(([name, { columns }]): [string, readonly Column[]] => [
    name,
    columns,
  ]),
  ...Object.entries(DIMENSIONS),
  ...Object.entries(CLOSING),
  ['every type', everyType()],
];

/** All types, nullable and not, some reals more. */
function everyType(): Column[] {
  const types = ['id', 'instant', 'int', 'money', 'real', 'date', 'bool', 'ble', 'ad', 'text'];
  const plain = types.map(
    (type) => ({ name: type, field: type, type, scale: 2, about: '' }) as Column,
  );
  const choice: Column = {
    name: 'choice, of "odd" texts',
    field: 'choice',
    type: 'choice',
    values: ['', 'a', '12345678', 'a,b', 'say "so"', 'zwölf Boxkämpfer', 'x'.repeat(60)],
    about: '',
  };
  return [...plain, choice].flatMap((column) => [
    column,
    { ...column, field: `${column.field}OrNull`, nullable: true },
    { ...column, field: `${column.field}0`, scale: 0 },
  ]);
}

function byStringify(columns: readonly Column[], records: readonly AnyRecord[]): string {
  return stringify(
    [
      columns.map(({ name }) => name),
      ...records.map((record) => columns.map((column) => toText(column, record[column.field]))),
    ],
    { record_delimiter: '\n', quote_record_delimiter: true },
  );
}

function byEncoder(
  columns: readonly Column[],
  records: readonly AnyRecord[],
  capacity: number,
): Buffer {
  const drained: Buffer[] = [];
  const writer = new ByteWriter(capacity, (bytes) => drained.push(Buffer.from(bytes)));
  const encode = rowEncoder(columns);
  for (const record of records) encode(record, writer);
  writer.flush();
  expect(writer.rows).toBe(records.length);
  return Buffer.concat([Buffer.from(header(columns)), ...drained]);
}

describe('rowEncoder', () => {
  it.each(tables)('writes %s as csv-stringify does', (_, columns) => {
    fc.assert(
      fc.property(
        fc.array(recordOf(columns), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(1, 512, 4096),
        (records, capacity) => {
          const expected = Buffer.from(byStringify(columns, records));
          const actual = byEncoder(columns, records, capacity);
          if (!actual.equals(expected)) expect(actual.toString()).toBe(expected.toString());
          return actual.equals(expected);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('refuses a field whose name could be code', () => {
    const column: Column = { name: 'X', field: 'x;y()', type: 'int', about: '' };
    expect(() => rowEncoder([column])).toThrow('Cannot encode field "x;y()"');
  });
});
