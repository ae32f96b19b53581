/**
 * Which households shop at which of a region's stores, and how often: a household's main store takes most of its
 * trips, the other stores that it uses share the rest by Huff's odds. A household's share of a store's visits is
 * proportional to its purchase rate (NBD), its present custom and its share of trips to that store.
 */
import { AliasTable } from '../engine/variates.ts';
import { mainStoreShare, mainStoreStanding, storesUsed } from '../policy/household-stores.ts';
import type { StorePull } from '../world/store-choice.ts';

/** A store's potential visitors: indices of patrons in the region, and the odds of each. */
export interface Catchment {
  readonly patrons: Int32Array;
  readonly odds: AliasTable;
}

/** What the catchments depend on, by patron. */
export interface Shoppers {
  readonly count: number;
  nature(patron: number): number;
  /** Relative rate of visits at present; 0 for who does not come. */
  rate(patron: number): number;
  /** The stores that people of the patron's place consider, nearest first. */
  considered(patron: number): readonly StorePull[];
}

/** Returns the catchment of each of `stores` stores. */
export function catchments(shoppers: Shoppers, stores: number): Catchment[] {
  const sizes = new Int32Array(stores);
  forEachUse(shoppers, (_patron, store) => sizes[store]++);
  const areas = Array.from(sizes, (size) => ({
    patrons: new Int32Array(Math.max(1, size)),
    odds: new Float32Array(Math.max(1, size)),
    filled: 0,
  }));
  forEachUse(shoppers, (patron, store, odds) => {
    const area = areas[store];
    area.patrons[area.filled] = patron;
    area.odds[area.filled++] = odds;
  });
  return areas.map(({ patrons, odds, filled }) => {
    // A store without customers nearby still draws from the region's customers.
    if (filled === 0) odds[0] = 1;
    return { patrons, odds: new AliasTable(odds) };
  });
}

/** Calls back for each store that each household uses, with the odds of its visits. */
function forEachUse(
  shoppers: Shoppers,
  use: (patron: number, store: number, odds: number) => void,
): void {
  for (let patron = 0; patron < shoppers.count; patron++) {
    const rate = shoppers.rate(patron);
    if (rate === 0) continue;
    const nature = shoppers.nature(patron);
    const considered = shoppers.considered(patron);
    const main = mainStore(considered, mainStoreStanding(nature));
    const others = Math.min(storesUsed(nature), considered.length) - 1;
    const share = others > 0 ? mainStoreShare(nature) : 1;
    use(patron, considered[main].store, rate * share);
    if (others <= 0) continue;
    const last = main <= others ? others : others - 1;
    let pulls = 0;
    for (let at = 0; at <= last; at++) if (at !== main) pulls += considered[at].pull;
    for (let at = 0; at <= last; at++) {
      if (at === main) continue;
      const { store, pull } = considered[at];
      use(patron, store, (rate * (1 - share) * pull) / pulls);
    }
  }
}

/** Returns the place in the list of the main store of the household with a standing among its neighbours. */
function mainStore(considered: readonly StorePull[], standing: number): number {
  let left = standing;
  for (let at = 0; at < considered.length - 1; at++) {
    left -= considered[at].pull;
    if (left < 0) return at;
  }
  return considered.length - 1;
}
