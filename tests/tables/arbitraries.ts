/** Arbitrary records of any table: values as a world could hold them, and the edges of what it may. */
import fc from 'fast-check';
import type { Column } from '../../src/domain/columns.ts';
import { ENTITY_LIMIT, ID_LETTERS, KIND_UNIT, SEQUENCE_LIMIT } from '../../src/domain/ids.ts';

export type AnyRecord = Record<string, number | string>;

const DAY_MS = 86_400_000;
/** The first and last instant that a Date can hold. */
const LAST_MS = 8.64e15;

const int = fc.oneof(
  fc.integer({ min: -200, max: 200 }),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.constantFrom(0, -1, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), Number.MAX_SAFE_INTEGER),
);
const anId = fc
  .record({
    kind: fc.integer({ min: 1, max: ID_LETTERS.length - 1 }),
    entity: fc.oneof(
      fc.integer({ min: 0, max: ENTITY_LIMIT - 1 }),
      fc.constantFrom(0, 9, 10, 99, 100, ENTITY_LIMIT - 1),
    ),
    sequence: fc.oneof(
      fc.integer({ min: 0, max: SEQUENCE_LIMIT - 1 }),
      fc.constantFrom(0, 9, 10, 999, 1000, 9999, 10_000, 999_999, SEQUENCE_LIMIT - 1),
    ),
  })
  .map(({ kind, entity, sequence }) => kind * KIND_UNIT + entity * SEQUENCE_LIMIT + sequence);
const instant = fc.oneof(
  fc.integer({ min: Date.UTC(2024, 1, 28), max: Date.UTC(2024, 2, 2) }),
  fc.integer({ min: Date.UTC(0, 0, 1), max: Date.UTC(9999, 11, 31) }),
  fc.integer({ min: -LAST_MS, max: LAST_MS }),
  fc.constantFrom(-1, 0, -DAY_MS, 253402300799999, 253402300800000, -62167219200001, LAST_MS),
);
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'B', '7', ' ', '"', ',', '\n', '\r', 'é', '中', '🚚') }),
  fc.string({ unit: 'binary' }),
  fc.string({ minLength: 200, maxLength: 400 }),
  // Half of a surrogate pair, which UTF-8 can't hold.
  fc.constantFrom('', '\u007f', '\u0080', '\ud800', 'x\udc00,', 'HOLIDAY-W52', '-'),
);

function real(scale: number): fc.Arbitrary<number> {
  const unit = 10 ** scale;
  return fc.oneof(
    fc.integer({ min: -180 * unit, max: 180 * unit }).map((n) => n / unit),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
}

function arbitraryOf(column: Column): fc.Arbitrary<number | string> {
  switch (column.type) {
    case 'id':
      return anId;
    case 'instant':
    case 'date':
      return instant;
    case 'int':
    case 'money':
      return int;
    case 'real':
      return real(column.scale ?? 0);
    case 'bool':
      return fc.constantFrom(0, 1);
    case 'choice':
      return fc.nat(column.values!.length - 1);
    case 'ble':
    case 'ad':
      return fc.oneof(fc.integer({ min: 0, max: 1e6 }), fc.nat(2 ** 31 - 1));
    case 'text':
      return text;
  }
}

export function recordOf(columns: readonly Column[]): fc.Arbitrary<AnyRecord> {
  const fields = columns.map((column): [string, fc.Arbitrary<number | string>] => {
    const value = arbitraryOf(column);
    const nullValue = column.type === 'text' ? '' : -1;
    return [
      column.field,
      column.nullable ? fc.oneof({ weight: 3, arbitrary: value }, fc.constant(nullValue)) : value,
    ];
  });
  return fc.record(Object.fromEntries(fields));
}
