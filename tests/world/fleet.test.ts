import { describe, expect, it } from 'vitest';
import { greatCircleKm } from '../../src/world/distance.ts';
import { LEAST_FLEET, tripsPerDay } from '../../src/world/fleet.ts';
import { smallWorld } from './fixtures.ts';

const FIXED = {
  refrigerated_trucks: 8,
  non_refrigerated_trucks: 12,
  supplier_refrigerated_trucks: 12,
  supplier_non_refrigerated_trucks: 18,
};

describe('a fixed fleet', () => {
  const { trucks, regions } = smallWorld({ stores: 10, dcs: 5, ...FIXED });

  it('has the requested totals, numbered from 1, distributed evenly', () => {
    expect(trucks.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    expect(trucks.filter((truck) => truck.dcId > 0 && truck.refrigerated).length).toBe(8);
    expect(trucks.filter((truck) => truck.dcId > 0 && !truck.refrigerated).length).toBe(12);
    expect(trucks.filter((truck) => truck.dcId === 0 && truck.refrigerated).length).toBe(12);
    const sizes = regions.map(({ trucks }) => trucks.length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(2);
  });

  it('keeps one refrigerated truck of either kind in each region, and says so', () => {
    const { regions, warnings } = smallWorld({
      stores: 5,
      dcs: 5,
      ...FIXED,
      refrigerated_trucks: 2,
      supplier_refrigerated_trucks: 0,
    });
    for (const region of regions) {
      expect(region.trucks.some(({ refrigerated }) => refrigerated)).toBe(true);
      expect(region.supplierTrucks.some(({ refrigerated }) => refrigerated)).toBe(true);
    }
    expect(warnings.join('\n')).toContain('volume.refrigerated_trucks is 2 for 5 regions: using 5');
    expect(warnings.join('\n')).toContain('volume.supplier_refrigerated_trucks is 0');
  });

  it.each([
    ['', { refrigerated_trucks: 2, non_refrigerated_trucks: 4 }],
    ["suppliers' ", { supplier_non_refrigerated_trucks: 3 }],
  ])('of %strucks is called too small when it is, with numbers that are enough', (_, fixed) => {
    const volume = { stores: 40, dcs: 2, total_geographies: 80, customers_per_day: 3000 };
    const [warning] = smallWorld({ ...volume, ...fixed }).warnings.slice(1);
    expect(warning).toMatch(
      /trucks of region \d \(\d+ refrigerated, \d+ dry\) carry about [\d,]+ units/,
    );
    const enough: Record<string, number> = {};
    for (const [, setting, count] of warning.matchAll(/volume\.(\w+) to (\d+)/g)) {
      enough[setting] = Number(count);
    }
    expect(Object.keys(enough)).toEqual(Object.keys(fixed));
    expect(smallWorld({ ...volume, ...enough }).warnings.slice(1)).toEqual([]);
  });

  it('that carries the volume gives no note', () => {
    expect(smallWorld(FIXED).warnings).toEqual([]);
  });
});

describe('an automatic fleet', () => {
  it('is never smaller than the original system had', () => {
    for (const region of smallWorld({ customers_per_day: 1, online_orders_per_day: 0 }).regions) {
      const cold = region.trucks.filter(({ refrigerated }) => refrigerated).length;
      expect(cold).toBe(LEAST_FLEET.refrigerated);
      expect(region.trucks.length - cold).toBe(LEAST_FLEET.dry);
      expect(region.supplierTrucks.length).toBeGreaterThanOrEqual(
        LEAST_FLEET.supplierDry + LEAST_FLEET.supplierRefrigerated,
      );
    }
  });

  it('grows with the volume', () => {
    const volume = { stores: 20, dcs: 2, total_geographies: 60 };
    const few = smallWorld({ ...volume, customers_per_day: 1000 }).trucks.length;
    const many = smallWorld({ ...volume, customers_per_day: 8000 }).trucks.length;
    expect(many).toBeGreaterThan(2 * few);
    expect(smallWorld({ ...volume, customers_per_day: 8000 }).warnings.join()).not.toContain(
      'fleet',
    );
  });

  it('of a region keeps its trucks, ids included, when another region gets a store', () => {
    const volume = { dcs: 3, total_geographies: 60, customers_per_day: 6000 };
    let resized = 0;
    for (let stores = 9; stores < 15; stores++) {
      const less = smallWorld({ ...volume, stores });
      const more = smallWorld({ ...volume, stores: stores + 1 });
      const changed = more.stores[stores].dcId;
      for (const { id, trucks, supplierTrucks } of less.regions) {
        if (id === changed) {
          if (more.regions[id - 1].trucks.length !== trucks.length) resized++;
          continue;
        }
        expect(more.regions[id - 1].trucks).toEqual(trucks);
        expect(more.regions[id - 1].supplierTrucks).toEqual(supplierTrucks);
      }
    }
    expect(resized).toBeGreaterThan(0);
  });

  it('has unique ids in ascending order, and unique plates', () => {
    const { trucks } = smallWorld({ stores: 30, dcs: 4, total_geographies: 80 });
    const ids = trucks.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    expect(new Set(trucks.map(({ licensePlate }) => licensePlate)).size).toBe(trucks.length);
  });
});

describe('trips', () => {
  it('are bounded by the day for short ways and by the driving hours for long ones', () => {
    expect(tripsPerDay(10)).toBeCloseTo(18 / ((20 * 1.25) / 88.514 + 4), 2);
    expect(tripsPerDay(600)).toBeCloseTo(11 / ((1200 * 1.25) / 88.514), 2);
  });
});

describe('suppliers', () => {
  it('lie 150 to 900 km from the nearest center and take a day to four', () => {
    const { suppliers, dcs, products } = smallWorld();
    expect(suppliers.length).toBe(Math.max(...products.supplierId));
    for (const supplier of suppliers) {
      const km = Math.min(...dcs.map((dc) => greatCircleKm(supplier, dc)));
      expect(km).toBeGreaterThan(140);
      expect(km).toBeLessThan(910);
      expect(supplier.leadTimeDays).toBeGreaterThanOrEqual(1);
      expect(supplier.leadTimeDays).toBeLessThanOrEqual(4);
    }
  });
});
