/**
 * Where customers live: by region, geography and number, all in typed arrays.
 *
 * A region's share of the customers depends only on its people; within the region they are more likely to live
 * near its stores. So one more store changes no other region's customers, nor their ids. A
 * customer's properties are hashed from their place and number there, in any order.
 */
import { sharedArray } from '../engine/shared-arrays.ts';
import { hash32, hashUnit, purposeKey } from '../engine/substream.ts';
import { SEGMENT_SHARES } from '../policy/segments.ts';
import { apportion } from './apportion.ts';
import { greatCircleKm, offsetKm } from './distance.ts';
import { GammaQuantile } from './gamma-quantile.ts';
import { requireCustomerRoom } from './limits.ts';
import { placeRadiusKm } from './store-sites.ts';
import type { Customers, Geography, Store } from './world.ts';

/** Customers, and how many live in each region, in the order of the regions. */
export interface Population {
  readonly customers: Customers;
  readonly countByRegion: readonly number[];
}

/** Loyalty cards by segment (budget, convenience, quality, loyal): 61 % over all. */
const LOYALTY_CHANCE = [0.55, 0.45, 0.6, 0.95] as const;
/** Shape of the purchase rates' gamma distribution: a few customers come often, most now and then (NBD). */
const RATE_SHAPE = 1.6;
/** Distance to the nearest store at which a place has half as many customers as next to the store. */
const REACH_KM = 25;

const HOME = purposeKey('customer', 'home');
const TRAITS = purposeKey('customer', 'traits');
const RATE = purposeKey('customer', 'rate');

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
    const stores = storesByRegion[region];
    const counts = apportion(
      countByRegion[region],
      places.map((place) => place.population * nearness(place, stores)),
    );
    for (const [index, place] of places.entries()) {
      settlePlace(seed, place, stores, counts[index], columns, next);
      next += counts[index];
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
    rate: sharedArray(Float32Array, count),
    homeDistanceKm: sharedArray(Float32Array, count),
  };
}

function nearness(place: Geography, stores: readonly Store[]): number {
  const km = Math.min(...stores.map((store) => greatCircleKm(place, store)));
  return 1 / (1 + (km * km) / (REACH_KM * REACH_KM));
}

const rates = new GammaQuantile(RATE_SHAPE);

/** Adds the `count` customers of one place from index `first`. */
function settlePlace(
  seed: number,
  place: Geography,
  stores: readonly Store[],
  count: number,
  columns: Columns,
  first: number,
): void {
  const radiusKm = placeRadiusKm(place);
  const near = nearStores(place, stores, radiusKm);
  for (let number = 0; number < count; number++) {
    const index = first + number;
    const home = hash32(seed, HOME, place.id, number);
    const eastKm = (((home & 0xffff) + 0.5) / 32_768 - 1) * radiusKm;
    const northKm = (((home >>> 16) + 0.5) / 32_768 - 1) * radiusKm;
    let bestSquare = Number.POSITIVE_INFINITY;
    for (const store of near) {
      const east = store.eastKm - eastKm;
      const north = store.northKm - northKm;
      const square = east * east + north * north;
      if (square < bestSquare) {
        bestSquare = square;
        columns.homeStoreId[index] = store.id;
      }
    }
    const traits = hash32(seed, TRAITS, place.id, number);
    const segment = segmentOf((traits & 0xffff) / 65_536);
    columns.geographyId[index] = place.id;
    columns.segment[index] = segment;
    columns.loyalty[index] = (traits >>> 16) / 65_536 < LOYALTY_CHANCE[segment] ? 1 : 0;
    columns.rate[index] = rates.at(hashUnit(seed, RATE, place.id, number));
    columns.homeDistanceKm[index] = Math.sqrt(bestSquare);
  }
}

/** Returns the stores that can be nearest to a home in the place, seen from its middle. */
function nearStores(place: Geography, stores: readonly Store[], radiusKm: number) {
  const seen = stores.map(({ id, ...point }) => {
    const { northKm, eastKm } = offsetKm(place, point);
    return { id, northKm, eastKm, km: Math.sqrt(northKm * northKm + eastKm * eastKm) };
  });
  const nearestKm = Math.min(...seen.map(({ km }) => km));
  // Homes fill a square, whose corners are 1.5 radii from the middle.
  return seen.filter(({ km }) => km <= nearestKm + 3 * radiusKm);
}

function segmentOf(unit: number): number {
  let left = unit;
  for (let segment = 0; segment < SEGMENT_SHARES.length - 1; segment++) {
    left -= SEGMENT_SHARES[segment];
    if (left < 0) return segment;
  }
  return SEGMENT_SHARES.length - 1;
}
