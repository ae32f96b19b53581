import { describe, expect, it } from 'vitest';
import { smallWorld } from './fixtures.ts';

const world = smallWorld({ stores: 7, dcs: 2 });

describe('opening stock', () => {
  it('lies in the configured ranges, at centers for every product', () => {
    for (const dc of world.dcs) {
      const { units, reorderPoint } = world.openingDcStock(dc.id);
      expect(units.every((value) => value >= 500 && value <= 5000)).toBe(true);
      expect(reorderPoint.every((value) => value >= 50 && value <= 500)).toBe(true);
    }
    for (const store of world.stores) {
      const { units, reorderPoint } = world.openingStoreStock(store.id);
      for (const [index, value] of units.entries()) {
        if (value === -1) continue;
        expect(value).toBeGreaterThanOrEqual(20);
        expect(value).toBeLessThanOrEqual(200);
        expect(reorderPoint[index]).toBeGreaterThanOrEqual(5);
        expect(reorderPoint[index]).toBeLessThanOrEqual(50);
      }
    }
  });

  it('uses the whole of a range, and one value if the range has one', () => {
    const values = (world: ReturnType<typeof smallWorld>) => [...world.openingDcStock(1).units];
    expect(Math.min(...values(world))).toBeLessThan(800);
    expect(Math.max(...values(world))).toBeGreaterThan(4700);
    const flat = smallWorld({ dc_initial_inventory_min: 900, dc_initial_inventory_max: 900 });
    expect(new Set(values(flat))).toEqual(new Set([900]));
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

  it('is more for popular products', () => {
    const { popularity, count } = world.products;
    const { units } = world.openingDcStock(1);
    const order = [...units.keys()].sort((a, b) => popularity[b] - popularity[a]);
    const mean = (indices: number[]) =>
      indices.reduce((sum, index) => sum + units[index], 0) / indices.length;
    expect(mean(order.slice(0, count / 10))).toBeGreaterThan(1.5 * mean(order.slice(-count / 10)));
  });

  it('is the same whenever asked, and in other regions when a store is added', () => {
    expect(world.openingStoreStock(3)).toEqual(world.openingStoreStock(3));
    const more = smallWorld({ stores: 8, dcs: 2 });
    const changed = more.stores[7].dcId;
    for (const store of world.stores.filter(({ dcId }) => dcId !== changed)) {
      expect(more.openingStoreStock(store.id)).toEqual(world.openingStoreStock(store.id));
    }
    expect(more.openingDcStock(changed)).toEqual(world.openingDcStock(changed));
  });
});
