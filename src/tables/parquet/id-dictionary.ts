/** The distinct ids of a column, found by a hash table in typed arrays, without an object for each. */
import { Reused } from './reused.ts';

export interface IdDictionary {
  /** The distinct ids in the order of their first appearance. */
  readonly ids: Float64Array;
  /** The position of each row's id among them. */
  readonly positions: Int32Array;
}

const TWO_32 = 2 ** 32;
/** Odd, with bits of both halves: consecutive ids of one entity must not share slots. */
const MIX = 0x9e3779b1;
/** A small table stays in the processor's cache; it doubles when half of it is taken, so that searches stay short. */
const FIRST_SLOTS = 4096;

const IDS = new Reused(Float64Array);
const POSITIONS = new Reused(Int32Array);
/** By slot the position of an id, from 1; 0 for a free one. */
let slots = new Int32Array(FIRST_SLOTS);

/**
 * Returns the distinct ids of at least one row; undefined if there are more than `most`. The arrays are valid until the
 * next call.
 */
export function idDictionary(values: Float64Array, most: number): IdDictionary | undefined {
  const ids = IDS.of(Math.min(most, values.length) + 1);
  const positions = POSITIONS.of(values.length);
  let mask = FIRST_SLOTS - 1;
  slots.fill(0, 0, FIRST_SLOTS);
  let size = 0;
  let last = Number.NaN;
  let position = 0;
  for (let at = 0; at < values.length; at++) {
    const id = values[at];
    if (id !== last) {
      last = id;
      let slot = slotOf(id, mask);
      while (slots[slot] !== 0 && ids[slots[slot] - 1] !== id) slot = (slot + 1) & mask;
      position = slots[slot] - 1;
      if (position < 0) {
        if (size === most) return undefined;
        position = size;
        ids[size++] = id;
        slots[slot] = size;
        if (size * 2 > mask) mask = doubled(ids, size, mask);
      }
    }
    positions[at] = position;
  }
  return { ids: ids.subarray(0, size), positions };
}

/** Spreads the ids over twice as many slots; returns their mask. */
function doubled(ids: Float64Array, size: number, mask: number): number {
  const count = (mask + 1) * 2;
  if (slots.length < count) slots = new Int32Array(count);
  else slots.fill(0, 0, count);
  for (let position = 0; position < size; position++) {
    let slot = slotOf(ids[position], count - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (count - 1);
    slots[slot] = position + 1;
  }
  return count - 1;
}

function slotOf(id: number, mask: number): number {
  const high = (id / TWO_32) | 0;
  const mixed = Math.imul((id - high * TWO_32) | 0, MIX) ^ high;
  return (mixed ^ (mixed >>> 15)) & mask;
}
