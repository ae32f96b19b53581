import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  adNumber,
  bleNumber,
  ENTITY_LIMIT,
  formatAdId,
  formatBleId,
  formatId,
  ID_KINDS,
  ID_LETTERS,
  type IdKind,
  idBase,
  idOf,
  KIND_UNIT,
  SEQUENCE_LIMIT,
  sequenceOf,
} from '../../src/domain/ids.ts';

const kinds = Object.keys(ID_KINDS) as IdKind[];
const anId = fc.record({
  kind: fc.constantFrom(...kinds),
  entity: fc.integer({ min: 0, max: ENTITY_LIMIT - 1 }),
  sequence: fc.integer({ min: 0, max: SEQUENCE_LIMIT - 1 }),
});
type Parts = { kind: IdKind; entity: number; sequence: number };
const packed = ({ kind, entity, sequence }: Parts) => idBase(kind, entity) + sequence;

/** Reads the text form back, by the published rule alone: letter, entity, dash, sequence. */
function parse(text: string): Parts {
  const [, letter, entity, sequence] = /^([A-Z])(\d+)-(\d+)$/.exec(text) ?? [];
  const kind = kinds.find((candidate) => ID_KINDS[candidate].letter === letter);
  if (kind === undefined) throw new Error(`"${text}" is no id`);
  return { kind, entity: Number(entity), sequence: Number(sequence) };
}

describe('ids', () => {
  it('contain their parts in their text', () => {
    expect(formatId(packed({ kind: 'session', entity: 17, sequence: 482 }))).toBe('S17-482');
    fc.assert(
      fc.property(anId, (parts) => {
        expect(parse(formatId(packed(parts)))).toEqual(parts);
      }),
    );
  });

  it('end with their sequence instead of running into the next entity', () => {
    const base = idBase('session', 17);
    expect(idOf(base, SEQUENCE_LIMIT - 1)).toBe(idBase('session', 18) - 1);
    expect(() => idOf(base, SEQUENCE_LIMIT)).toThrow('Cannot make an id after S17-99999999');
  });

  it('are unique across kinds, entities and sequences, as numbers and as texts', () => {
    const ids = kinds.flatMap((kind) =>
      [0, 1, 11, 111, ENTITY_LIMIT - 1].flatMap((entity) =>
        [0, 1, 11, 111, SEQUENCE_LIMIT - 1].map((sequence) => packed({ kind, entity, sequence })),
      ),
    );
    expect(new Set(ids).size).toBe(kinds.length * 25);
    expect(new Set(ids.map(formatId)).size).toBe(kinds.length * 25);
  });

  it('leave no room between the last of one entity or kind and the first of the next', () => {
    const last = SEQUENCE_LIMIT - 1;
    expect(idBase('session', 1)).toBe(packed({ kind: 'session', entity: 0, sequence: last }) + 1);
    expect(idBase('receipt', 0)).toBe(
      packed({ kind: 'session', entity: ENTITY_LIMIT - 1, sequence: last }) + 1,
    );
  });

  it('are safe integers up to the very last one, and never 0', () => {
    const entity = ENTITY_LIMIT - 1;
    const last = packed({ kind: kinds[kinds.length - 1], entity, sequence: SEQUENCE_LIMIT - 1 });
    expect(Number.isSafeInteger(last)).toBe(true);
    expect(idBase(kinds[0], 0)).toBe(KIND_UNIT);
  });

  it('have one capital letter a kind, no two the same', () => {
    expect(ID_LETTERS.slice(1)).toEqual(kinds.map((kind) => ID_KINDS[kind].letter));
    expect(new Set(ID_LETTERS).size).toBe(kinds.length + 1);
    for (const letter of ID_LETTERS.slice(1)) expect(letter).toMatch(/^[A-Z]$/);
  });

  it('give back their sequence', () => {
    fc.assert(
      fc.property(anId, (parts) => {
        expect(sequenceOf(packed(parts))).toBe(parts.sequence);
      }),
    );
  });

  it.each([-1, ENTITY_LIMIT, Number.NaN])('refuse the entity %s', (entity) => {
    expect(() => idBase('shipment', entity)).toThrow(RangeError);
    expect(() => idBase('shipment', entity)).toThrow(
      `Cannot make a shipment id for entity ${entity}: expected 0 to ${ENTITY_LIMIT - 1}`,
    );
  });
});

/** The number whose product with an odd one is 1 in 32 bits (Newton). */
function inverseOf(odd: number): number {
  let inverse = odd;
  for (let step = 0; step < 5; step++) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return inverse;
}

/** The customer behind a pseudonym: each step of the scrambling undone. */
function unscramble(number: number, oddMultiplier: number, mask: number): number {
  let x = number;
  x ^= (x >>> 13) ^ (x >>> 26);
  x = Math.imul(x, inverseOf(0xc2b2ae35));
  x ^= x >>> 16;
  return Math.imul(x ^ mask, inverseOf(oddMultiplier)) >>> 0;
}

describe('pseudonyms', () => {
  const aCustomer = fc.integer({ min: 0, max: 0xffffffff });

  it('are bijections on 32 bits: each leads back to its one customer', () => {
    fc.assert(
      fc.property(aCustomer, (customer) => {
        expect(unscramble(bleNumber(customer), 0x9e3779b1, 0x5bd1e995)).toBe(customer);
        expect(unscramble(adNumber(customer), 0x85ebca6b, 0x27d4eb2f)).toBe(customer);
      }),
    );
  });

  it('never meet among the customers of a large world', () => {
    const customers = 200_000;
    for (const number of [bleNumber, adNumber]) {
      const numbers = new Set<number>();
      for (let customer = 1; customer <= customers; customer++) numbers.add(number(customer));
      expect(numbers.size).toBe(customers);
    }
  });

  it('are written as a prefix and eight hexadecimal digits', () => {
    fc.assert(
      fc.property(aCustomer, (customer) => {
        expect(formatBleId(customer)).toMatch(/^BLE-[0-9A-F]{8}$/);
        expect(formatAdId(customer)).toMatch(/^AD-[0-9A-F]{8}$/);
        expect(Number.parseInt(formatBleId(customer).slice(4), 16)).toBe(bleNumber(customer));
        expect(Number.parseInt(formatAdId(customer).slice(3), 16)).toBe(adNumber(customer));
      }),
    );
  });

  it('of one customer for beacons and for ads are unrelated', () => {
    for (let customer = 1; customer <= 10_000; customer++) {
      expect(bleNumber(customer)).not.toBe(adNumber(customer));
    }
  });
});
