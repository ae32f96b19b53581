import { describe, expect, it } from 'vitest';
import { coverDays } from '../../src/world/opening-cover.ts';
import type { OpeningStock, World } from '../../src/world/world.ts';
import { smallWorld } from './fixtures.ts';

const world = smallWorld({ stores: 7, dcs: 2 });
/** The ranges of the original system. */
const RANGES = {
  dc_initial_inventory_min: 500,
  dc_initial_inventory_max: 5000,
  store_initial_inventory_min: 20,
  store_initial_inventory_max: 200,
  dc_reorder_point_min: 50,
  dc_reorder_point_max: 500,
  store_reorder_point_min: 5,
  store_reorder_point_max: 50,
} as const;

const stocksOfDcs = ({ dcs, openingDcStock }: World) => dcs.map(({ id }) => openingDcStock(id));
const stocksOfStores = ({ regions, openingStoreStock }: World) =>
  regions.flatMap(({ stores }) => stores.map(({ id }) => openingStoreStock(id)));
const sumOf = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0);

describe('opening stock that follows demand', () => {
  it('lasts for weeks at centers and for days in stores', () => {
    expect(coverDays(stocksOfDcs(world))).toBeGreaterThan(12);
    expect(coverDays(stocksOfDcs(world))).toBeLessThan(28);
    expect(coverDays(stocksOfStores(world))).toBeGreaterThan(3);
    expect(coverDays(stocksOfStores(world))).toBeLessThan(8);
  });

  it('lasts longer where orders cover more days: by about half of them', () => {
    const at = (cover: object) => smallWorld({ stores: 4, dcs: 2, ...cover });
    const dcs = [4, 28].map((days) => coverDays(stocksOfDcs(at({ dc_cover_days: days }))));
    expect((dcs[1] - dcs[0]) / 24).toBeGreaterThan(0.35);
    expect((dcs[1] - dcs[0]) / 24).toBeLessThan(0.75);
    // In stores a case is often more than half a day.
    const stores = [0.5, 8].map((days) =>
      coverDays(stocksOfStores(at({ store_cover_days: days }))),
    );
    expect((stores[1] - stores[0]) / 7.5).toBeGreaterThan(0.2);
    expect((stores[1] - stores[0]) / 7.5).toBeLessThan(0.75);
  });

  it('is in its cycle: positions between nothing and order-up-to level, few of them at nothing', () => {
    for (const stock of stocksOfStores(world)) {
      let empty = 0;
      let carried = 0;
      for (const [product, units] of stock.units.entries()) {
        if (units < 0 || world.products.launchMs[product] > world.startMs) continue;
        carried++;
        if (units === 0) empty++;
        // Reorder point, what an order covers, and a case: in a week of offers several times everyday demand.
        const most = 8 + stock.reorderPoint[product] + 30 * stock.forecast[product];
        expect(units).toBeLessThanOrEqual(most + 2 * world.products.casePack[product]);
      }
      expect(empty / carried).toBeLessThan(0.06);
    }
  });

  it('has lead times of demand on order at suppliers, some of it on the road', () => {
    for (const stock of stocksOfDcs(world)) {
      const onOrder = sumOf(stock.orders.map(({ units }) => units));
      const days = onOrder / sumOf(stock.demand);
      // Suppliers take 1 to 4 days, the road one more; the orders of the evening are still to come.
      expect(days).toBeGreaterThan(1.5);
      expect(days).toBeLessThan(6);
      const due = stock.orders.map(({ dueDays }) => dueDays);
      expect(due.filter((wait) => wait === 0).length / due.length).toBeGreaterThan(0.1);
      expect(due.filter((wait) => wait === 0).length / due.length).toBeLessThan(0.5);
      expect(Math.max(...due)).toBeLessThan(8);
    }
  });

  it('has no stock of what is not launched yet, and a reorder point for when it is', () => {
    const later = [...world.products.launchMs.keys()].filter(
      (product) => world.products.launchMs[product] > world.startMs,
    );
    expect(later.length).toBeGreaterThan(100);
    for (const stock of stocksOfDcs(world)) {
      expect(later.every((product) => stock.units[product] === 0)).toBe(true);
      expect(later.every((product) => stock.reorderPoint[product] > 0)).toBe(true);
    }
  });

  it('has least reorder points: a quarter of the opening ones, at least one', () => {
    const { reorderPoint, leastReorderPoint } = world.openingDcStock(1);
    for (const [product, point] of reorderPoint.entries()) {
      expect(leastReorderPoint[product]).toBe(Math.max(1, Math.round(point / 4)));
    }
  });

  it('has every product in some store of each region, popular ones in all', () => {
    const { products } = world;
    for (const region of world.regions) {
      const stocks = region.stores.map((store) => world.openingStoreStock(store.id).units);
      for (let index = 0; index < products.count; index++) {
        expect(stocks.some((units) => units[index] >= 0)).toBe(true);
      }
      const best = products.popularity.indexOf(Math.max(...products.popularity));
      expect(stocks.every((units) => units[best] >= 0)).toBe(true);
    }
  });

  it('gives larger stores more of the tail', () => {
    const carried = [0, 1, 2].map((size) => {
      const store = world.stores.find((candidate) => candidate.size === size);
      return world.openingStoreStock(store?.id ?? 0).units.filter((value) => value >= 0).length;
    });
    expect(carried[0]).toBeLessThan(carried[1]);
    expect(carried[1]).toBeLessThan(carried[2]);
    expect(carried[0]).toBeGreaterThan(0.5 * world.products.count);
    expect(carried[2]).toBeLessThan(world.products.count);
  });

  it('is the same whenever asked, and in other regions when a store is added', () => {
    const third = structuredClone(world.openingStoreStock(3));
    world.openingDcStock(world.stores[2].dcId === 1 ? 2 : 1);
    expect(world.openingStoreStock(3)).toEqual(third);
    const more = smallWorld({ stores: 8, dcs: 2 });
    const changed = more.stores[7].dcId;
    for (const store of world.stores.filter(({ dcId }) => dcId !== changed)) {
      expect(more.openingStoreStock(store.id)).toEqual(world.openingStoreStock(store.id));
    }
    const same = changed === 1 ? 2 : 1;
    expect(more.openingDcStock(same)).toEqual(world.openingDcStock(same));
  });
});

