/**
 * What stands on shelves and in the centers when the world opens: a pure function of node and product.
 *
 * Centers carry everything. A store carries the popular products always and the others the more likely
 * the larger it is; and each product stands in at least one store of each region. Popular products get
 * the upper part of the configured ranges. Products yet to be launched wait in the back room.
 */
import { hash32, hashUnit, mix, purposeKey } from '../engine/substream.ts';
import type { Config } from './config.ts';
import type { OpeningStock, Products, Store } from './world.ts';

/** Share of a department's products, from the top, that every store carries. */
const HEAD_SHARE = 0.3;
/** Chance that a store carries the least popular product, by size (small, medium, large). */
const TAIL_CHANCE = [0.35, 0.5, 0.65] as const;
/** How far popularity decides the place within a range; the rest is chance. */
const SKEW = 0.65;

const CARRIED = purposeKey('stock', 'carried');
const KEEPER = purposeKey('stock', 'keeper');
const STORE_UNITS = purposeKey('stock', 'store-units');
const DC_UNITS = purposeKey('stock', 'dc-units');

interface Range {
  readonly min: number;
  readonly max: number;
}

export class OpeningStocks {
  private readonly seed: number;
  private readonly products: Products;
  private readonly volume: Config['volume'];
  /** Standing by popularity within the department: 0 for the first, towards 1 for the last. */
  private readonly standing: Float64Array;

  constructor(config: Config, products: Products) {
    this.seed = config.seed;
    this.volume = config.volume;
    this.products = products;
    this.standing = standings(products);
  }

  /** @param region all stores of the store's region, in the order of ids */
  ofStore(store: Store, region: readonly Store[]): OpeningStock {
    const v = this.volume;
    const position = region.indexOf(store);
    const tail = TAIL_CHANCE[store.size];
    return this.stock(
      mix(STORE_UNITS ^ store.id),
      { min: v.store_initial_inventory_min, max: v.store_initial_inventory_max },
      { min: v.store_reorder_point_min, max: v.store_reorder_point_max },
      (index) => {
        const behind = (this.standing[index] - HEAD_SHARE) / (1 - HEAD_SHARE);
        if (behind <= 0) return true;
        const keeper = (hash32(this.seed, KEEPER, store.dcId, index) >>> 0) % region.length;
        if (keeper === position) return true;
        return hashUnit(this.seed, CARRIED, store.id, index) < 1 - behind * (1 - tail);
      },
    );
  }

  ofDc(dcId: number): OpeningStock {
    const v = this.volume;
    return this.stock(
      mix(DC_UNITS ^ dcId),
      { min: v.dc_initial_inventory_min, max: v.dc_initial_inventory_max },
      { min: v.dc_reorder_point_min, max: v.dc_reorder_point_max },
      () => true,
    );
  }

  private stock(
    key: number,
    units: Range,
    reorderPoint: Range,
    carries: (index: number) => boolean,
  ): OpeningStock {
    const { count } = this.products;
    const stock = {
      units: new Int32Array(count).fill(-1),
      reorderPoint: new Int32Array(count),
    };
    for (let index = 0; index < count; index++) {
      if (!carries(index)) continue;
      const chance = hash32(this.seed, key, index);
      const popular = (1 - this.standing[index]) * SKEW;
      const high = popular + ((chance & 0xffff) / 65_536) * (1 - SKEW);
      const alert = popular + ((chance >>> 16) / 65_536) * (1 - SKEW);
      stock.units[index] = units.min + Math.floor(high * (units.max - units.min + 1));
      stock.reorderPoint[index] =
        reorderPoint.min + Math.floor(alert * (reorderPoint.max - reorderPoint.min + 1));
    }
    return stock;
  }
}

function standings({ count, department, popularity }: Products): Float64Array {
  const byDepartment = new Map<number, number[]>();
  for (let index = 0; index < count; index++) {
    const members = byDepartment.get(department[index]) ?? [];
    members.push(index);
    byDepartment.set(department[index], members);
  }
  const standing = new Float64Array(count);
  for (const members of byDepartment.values()) {
    members.sort((a, b) => popularity[b] - popularity[a] || a - b);
    for (const [rank, index] of members.entries()) standing[index] = rank / members.length;
  }
  return standing;
}
