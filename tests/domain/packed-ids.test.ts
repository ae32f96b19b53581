/** Ids from their texts: the reverse of how they are written, and nothing else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ENTITY_LIMIT,
  formatAdId,
  formatBleId,
  formatId,
  ID_KINDS,
  idBase,
  type IdKind,
  idOf,
  SEQUENCE_LIMIT,
} from '../../src/domain/ids.ts';
import { customerOfAdId, customerOfBleId, packedId } from '../../src/domain/packed-ids.ts';

const kinds = Object.keys(ID_KINDS) as IdKind[];

it('packs every id that is written', () => {
  const parts = [
    fc.constantFrom(...kinds),
    fc.nat(ENTITY_LIMIT - 1),
    fc.nat(SEQUENCE_LIMIT - 1),
  ] as const;
  fc.assert(
    fc.property(...parts, (kind, entity, sequence) => {
      const id = idOf(idBase(kind, entity), sequence);
      expect(packedId(formatId(id))).toBe(id);
    }),
  );
});

it('finds the customer of every pseudonym', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (customer) => {
      expect(customerOfBleId(formatBleId(customer))).toBe(customer);
      expect(customerOfAdId(formatAdId(customer))).toBe(customer);
    }),
  );
});

describe('another text', () => {
  it.each(['', 'S17', 's17-482', 'S17-482 ', '-1', 'S-1', 'S1-', 'S1000000-1', '17-482', 'I1-1'])(
    'is no id: %j',
    (text) => expect(packedId(text)).toBeUndefined(),
  );
  it.each(['', 'BLE-', 'BLE-9E3779B', 'BLE-9e3779b1', 'AD-9E3779B1', 'BLE-9E3779B11'])(
    'is no BLE id: %j',
    (text) => expect(customerOfBleId(text)).toBeUndefined(),
  );
  it.each(['', 'AD-9E3779G1', 'BLE-9E3779B1'])('is no ad id: %j', (text) =>
    expect(customerOfAdId(text)).toBeUndefined(),
  );
});