describe('opening stock in ranges that the config sets', () => {
  const ranged = smallWorld({ stores: 7, dcs: 2, ...RANGES });

  it('lies in them, and reorder points never fall below the opening ones', () => {
    const within = (stock: OpeningStock, units: [number, number], points: [number, number]) => {
      for (const [index, value] of stock.units.entries()) {
        if (value === -1) continue;
        expect(value).toBeGreaterThanOrEqual(units[0]);
        expect(value).toBeLessThanOrEqual(units[1]);
        expect(stock.reorderPoint[index]).toBeGreaterThanOrEqual(points[0]);
        expect(stock.reorderPoint[index]).toBeLessThanOrEqual(points[1]);
      }
      expect(stock.leastReorderPoint).toEqual(stock.reorderPoint);
      expect(stock.orders).toEqual([]);
    };
    for (const stock of stocksOfDcs(ranged)) within(stock, [500, 5000], [50, 500]);
    for (const stock of stocksOfStores(ranged)) within(stock, [20, 200], [5, 50]);
  });

  it('uses the whole of a range, and one value if the range has one', () => {
    const values = (of: World) => [...of.openingDcStock(1).units];
    expect(Math.min(...values(ranged))).toBeLessThan(800);
    expect(Math.max(...values(ranged))).toBeGreaterThan(4700);
    const flat = smallWorld({ dc_initial_inventory_min: 900, dc_initial_inventory_max: 900 });
    expect(new Set(values(flat))).toEqual(new Set([900]));
  });

  it('is more for popular products', () => {
    const { popularity, count } = ranged.products;
    const { units } = ranged.openingDcStock(1);
    const order = [...units.keys()].sort((a, b) => popularity[b] - popularity[a]);
    const mean = (indices: number[]) =>
      indices.reduce((sum, index) => sum + units[index], 0) / indices.length;
    expect(mean(order.slice(0, count / 10))).toBeGreaterThan(1.5 * mean(order.slice(-count / 10)));
  });

  it('comes with notes that name the days of cover', () => {
    const days = coverDays(stocksOfDcs(ranged));
    expect(days).toBeGreaterThan(300);
    expect(ranged.warnings).toEqual([
      `The opening stock of 500 to 5,000 units a product covers ${Math.round(days)} days of demand at the distribution centers: remove volume.dc_initial_inventory_min and volume.dc_initial_inventory_max, and it follows demand.`,
      expect.stringMatching(
        /^The opening stock of 20 to 200 units a product covers \d+ days of demand at the stores: /,
      ),
    ]);
    expect(world.warnings).toEqual([]);
  });
});
