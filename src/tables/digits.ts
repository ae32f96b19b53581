/** Digits as bytes: two at a time from tables, without divisions that leave the range of 32-bit integers. */

const ZERO = 48;
/** The two decimal digits of 0 to 99, as one little-endian 16-bit number. */
export const DECIMAL_PAIRS = new Uint16Array(100);
for (let n = 0; n < 100; n++) {
  DECIMAL_PAIRS[n] = ZERO + Math.floor(n / 10) + ((ZERO + (n % 10)) << 8);
}

/** The two upper-case hexadecimal digits of 0 to 255, as one little-endian 16-bit number. */
const HEX_PAIRS = new Uint16Array(256);
for (let n = 0; n < 256; n++) {
  const text = n.toString(16).toUpperCase().padStart(2, '0');
  HEX_PAIRS[n] = text.charCodeAt(0) + (text.charCodeAt(1) << 8);
}

/** Writes a 32-bit integer >= 0 in decimal; returns the position after it. */
export function putDigits(view: DataView, at: number, value: number): number {
  if (value < 10) {
    view.setUint8(at, ZERO + value);
    return at + 1;
  }
  if (value < 100) {
    view.setUint16(at, DECIMAL_PAIRS[value], true);
    return at + 2;
  }
  const hundreds = (value / 100) | 0;
  const lastPair = DECIMAL_PAIRS[value - hundreds * 100];
  if (value < 1000) {
    view.setUint8(at, ZERO + hundreds);
    view.setUint16(at + 1, lastPair, true);
    return at + 3;
  }
  if (value < 10_000) {
    view.setUint16(at, DECIMAL_PAIRS[hundreds], true);
    view.setUint16(at + 2, lastPair, true);
    return at + 4;
  }
  const tenThousands = (hundreds / 100) | 0;
  const middlePair = DECIMAL_PAIRS[hundreds - tenThousands * 100];
  const middle = putDigits(view, at, tenThousands);
  view.setUint16(middle, middlePair, true);
  view.setUint16(middle + 2, lastPair, true);
  return middle + 4;
}

/** Writes an integer from 0 to 99,999,999 as exactly eight digits; returns the position after them. */
export function putEightDigits(view: DataView, at: number, value: number): number {
  const high = (value / 10_000) | 0;
  putFourDigits(view, at, high);
  putFourDigits(view, at + 4, value - high * 10_000);
  return at + 8;
}

function putFourDigits(view: DataView, at: number, value: number): void {
  const hundreds = (value / 100) | 0;
  view.setUint16(at, DECIMAL_PAIRS[hundreds], true);
  view.setUint16(at + 2, DECIMAL_PAIRS[value - hundreds * 100], true);
}

/** Writes an unsigned 32-bit integer as eight hexadecimal digits; returns the position after them. */
export function putHex8(view: DataView, at: number, value: number): number {
  view.setUint16(at, HEX_PAIRS[value >>> 24], true);
  view.setUint16(at + 2, HEX_PAIRS[(value >>> 16) & 255], true);
  view.setUint16(at + 4, HEX_PAIRS[(value >>> 8) & 255], true);
  view.setUint16(at + 6, HEX_PAIRS[value & 255], true);
  return at + 8;
}
