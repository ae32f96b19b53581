/**
 * Which customers shop at which store: Huff's model. The odds that a customer picks a store grow with its size and
 * fall with the square of the distance; a customer's share of a store's visits is proportional to these odds
 * and to the customer's purchase rate (NBD).
 */
import { greatCircleKm } from '../world/distance.ts';
import type { RegionPlan, World } from '../world/world.ts';

/** Number of stores that a customer considers. */
const CONSIDERED = 4;
/** Minimum distance: all stores within it count as equally near. */
const NEAR_KM = 2;

export interface Catchment {
  /** Indices of patrons in the region. */
  readonly patrons: Int32Array;
  readonly odds: Float32Array;
}

/** Returns the catchment of each of a region's stores. */
export function catchments(world: World, plan: RegionPlan): Catchment[] {
  const { customers } = world;
  const attraction = new Map<number, { store: number; pull: number }[]>();
  const considered = (geographyId: number) => {
    let list = attraction.get(geographyId);
    if (list === undefined) {
      list = storesConsidered(world, plan, geographyId);
      attraction.set(geographyId, list);
    }
    return list;
  };
  const sizes = new Int32Array(plan.stores.length);
  const first = plan.firstCustomerId - 1;
  for (let patron = 0; patron < plan.customerCount; patron++) {
    for (const { store } of considered(customers.geographyId[first + patron])) sizes[store]++;
  }
  const areas = plan.stores.map((_, store) => ({
    patrons: new Int32Array(Math.max(1, sizes[store])),
    odds: new Float32Array(Math.max(1, sizes[store])),
    filled: 0,
  }));
  for (let patron = 0; patron < plan.customerCount; patron++) {
    const rate = customers.rate[first + patron];
    for (const { store, pull } of considered(customers.geographyId[first + patron])) {
      const area = areas[store];
      area.patrons[area.filled] = patron;
      area.odds[area.filled++] = rate * pull;
    }
  }
  for (const area of areas) {
    // A store without customers nearby still draws from the region's customers.
    if (area.filled === 0) area.odds[0] = 1;
  }
  return areas;
}

function storesConsidered(world: World, plan: RegionPlan, geographyId: number) {
  const home = world.geographies[geographyId - 1];
  const options = plan.stores.map((store, index) => {
    const km = greatCircleKm(home, store);
    const reach = Math.max(NEAR_KM, km);
    return { store: index, km, pull: store.visitsPerDay / (reach * reach) };
  });
  options.sort((a, b) => a.km - b.km || a.store - b.store);
  const nearest = options.slice(0, CONSIDERED);
  const total = nearest.reduce((sum, option) => sum + option.pull, 0);
  return nearest.map(({ store, pull }) => ({ store, pull: pull / total }));
}
