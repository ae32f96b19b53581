/**
 * Ids of facts: one safe integer inside the program, a short readable text on the wire.
 *
 * An id says what it names, whose it is and which one it is: `S17-482` is session 482 of store 17,
 * counted from 0. It follows from the entity and its own sequence alone, so ids are deterministic and
 * never collide, however often a world is continued.
 */

/** Whose number stands after the letter of an id. */
export type IdEntity = 'store' | 'dc' | 'truck';

/** What an id names, by its letter; the position in this list is the kind's code. */
export const ID_KINDS = {
  session: { letter: 'S', entity: 'store', about: 'A visit of a customer to the store.' },
  receipt: {
    letter: 'R',
    entity: 'store',
    about: 'The receipt of a visit, numbered as its session.',
  },
  receiptPayment: {
    letter: 'T',
    entity: 'store',
    about: 'The payment of a receipt, numbered as the receipt.',
  },
  order: { letter: 'O', entity: 'dc', about: 'An online order of the region.' },
  orderPayment: {
    letter: 'Y',
    entity: 'dc',
    about: 'The payment of an order, numbered as the order.',
  },
  shipment: { letter: 'H', entity: 'truck', about: 'A shipment: one trip of the truck.' },
  storeOrder: { letter: 'Q', entity: 'store', about: 'A replenishment order of the store.' },
  purchaseOrder: { letter: 'P', entity: 'dc', about: 'A purchase order of the DC to a supplier.' },
  impression: { letter: 'M', entity: 'dc', about: 'An ad impression in the region.' },
  disruption: { letter: 'D', entity: 'dc', about: 'A disruption of the DC.' },
  return: { letter: 'E', entity: 'store', about: 'A return of bought goods.' },
  storeAdjustment: { letter: 'A', entity: 'store', about: 'A stock adjustment, shrink included.' },
  dcAdjustment: { letter: 'G', entity: 'dc', about: 'A stock adjustment, shrink included.' },
  orderRefund: {
    letter: 'Z',
    entity: 'dc',
    about: 'The refund of a cancelled order, numbered as the order.',
  },
  storeOperation: { letter: 'W', entity: 'store', about: 'An opening or closing.' },
  refund: {
    letter: 'F',
    entity: 'store',
    about: 'The refund of a return, numbered as the return.',
  },
  beacon: { letter: 'B', entity: 'store', about: 'A BLE beacon, numbered as its zone.' },
  sensor: { letter: 'N', entity: 'store', about: 'A foot traffic sensor, numbered as its zone.' },
  click: { letter: 'K', entity: 'dc', about: 'A click on an ad, numbered as its impression.' },
  fillRound: { letter: 'L', entity: 'store', about: 'A round in which shelves are filled.' },
  stockCount: { letter: 'C', entity: 'store', about: 'A round in which stock is counted.' },
  weather: { letter: 'X', entity: 'dc', about: 'The weather of a day in the region.' },
} as const satisfies Record<string, { letter: string; entity: IdEntity; about: string }>;

/** Kind of an id of facts. */
export type IdKind = keyof typeof ID_KINDS;

const kindNames = Object.keys(ID_KINDS) as IdKind[];

/** Letter of each kind, by code (index 0 is unused, so that 0 is never a valid id). */
export const ID_LETTERS: readonly string[] = [
  '',
  ...kindNames.map((kind) => ID_KINDS[kind].letter),
];

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

/**
 * The id of a place in a sequence that may run out. Throws RangeError there: the next number would be
 * another entity's.
 */
export function idOf(base: number, sequence: number): number {
  if (sequence >= SEQUENCE_LIMIT) {
    throw new RangeError(
      `Cannot make an id after ${formatId(base + SEQUENCE_LIMIT - 1)}: sequences end there`,
    );
  }
  return base + sequence;
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
