/**
 * Which stores people of a place consider, and how strongly each draws them (Huff): the odds grow with a store's size
 * and fall with the square of the distance.
 */
import { MOST_STORES } from '../policy/household-stores.ts';
import { greatCircleKm, type Point } from './distance.ts';
import type { Store } from './world.ts';

/** Minimum distance: all stores within it count as equally near. */
const NEAR_KM = 2;

export interface StorePull {
  /** Index among the given stores. */
  readonly store: number;
  /** Share of the place's trips to the stores that it considers. */
  readonly pull: number;
}

/** Returns the nearest stores, nearest first, with pulls that sum to 1. @param stores of the region */
export function storesConsidered(
  place: Point,
  stores: readonly Pick<Store, 'latitude' | 'longitude' | 'visitsPerDay'>[],
): StorePull[] {
  const options = stores.map((store, index) => {
    const km = greatCircleKm(place, store);
    const reach = Math.max(NEAR_KM, km);
    return { store: index, km, pull: store.visitsPerDay / (reach * reach) };
  });
  options.sort((a, b) => a.km - b.km || a.store - b.store);
  const nearest = options.slice(0, MOST_STORES);
  const total = nearest.reduce((sum, option) => sum + option.pull, 0);
  return nearest.map(({ store, pull }) => ({ store, pull: pull / total }));
}
