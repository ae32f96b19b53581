/**
 * The stock of stores and centers when the world opens: a pure function of the region and its products.
 *
 * Centers carry everything, stores what carried.ts says. Unless the config sets ranges (opening-ranges.ts), each
 * product is where its replenishment has brought it in the weeks before (warm-up.ts). What is not launched yet is ordered
 * in time for its launch.
 */
import { leastReorderPoint } from '../policy/replenishment.ts';
import { mix, purposeKey } from '../engine/substream.ts';
import { carriedAt } from './carried.ts';
import { dcOnlineDemand, storeDemand } from './expected-demand.ts';
import { OpeningRanges, type RangeName, rangeOf } from './opening-ranges.ts';
import { standings } from './standings.ts';
import { WarmUp } from './warm-up.ts';
import type { OpeningOrder, OpeningStock, RegionPlan, Store, WorldData } from './world.ts';

const STORE_UNITS = purposeKey('stock', 'store-units');
const DC_UNITS = purposeKey('stock', 'dc-units');

/** Products times nodes that are kept: about 20 MB. To ask for the nodes of one region after those of another is quick anyway. */
const KEPT_BALANCES = 500_000;

/** The opening stock of the nodes of a region. */
interface RegionStock {
  readonly stores: ReadonlyMap<number, OpeningStock>;
  readonly dc: OpeningStock;
}

/** A node's opening stock while it is made. */
type StockInMaking = { readonly [Key in keyof OpeningStock]: OpeningStock[Key] } & {
  readonly orders: OpeningOrder[];
};

export class OpeningStocks {
  private readonly world: WorldData;
  private readonly standing: Float64Array;
  private readonly ranges: OpeningRanges;
  /** Of the regions asked for last, by DC: as many as fit, and at least one. */
  private readonly kept = new Map<number, RegionStock>();
  private keptBalances = 0;

  constructor(world: WorldData) {
    this.world = world;
    this.standing = standings(world.products);
    this.ranges = new OpeningRanges(world.seed, this.standing);
  }

  ofStore(store: Store): OpeningStock {
    return this.ofRegion(store.dcId).stores.get(store.id) as OpeningStock;
  }

  ofDc(dcId: number): OpeningStock {
    return this.ofRegion(dcId).dc;
  }

  private ofRegion(dcId: number): RegionStock {
    const kept = this.kept.get(dcId);
    if (kept !== undefined) return kept;
    const region = this.world.regions[dcId - 1];
    const balances = (region.stores.length + 1) * this.world.products.count;
    if (this.keptBalances + balances > KEPT_BALANCES) {
      this.kept.clear();
      this.keptBalances = 0;
    }
    const made = this.make(region);
    this.kept.set(dcId, made);
    this.keptBalances += balances;
    return made;
  }

  private make(region: RegionPlan): RegionStock {
    const { world, standing } = this;
    const stores = region.stores.map((store) => {
      const carried = carriedAt(world.seed, store, region.stores, standing);
      return emptyStock(storeDemand(world, region, store, carried), carried);
    });
    const everything = new Uint8Array(world.products.count).fill(1);
    const dc = emptyStock(dcOnlineDemand(world, region), everything);
    const warmUp = new WarmUp(world, region, stores, dc);
    const { volume } = world.config;
    const isRanged =
      rangeOf(volume, 'dc_initial_inventory') !== undefined &&
      rangeOf(volume, 'store_initial_inventory') !== undefined;
    for (let product = 0; product < world.products.count; product++) {
      if (isRanged) warmUp.plan(product);
      else warmUp.run(product);
    }
    for (const { demand } of stores) {
      for (let product = 0; product < demand.length; product++)
        dc.demand[product] += demand[product];
    }
    stores.forEach((stock, index) => {
      this.applyRanges(stock, 'store', mix(STORE_UNITS ^ region.stores[index].id));
    });
    this.applyRanges(dc, 'dc', mix(DC_UNITS ^ region.id));
    const byId = new Map(region.stores.map(({ id }, index) => [id, stores[index]]));
    return { stores: byId, dc };
  }

  /** Sets least reorder points, and what the config sets ranges for. */
  private applyRanges(stock: StockInMaking, node: 'store' | 'dc', key: number): void {
    const { volume } = this.world.config;
    const range = (name: RangeName) => rangeOf(volume, name);
    const inventory = range(`${node}_initial_inventory`);
    const points = range(`${node}_reorder_point`);
    for (let product = 0; product < stock.units.length; product++) {
      if (stock.units[product] < 0) continue;
      const point = stock.reorderPoint[product];
      const ranged = points && this.ranges.pointIn(points, key, product);
      stock.reorderPoint[product] = ranged ?? point;
      stock.leastReorderPoint[product] = ranged ?? leastReorderPoint(point);
      if (inventory !== undefined) {
        stock.units[product] = this.ranges.unitsIn(inventory, key, product);
      }
    }
    if (inventory !== undefined) stock.orders.length = 0;
  }
}

function emptyStock(forecast: Float64Array, carried: Uint8Array): StockInMaking {
  return {
    units: Int32Array.from(carried, (carries) => carries - 1),
    reorderPoint: new Int32Array(carried.length),
    leastReorderPoint: new Int32Array(carried.length),
    demand: Float64Array.from(forecast),
    forecast,
    demandToday: new Int32Array(carried.length),
    orders: [],
  };
}
