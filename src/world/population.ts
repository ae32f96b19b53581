/**
 * Where customers live: by region, geography and number, all in typed arrays.
 *
 * A region's share of the customers depends only on its people; within the region they are more likely to live
 * near its stores (homes.ts). So one more store changes no other region's customers, nor their ids. A
 * customer's properties are hashed from their place and number there, in any order: the nature most of all, from which
 * all traits of the household follow (src/policy/trait.ts).
 */
import { sharedArray } from '../engine/shared-arrays.ts';
import { hash32, purposeKey } from '../engine/substream.ts';
import { purchaseRate } from '../policy/household-baskets.ts';
import { SEGMENT_SHARES } from '../policy/segments.ts';
import { apportion } from './apportion.ts';
import { Homes } from './homes.ts';
import { requireCustomerRoom } from './limits.ts';
import type { Customers, Geography, Store } from './world.ts';

/** Customers, and how many live in each region, in the order of the regions. */
export interface Population {
  readonly customers: Customers;
  readonly countByRegion: readonly number[];
}

/** Loyalty cards by segment (budget, convenience, quality, loyal): 61 % over all. */
const LOYALTY_CHANCE = [0.55, 0.45, 0.6, 0.95] as const;

const HOME = purposeKey('customer', 'home');
const TRAITS = purposeKey('customer', 'traits');
const NATURE = purposeKey('customer', 'nature');

/**
 * @param geographiesByRegion places of each region, in the order of the regions
 * @param storesByRegion stores of each region; none may be empty
 * @throws InputError if a region has more customers than there is room for
 */
export function settle(
  seed: number,
  count: number,
  geographiesByRegion: readonly (readonly Geography[])[],
  storesByRegion: readonly (readonly Store[])[],
): Population {
  const people = geographiesByRegion.map((places) =>
    places.reduce((sum, { population }) => sum + population, 0),
  );
  const countByRegion = apportion(count, people);
  requireCustomerRoom(countByRegion);
  const columns = blankColumns(count);
  let next = 0;
  for (const [region, places] of geographiesByRegion.entries()) {
    const homes = new Homes(places, storesByRegion[region]);
    for (const [place, living] of apportion(countByRegion[region], homes.weights).entries()) {
      settlePlace(seed, homes, place, living, columns, next);
      next += living;
    }
  }
  return { customers: { count, ...columns }, countByRegion };
}

type Columns = Omit<Customers, 'count'>;

function blankColumns(count: number): Columns {
  return {
    geographyId: sharedArray(Int32Array, count),
    homeStoreId: sharedArray(Int32Array, count),
    segment: sharedArray(Uint8Array, count),
    loyalty: sharedArray(Uint8Array, count),
    nature: sharedArray(Int32Array, count),
    rate: sharedArray(Float32Array, count),
    homeDistanceKm: sharedArray(Float32Array, count),
  };
}

/** Adds the `count` customers of one place from index `first`. */
function settlePlace(
  seed: number,
  homes: Homes,
  place: number,
  count: number,
  columns: Columns,
  first: number,
): void {
  const { id } = homes.places[place];
  for (let number = 0; number < count; number++) {
    const index = first + number;
    homes.find(place, hash32(seed, HOME, id, number));
    const traits = hash32(seed, TRAITS, id, number);
    const nature = hash32(seed, NATURE, id, number);
    const segment = segmentOf((traits & 0xffff) / 65_536);
    columns.geographyId[index] = id;
    columns.homeStoreId[index] = homes.storeId;
    columns.homeDistanceKm[index] = homes.storeKm;
    columns.segment[index] = segment;
    columns.loyalty[index] = (traits >>> 16) / 65_536 < LOYALTY_CHANCE[segment] ? 1 : 0;
    columns.nature[index] = nature;
    columns.rate[index] = purchaseRate(nature);
  }
}

function segmentOf(unit: number): number {
  let left = unit;
  for (let segment = 0; segment < SEGMENT_SHARES.length - 1; segment++) {
    left -= SEGMENT_SHARES[segment];
    if (left < 0) return segment;
  }
  return SEGMENT_SHARES.length - 1;
}
