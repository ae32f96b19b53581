/** Numbers of a column as Parquet encodes them. */
import { ByteWriter } from 'hyparquet-writer';
import { deltaBinaryPack } from 'hyparquet-writer/src/delta.js';
import { Reused } from './reused.ts';

export type Physical = 'INT32' | 'INT64';

const LEAST_32 = -(2 ** 31);
const MOST_32 = 2 ** 31 - 1;
/** The largest span of values for which a table of positions is made. */
const SPAN_LIMIT = 2 ** 17;
/** Position by value within the span, from 1; 0 for a value that has not come yet. */
const table = new Int32Array(SPAN_LIMIT);

const TWO_32 = 2 ** 32;
const ENTRIES = new Reused(Float64Array);
const POSITIONS = new Reused(Int32Array);
const OFFSETS = new Reused(Int32Array);
const PACKED = new ByteWriter(256 * 1024);

export interface Span {
  readonly min: number;
  readonly max: number;
}

/** Returns the smallest and the largest value; at least one is there. */
export function spanOf(values: Float64Array): Span {
  let min = values[0];
  let max = values[0];
  for (let at = 1; at < values.length; at++) {
    const value = values[at];
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  return { min, max };
}

export function fits32({ min, max }: Span): boolean {
  return min >= LEAST_32 && max <= MOST_32;
}

/**
 * Returns the distinct values in the order of their appearance, and the position of each value among them; undefined
 * if they are too many or too far apart for a dictionary to pay. The arrays are valid until the next call.
 */
export function numberDictionary(
  values: Float64Array,
  { min, max }: Span,
): { readonly entries: Float64Array; readonly positions: Int32Array } | undefined {
  if (max - min >= SPAN_LIMIT) return undefined;
  table.fill(0, 0, max - min + 1);
  const most = values.length / 2;
  const entries = ENTRIES.of(Math.min(values.length, max - min + 1));
  let size = 0;
  const positions = POSITIONS.of(values.length);
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    let position = table[value - min];
    if (position === 0) {
      if (size > most) return undefined;
      entries[size++] = value;
      position = size;
      table[value - min] = position;
    }
    positions[at] = position - 1;
  }
  return { entries: entries.subarray(0, size), positions };
}

/** Returns the values one after the other, little-endian. */
export function plainNumbers(values: ArrayLike<number>, physical: Physical): Uint8Array {
  const width = physical === 'INT32' ? 4 : 8;
  const bytes = new Uint8Array(values.length * width);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (width === 4) view.setInt32(at * 4, value, true);
    else {
      const high = Math.floor(value / TWO_32);
      view.setUint32(at * 8, value - high * TWO_32, true);
      view.setInt32(at * 8 + 4, high, true);
    }
  }
  return bytes;
}

/**
 * Writes differences of consecutive values. Returns false, and writes nothing, if 64-bit values are too far apart for
 * the fast arithmetic of 32 bits.
 */
export function writeDeltas(out: ByteWriter, values: Float64Array, physical: Physical): boolean {
  if (physical === 'INT32') {
    const narrow = OFFSETS.of(values.length);
    narrow.set(values);
    deltaBinaryPack(out, narrow, physical);
    return true;
  }
  const first = values[0];
  const offsets = OFFSETS.of(values.length);
  for (let at = 0; at < values.length; at++) {
    const offset = values[at] - first;
    if (offset < LEAST_32 || offset > MOST_32) return false;
    offsets[at] = offset;
  }
  // The differences are those of the offsets; only the first value, a single zero byte, is another one.
  const packed = PACKED;
  packed.index = 0;
  packed.offset = 0;
  deltaBinaryPack(packed, offsets, physical);
  const firstAt = 3 + varIntLength(values.length);
  const bytes = packed.getBytes();
  out.appendBytes(bytes.subarray(0, firstAt));
  out.appendZigZag(BigInt(first));
  out.appendBytes(bytes.subarray(firstAt + 1));
  return true;
}

function varIntLength(value: number): number {
  return value < 2 ** 7 ? 1 : value < 2 ** 14 ? 2 : value < 2 ** 21 ? 3 : value < 2 ** 28 ? 4 : 5;
}
