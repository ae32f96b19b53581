/**
 * Opening stock and reorder points within ranges that a config sets, as the original system had them: popular products
 * get the upper part.
 */
import { hashEnd, hashStart, hashWith } from '../engine/substream.ts';

/** How much popularity decides the place within a range; the rest is random. */
const SKEW = 0.65;

/** Settings that are pairs of `_min` and `_max`; the ranges of the original system, for a half that a config leaves out. */
export const ORIGINAL_RANGES = {
  dc_initial_inventory: { min: 500, max: 5000 },
  store_initial_inventory: { min: 20, max: 200 },
  dc_reorder_point: { min: 50, max: 500 },
  store_reorder_point: { min: 5, max: 50 },
} as const;
export type RangeName = keyof typeof ORIGINAL_RANGES;

export interface Range {
  readonly min: number;
  readonly max: number;
}

type Ends = Readonly<Record<`${RangeName}_${'min' | 'max'}`, number | null>>;

/** Returns a range that the config sets; undefined if it sets none. */
export function rangeOf(volume: Ends, name: RangeName): Range | undefined {
  const min = volume[`${name}_min`];
  const max = volume[`${name}_max`];
  return min === null || max === null ? undefined : { min, max };
}

export class OpeningRanges {
  private readonly seed: number;
  /** What popularity adds to the place within a range, 0 to SKEW. */
  private readonly lead: Float64Array;

  /** @param standing of each product in its department: 0 the first, towards 1 the last */
  constructor(seed: number, standing: Float64Array) {
    this.seed = seed;
    this.lead = standing.map((value) => (1 - value) * SKEW);
  }

  /** Opening units of a product. @param key of the node */
  unitsIn(range: Range, key: number, product: number): number {
    return this.place(range, product, this.chance(key, product) & 0xffff);
  }

  /** Reorder point of a product. @param key of the node */
  pointIn(range: Range, key: number, product: number): number {
    return this.place(range, product, this.chance(key, product) >>> 16);
  }

  private place({ min, max }: Range, product: number, chance: number): number {
    const share = this.lead[product] + (chance / 65_536) * (1 - SKEW);
    return min + Math.floor(share * (max - min + 1));
  }

  private chance(key: number, product: number): number {
    return hashEnd(hashWith(hashStart(this.seed, key), product), 0);
  }
}
