/**
 * Which products a store carries: the popular ones of each department always, the others more likely the larger the
 * store is; and at least one store of each region carries each product.
 */
import { hashEnd, hashStart, hashWith, purposeKey } from '../engine/substream.ts';
import type { Store } from './world.ts';

/** Share of a department's products, from the top, that every store carries. */
const HEAD_SHARE = 0.3;
/** Chance that a store carries the least popular product, by size (small, medium, large). */
const TAIL_CHANCE = [0.35, 0.5, 0.65] as const;
const UINT32_SPAN = 2 ** 32;

const CARRIED = purposeKey('stock', 'carried');
const KEEPER = purposeKey('stock', 'keeper');

/**
 * Returns 1 for each product that a store carries, by product index.
 * @param region all stores of the store's region, in the order of ids
 * @param standing of each product in its department: 0 the first, towards 1 the last
 */
export function carriedAt(
  seed: number,
  store: Store,
  region: readonly Store[],
  standing: Float64Array,
): Uint8Array {
  const count = standing.length;
  const carried = new Uint8Array(count);
  const position = region.indexOf(store);
  const drop = 1 - TAIL_CHANCE[store.size];
  const keeper = hashWith(hashStart(seed, KEEPER), store.dcId);
  const chance = hashWith(hashStart(seed, CARRIED), store.id);
  for (let index = 0; index < count; index++) {
    const behind = (standing[index] - HEAD_SHARE) / (1 - HEAD_SHARE);
    carried[index] =
      behind <= 0 ||
      (hashEnd(keeper, index) >>> 0) % region.length === position ||
      (hashEnd(chance, index) >>> 0) / UINT32_SPAN < 1 - behind * drop
        ? 1
        : 0;
  }
  return carried;
}
