/**
 * Ids of facts: one safe integer inside the program, a short readable text on the wire.
 *
 * An id says what it names, whose it is and which one it is: `S17-482` is the 482nd session of
 * store 17. It follows from the entity and its own sequence alone, so ids are deterministic and
 * never collide, however often a world is continued.
 */

/** What an id names; the position in this list is the kind's code. */
const KINDS = {
  /** Session: one visit of a customer to a store. Entity: the store. */
  session: 'S',
  /** Receipt of a session; same entity and sequence as the session. */
  receipt: 'R',
  /** Payment transaction of a receipt. Entity: the store. */
  receiptPayment: 'T',
  /** Online order. Entity: the distribution center of its region. */
  order: 'O',
  /** Payment transaction of an online order. */
  orderPayment: 'Y',
  /** Shipment: one trip of one truck. Entity: the truck. */
  shipment: 'H',
  /** Replenishment order of a store. Entity: the store. */
  storeOrder: 'Q',
  /** Purchase order of a distribution center. Entity: the distribution center. */
  purchaseOrder: 'P',
  /** Ad impression. Entity: the distribution center of its region. */
  impression: 'M',
  /** Disruption. Entity: the distribution center. */
  disruption: 'D',
  /** Return of bought goods. Entity: the store. */
  return: 'E',
  /** Stock adjustment or shrink in a store. */
  storeAdjustment: 'A',
  /** Stock adjustment or shrink in a distribution center. */
  dcAdjustment: 'G',
  /** Refund of a cancelled online order. Entity: the distribution center. */
  orderRefund: 'Z',
  /** Opening or closing of a store. */
  storeOperation: 'W',
  /** Refund of a return. Entity: the store. */
  refund: 'F',
  /** BLE beacon. Entity: the store; sequence: the zone's index. */
  beacon: 'B',
  /** Foot traffic sensor. Entity: the store; sequence: the zone's index. */
  sensor: 'N',
} as const;

export type IdKind = keyof typeof KINDS;

const kindNames = Object.keys(KINDS) as IdKind[];

/** Letter of each kind, by code (index 0 is unused, so that 0 is never a valid id). */
export const ID_LETTERS: readonly string[] = ['', ...kindNames.map((kind) => KINDS[kind])];

/** Sequences run from 0 to SEQUENCE_LIMIT - 1, entities from 0 to ENTITY_LIMIT - 1. */
export const SEQUENCE_LIMIT = 1e8;
export const ENTITY_LIMIT = 1e6;
/** What one step of the kind's code is worth in a packed id. */
export const KIND_UNIT = SEQUENCE_LIMIT * ENTITY_LIMIT;

/** Packed base of all ids of one kind and entity; add the sequence to get an id. */
export function idBase(kind: IdKind, entity: number): number {
  if (!(entity >= 0 && entity < ENTITY_LIMIT)) {
    throw new RangeError(
      `Cannot make a ${kind} id for entity ${entity}: expected 0 to ${ENTITY_LIMIT - 1}`,
    );
  }
  return (kindNames.indexOf(kind) + 1) * KIND_UNIT + entity * SEQUENCE_LIMIT;
}

/** The sequence part of a packed id. */
export function sequenceOf(id: number): number {
  return id % SEQUENCE_LIMIT;
}

/** Text form of a packed id, as written to files: letter, entity, dash, sequence. */
export function formatId(id: number): string {
  const kind = Math.floor(id / KIND_UNIT);
  const rest = id - kind * KIND_UNIT;
  const entity = Math.floor(rest / SEQUENCE_LIMIT);
  return `${ID_LETTERS[kind]}${entity}-${rest - entity * SEQUENCE_LIMIT}`;
}

/**
 * Pseudonym of a customer on radio (BLE) and in ads: a bijection on 32 bits, so that two customers
 * never share one, and neither id reveals the other or the customer's number.
 */
export function bleNumber(customerId: number): number {
  return scramble(customerId, 0x9e3779b1, 0x5bd1e995);
}

export function adNumber(customerId: number): number {
  return scramble(customerId, 0x85ebca6b, 0x27d4eb2f);
}

function scramble(value: number, oddMultiplier: number, mask: number): number {
  let x = Math.imul(value, oddMultiplier | 1) ^ mask;
  x ^= x >>> 16;
  x = Math.imul(x, 0xc2b2ae35);
  x ^= x >>> 13;
  return x >>> 0;
}

export const BLE_PREFIX = 'BLE-';
export const AD_PREFIX = 'AD-';

/** `BLE-9E3779B1`: the text of a customer's BLE id. */
export function formatBleId(customerId: number): string {
  return BLE_PREFIX + hex8(bleNumber(customerId));
}

/** `AD-9E3779B1`: the text of a customer's advertising id. */
export function formatAdId(customerId: number): string {
  return AD_PREFIX + hex8(adNumber(customerId));
}

function hex8(value: number): string {
  return value.toString(16).toUpperCase().padStart(8, '0');
}
