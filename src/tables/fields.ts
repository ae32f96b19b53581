/** Writes single fields as bytes: each function writes at a position and returns the position after it. */
import { AD_PREFIX, adNumber, BLE_PREFIX, bleNumber, ID_LETTERS } from '../domain/ids.ts';
import { DECIMAL_PAIRS, putDigits, putEightDigits, putHex8 } from './digits.ts';

const MINUS = 45;
const POINT = 46;
const INT32_LIMIT = 2 ** 31;
const HUNDRED_MILLION = 1e8;
const MILLION = 1e6;

const letters = Uint8Array.from(ID_LETTERS, (letter) => letter.charCodeAt(0));

/** Text that is all ASCII and needs no quotes. */
export function putAscii(view: DataView, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) view.setUint8(at + i, text.charCodeAt(i));
  return at + text.length;
}

/** Any safe integer. */
export function putInt(view: DataView, at: number, value: number): number {
  if (value < 0) {
    view.setUint8(at, MINUS);
    return putWhole(view, at + 1, -value);
  }
  return putWhole(view, at, value);
}

/** Any safe integer >= 0. Both halves of a larger one, split at 10^8, fit into 32 bits. */
function putWhole(view: DataView, at: number, value: number): number {
  if (value < INT32_LIMIT) return putDigits(view, at, value | 0);
  const high = Math.floor(value / HUNDRED_MILLION);
  return putEightDigits(view, putDigits(view, at, high), value - high * HUNDRED_MILLION);
}

/** Cents, with two decimals. */
export function putMoney(view: DataView, at: number, cents: number): number {
  if (cents < 0) {
    view.setUint8(at, MINUS);
    return putMoney(view, at + 1, -cents);
  }
  const small = cents < INT32_LIMIT;
  const units = small ? ((cents | 0) / 100) | 0 : Math.floor(cents / 100);
  const point = small ? putDigits(view, at, units) : putWhole(view, at, units);
  view.setUint8(point, POINT);
  view.setUint16(point + 1, DECIMAL_PAIRS[cents - units * 100], true);
  return point + 3;
}

/** A packed id: letter, entity, dash, sequence. */
export function putId(view: DataView, at: number, id: number): number {
  const kindAndEntity = (id / HUNDRED_MILLION) | 0;
  const kind = (kindAndEntity / MILLION) | 0;
  view.setUint8(at, letters[kind]);
  const dash = putDigits(view, at + 1, kindAndEntity - kind * MILLION);
  view.setUint8(dash, MINUS);
  return putDigits(view, dash + 1, (id - kindAndEntity * HUNDRED_MILLION) | 0);
}

/** The BLE id of a customer. */
export function putBle(view: DataView, at: number, customerId: number): number {
  return putHex8(view, putAscii(view, at, BLE_PREFIX), bleNumber(customerId));
}

/** The advertising id of a customer. */
export function putAd(view: DataView, at: number, customerId: number): number {
  return putHex8(view, putAscii(view, at, AD_PREFIX), adNumber(customerId));
}
