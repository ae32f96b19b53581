/**
 * The stock of stores and centers when the world opens: a pure function of node and product.
 *
 * Centers carry everything. A store always carries the popular products, and the others more likely the
 * larger it is; and at least one store of each region carries each product. Popular products get
 * the upper part of the configured ranges. Products not launched yet wait in the back room.
 */
import { hashEnd, hashStart, hashWith, mix, purposeKey } from '../engine/substream.ts';
import type { Config } from './config.ts';
import type { OpeningStock, Products, Store } from './world.ts';

/** Share of a department's products, from the top, that every store carries. */
const HEAD_SHARE = 0.3;
/** Chance that a store carries the least popular product, by size (small, medium, large). */
const TAIL_CHANCE = [0.35, 0.5, 0.65] as const;
/** How much popularity decides the place within a range; the rest is random. */
const SKEW = 0.65;
const UINT32_SPAN = 2 ** 32;

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
  private readonly count: number;
  private readonly volume: Config['volume'];
  /** Distance of a product from those that every store carries: below 0 for these, towards 1 for the last. */
  private readonly behind: Float64Array;
  /** What popularity adds to the place within a range, 0 to SKEW. */
  private readonly lead: Float64Array;

  constructor(config: Config, products: Products) {
    this.seed = config.seed;
    this.volume = config.volume;
    this.count = products.count;
    const standing = standings(products);
    this.behind = standing.map((value) => (value - HEAD_SHARE) / (1 - HEAD_SHARE));
    this.lead = standing.map((value) => (1 - value) * SKEW);
  }

  /** @param region all stores of the store's region, in the order of ids */
  ofStore(store: Store, region: readonly Store[]): OpeningStock {
    const v = this.volume;
    return this.stock(
      mix(STORE_UNITS ^ store.id),
      { min: v.store_initial_inventory_min, max: v.store_initial_inventory_max },
      { min: v.store_reorder_point_min, max: v.store_reorder_point_max },
      this.carriedAt(store, region),
    );
  }

  ofDc(dcId: number): OpeningStock {
    const v = this.volume;
    return this.stock(
      mix(DC_UNITS ^ dcId),
      { min: v.dc_initial_inventory_min, max: v.dc_initial_inventory_max },
      { min: v.dc_reorder_point_min, max: v.dc_reorder_point_max },
      new Uint8Array(this.count).fill(1),
    );
  }

  /** 1 for each product that a store carries. */
  private carriedAt(store: Store, region: readonly Store[]): Uint8Array {
    const { seed, count, behind } = this;
    const carried = new Uint8Array(count);
    const position = region.indexOf(store);
    const drop = 1 - TAIL_CHANCE[store.size];
    const keeper = hashWith(hashStart(seed, KEEPER), store.dcId);
    const chance = hashWith(hashStart(seed, CARRIED), store.id);
    for (let index = 0; index < count; index++) {
      carried[index] =
        behind[index] <= 0 ||
        (hashEnd(keeper, index) >>> 0) % region.length === position ||
        (hashEnd(chance, index) >>> 0) / UINT32_SPAN < 1 - behind[index] * drop
          ? 1
          : 0;
    }
    return carried;
  }

  private stock(key: number, units: Range, reorderPoint: Range, carried: Uint8Array): OpeningStock {
    const { count, lead } = this;
    const stock = {
      units: new Int32Array(count).fill(-1),
      reorderPoint: new Int32Array(count),
    };
    const start = hashStart(this.seed, key);
    const unitSpan = units.max - units.min + 1;
    const pointSpan = reorderPoint.max - reorderPoint.min + 1;
    for (let index = 0; index < count; index++) {
      if (carried[index] === 0) continue;
      const chance = hashEnd(hashWith(start, index), 0);
      const high = lead[index] + ((chance & 0xffff) / 65_536) * (1 - SKEW);
      const alert = lead[index] + ((chance >>> 16) / 65_536) * (1 - SKEW);
      stock.units[index] = units.min + Math.floor(high * unitSpan);
      stock.reorderPoint[index] = reorderPoint.min + Math.floor(alert * pointSpan);
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
