/** Walks over encoded AMQP 1.0 values without decoding them. */

/** Thrown for malformed bytes: the batch is refused and nothing of it is stored. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
}

/** Widths of fixed values by the upper half of their type code, 0x4_ to 0x9_. */
const FIXED_WIDTH = [0, 1, 2, 4, 8, 16];
const DESCRIBED = 0x00;
const MAX_NESTED_DESCRIPTORS = 8;

/**
 * Returns the position after the value that begins at `at`.
 * @param end end of the bytes that the value may use
 */
export function skipValue(bytes: Buffer, at: number, end: number, depth = 0): number {
  if (at >= end) throw new MalformedMessage('a value is cut short');
  const code = bytes[at];
  if (code === DESCRIBED) {
    if (depth >= MAX_NESTED_DESCRIPTORS) throw new MalformedMessage('descriptors nest too deeply');
    const value = skipValue(bytes, at + 1, end, depth + 1);
    return skipValue(bytes, value, end, depth + 1);
  }
  const group = code >>> 4;
  let next: number;
  if (group >= 0x4 && group <= 0x9) next = at + 1 + FIXED_WIDTH[group - 4];
  // Variable, compound and array values begin with their size: one byte in even groups, four in odd ones.
  else if (group >= 0xa) next = afterSized(bytes, at + 1, end, group % 2 === 0 ? 1 : 4);
  else throw new MalformedMessage(`0x${code.toString(16)} is not an AMQP type`);
  if (next > end) throw new MalformedMessage('a value is cut short');
  return next;
}

function afterSized(bytes: Buffer, at: number, end: number, width: 1 | 4): number {
  if (at + width > end) throw new MalformedMessage('a value is cut short');
  return at + width + (width === 1 ? bytes[at] : bytes.readUInt32BE(at));
}

/** A range of bytes, and the number of values in it if it is a map or list. */
export interface Range {
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

/** Returns the entries of the map that begins at `at`: keys and values in turn. */
export function mapEntries(bytes: Buffer, at: number, end: number): Range {
  const code = bytes[at];
  const after = skipValue(bytes, at, end);
  if (code === 0xc1 && after >= at + 3) return { start: at + 3, end: after, count: bytes[at + 2] };
  if (code === 0xd1 && after >= at + 9) {
    return { start: at + 9, end: after, count: bytes.readUInt32BE(at + 5) };
  }
  throw new MalformedMessage(`expected a map, found type 0x${code.toString(16)}`);
}

/** Returns the content of the binary value that begins at `at`. */
export function binaryContent(bytes: Buffer, at: number, end: number): Range {
  const code = bytes[at];
  const after = skipValue(bytes, at, end);
  if (code === 0xa0) return { start: at + 2, end: after, count: 1 };
  if (code === 0xb0) return { start: at + 5, end: after, count: 1 };
  throw new MalformedMessage(`expected binary data, found type 0x${code.toString(16)}`);
}

/** Returns the string or symbol that begins at `at`; undefined for a value of another type. */
export function textAt(bytes: Buffer, at: number, end: number): string | undefined {
  const code = bytes[at];
  const after = skipValue(bytes, at, end);
  if (code === 0xa1 || code === 0xa3) return bytes.toString('utf8', at + 2, after);
  if (code === 0xb1 || code === 0xb3) return bytes.toString('utf8', at + 5, after);
  return undefined;
}

/** Returns the whole number that begins at `at`; undefined for a value of another type or above 2^53. */
export function integerAt(bytes: Buffer, at: number, end: number): number | undefined {
  skipValue(bytes, at, end);
  switch (bytes[at]) {
    case 0x43:
    case 0x44:
      return 0;
    case 0x50:
    case 0x52:
    case 0x53:
      return bytes[at + 1];
    case 0x51:
    case 0x54:
    case 0x55:
      return bytes.readInt8(at + 1);
    case 0x60:
      return bytes.readUInt16BE(at + 1);
    case 0x61:
      return bytes.readInt16BE(at + 1);
    case 0x70:
      return bytes.readUInt32BE(at + 1);
    case 0x71:
      return bytes.readInt32BE(at + 1);
    case 0x80:
      return safe(bytes.readBigUInt64BE(at + 1));
    case 0x81:
      return safe(bytes.readBigInt64BE(at + 1));
    default:
      return undefined;
  }
}

function safe(value: bigint): number | undefined {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
}
