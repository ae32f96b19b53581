/** From the texts of ids back to what they were made of: the reverse of ids.ts. */
import {
  AD_PREFIX,
  BLE_PREFIX,
  ENTITY_LIMIT,
  ID_LETTERS,
  KIND_UNIT,
  SEQUENCE_LIMIT,
} from './ids.ts';

const ID = /^([A-Z])(\d{1,6})-(\d{1,8})$/;
const PSEUDONYM = /^[0-9A-F]{8}$/;

/** Returns the packed id of a text such as `S17-482`; undefined for a text of another form. */
export function packedId(text: string): number | undefined {
  const [, letter, entity, sequence] = ID.exec(text) ?? [];
  const kind = letter === undefined ? -1 : ID_LETTERS.indexOf(letter);
  if (kind < 1 || Number(entity) >= ENTITY_LIMIT || Number(sequence) >= SEQUENCE_LIMIT) {
    return undefined;
  }
  return kind * KIND_UNIT + Number(entity) * SEQUENCE_LIMIT + Number(sequence);
}

/** Returns the customer of a text such as `BLE-9E3779B1`; undefined for a text of another form. */
export function customerOfBleId(text: string): number | undefined {
  return customerOf(text, BLE_PREFIX, BLE_INVERSE, 0x5bd1e995);
}

/** Returns the customer of a text such as `AD-9E3779B1`; undefined for a text of another form. */
export function customerOfAdId(text: string): number | undefined {
  return customerOf(text, AD_PREFIX, AD_INVERSE, 0x27d4eb2f);
}

/** Undoes the scrambling step by step, from its last. */
function customerOf(
  text: string,
  prefix: string,
  inverse: number,
  mask: number,
): number | undefined {
  const digits = text.slice(prefix.length);
  if (!text.startsWith(prefix) || !PSEUDONYM.test(digits)) return undefined;
  let x = Number.parseInt(digits, 16) | 0;
  x ^= (x >>> 13) ^ (x >>> 26);
  x = Math.imul(x, MIX_INVERSE);
  x ^= x >>> 16;
  return Math.imul(x ^ mask, inverse) >>> 0;
}

/** The number whose product with an odd one is 1 in 32 bits: each round doubles the bits that are right. */
function inverseOf(odd: number): number {
  let inverse = odd;
  for (let bits = 3; bits < 32; bits *= 2) {
    inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  }
  return inverse;
}

const MIX_INVERSE = inverseOf(0xc2b2ae35);
const BLE_INVERSE = inverseOf(0x9e3779b1);
const AD_INVERSE = inverseOf(0x85ebca6b);
