/**
 * Where a region's customers live: its places, each as likely as it has people, is near to stores, and stores have
 * room for it; and the homes in a place.
 */
import { greatCircleKm, offsetKm } from './distance.ts';
import { storesConsidered } from './store-choice.ts';
import { placeRadiusKm } from './store-sites.ts';
import type { Geography, Store } from './world.ts';

/** Distance to the nearest store at which a place has half as many customers as next to the store. */
const REACH_KM = 25;
/** Rounds of fitting the places' weights to the stores' sizes; the weights change by less than 1 % after them. */
const ROUNDS = 30;

interface NearStore {
  readonly id: number;
  readonly northKm: number;
  readonly eastKm: number;
}

export class Homes {
  readonly places: readonly Geography[];
  /** How likely a customer lives in each place. */
  readonly weights: readonly number[];
  private readonly stores: readonly Store[];
  private readonly near: (readonly NearStore[] | undefined)[] = [];
  private readonly cumulated: Float64Array;
  /** The nearest store to the home that was looked up last, and its distance. */
  storeId = 0;
  storeKm = 0.5;

  /** @param stores of the region, at least one */
  constructor(places: readonly Geography[], stores: readonly Store[]) {
    this.places = places;
    this.stores = stores;
    this.weights = fittedToStores(
      places.map((place) => place.population * nearness(place, stores)),
      places,
      stores,
    );
    let sum = 0;
    this.cumulated = Float64Array.from(this.weights, (weight) => {
      sum += weight;
      return sum;
    });
  }

  /** Returns the index of the place at a point in [0, 1) of all weights. */
  placeAt(unit: number): number {
    const { cumulated } = this;
    const wanted = unit * cumulated[cumulated.length - 1];
    let low = 0;
    let high = cumulated.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulated[middle] > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Looks up the store nearest to a home: sets `storeId` and `storeKm`. @param home 32 random bits */
  find(place: number, home: number): void {
    const radiusKm = placeRadiusKm(this.places[place]);
    const eastKm = (((home & 0xffff) + 0.5) / 32_768 - 1) * radiusKm;
    const northKm = (((home >>> 16) + 0.5) / 32_768 - 1) * radiusKm;
    let bestSquare = Number.POSITIVE_INFINITY;
    for (const store of this.nearStores(place, radiusKm)) {
      const east = store.eastKm - eastKm;
      const north = store.northKm - northKm;
      const square = east * east + north * north;
      if (square < bestSquare) {
        bestSquare = square;
        this.storeId = store.id;
      }
    }
    this.storeKm = Math.sqrt(bestSquare);
  }

  /** Returns the stores that can be nearest to a home in the place, seen from its middle. */
  private nearStores(place: number, radiusKm: number): readonly NearStore[] {
    let near = this.near[place];
    if (near === undefined) {
      const seen = this.stores.map(({ id, ...point }) => {
        const { northKm, eastKm } = offsetKm(this.places[place], point);
        return { id, northKm, eastKm, km: Math.sqrt(northKm * northKm + eastKm * eastKm) };
      });
      const nearestKm = Math.min(...seen.map(({ km }) => km));
      // Homes fill a square, whose corners are 1.5 radii from the middle.
      near = seen.filter(({ km }) => km <= nearestKm + 3 * radiusKm);
      this.near[place] = near;
    }
    return near;
  }
}

function nearness(place: Geography, stores: readonly Store[]): number {
  const km = Math.min(...stores.map((store) => greatCircleKm(place, store)));
  return 1 / (1 + (km * km) / (REACH_KM * REACH_KM));
}

/**
 * Fits the weights of places so that each store draws as many of their people as it has visits (iterative
 * proportional fitting): chains build stores as large as their surroundings need.
 */
function fittedToStores(
  first: readonly number[],
  places: readonly Geography[],
  stores: readonly Store[],
): number[] {
  const pulls = places.map((place) => storesConsidered(place, stores));
  let weights = [...first];
  for (let round = 0; round < ROUNDS; round++) {
    const drawn = stores.map(() => 0);
    for (const [index, weight] of weights.entries()) {
      for (const { store, pull } of pulls[index]) drawn[store] += weight * pull;
    }
    const lift = stores.map(({ visitsPerDay }, store) => visitsPerDay / drawn[store]);
    weights = weights.map((weight, index) =>
      pulls[index].reduce((sum, { store, pull }) => sum + weight * pull * lift[store], 0),
    );
  }
  return weights;
}
