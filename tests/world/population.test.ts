import { describe, expect, it } from 'vitest';
import { SEGMENTS } from '../../src/domain/values.ts';
import { SEGMENT_SHARES } from '../../src/policy/segments.ts';
import { apportion } from '../../src/world/apportion.ts';
import { greatCircleKm } from '../../src/world/distance.ts';
import { GammaQuantile } from '../../src/engine/gamma-quantile.ts';
import { smallWorld } from './fixtures.ts';

const world = smallWorld({ stores: 10, dcs: 3, total_geographies: 40, total_customers: 40_000 });
const { customers, geographies, stores, regions } = world;

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index];
  return sum / values.length;
}

describe('the customers', () => {
  it('live region by region under consecutive ids', () => {
    let next = 1;
    for (const region of regions) {
      expect(region.firstCustomerId).toBe(next);
      next += region.customerCount;
      const ids = new Set(region.stores.map(({ id }) => id));
      for (let id = region.firstCustomerId; id < next; id++) {
        expect(ids.has(customers.homeStoreId[id - 1])).toBe(true);
      }
    }
    expect(next - 1).toBe(40_000);
    expect(regions.reduce((sum, region) => sum + region.customerShare, 0)).toBeCloseTo(1, 9);
  });

  it('have the nearest store of their region as home store, at the distance given', () => {
    for (let index = 0; index < customers.count; index += 97) {
      const geography = geographies[customers.geographyId[index] - 1];
      const home = stores[customers.homeStoreId[index] - 1];
      const km = greatCircleKm(geography, home);
      // Homes lie within a square around the middle of their place.
      expect(Math.abs(customers.homeDistanceKm[index] - km)).toBeLessThan(12);
      const region = regions[home.dcId - 1];
      const nearest = Math.min(...region.stores.map((store) => greatCircleKm(geography, store)));
      expect(km).toBeLessThanOrEqual(nearest + 24);
    }
  });

  it('live near stores', () => {
    const distances = [...customers.homeDistanceKm].sort((a, b) => a - b);
    expect(distances[customers.count / 2]).toBeLessThan(15);
  });

  it('live less densely the farther the next store is', () => {
    const perHead = (fromKm: number, toKm: number) => {
      let living = 0;
      let people = 0;
      for (const region of regions) {
        const first = region.firstCustomerId - 1;
        const homes = customers.geographyId.slice(first, first + region.customerCount);
        for (const id of new Set(homes)) {
          const place = geographies[id - 1];
          const km = Math.min(...region.stores.map((store) => greatCircleKm(place, store)));
          if (km < fromKm || km >= toKm) continue;
          living += homes.filter((home) => home === id).length;
          people += place.population;
        }
      }
      return living / people;
    };
    expect(perHead(0, 10)).toBeGreaterThan(2 * perHead(40, 1000));
  });

  it('of a place with several stores have different home stores', () => {
    const crowded = smallWorld({ stores: 12, dcs: 1, total_geographies: 2 });
    const homes = new Map<number, Set<number>>();
    for (const [index, id] of crowded.customers.geographyId.entries()) {
      homes.set(id, (homes.get(id) ?? new Set()).add(crowded.customers.homeStoreId[index]));
    }
    expect(Math.max(...[...homes.values()].map((stores) => stores.size))).toBeGreaterThan(3);
  });

  it('of a place are the same people when there are more', () => {
    const more = smallWorld({
      stores: 10,
      dcs: 3,
      total_geographies: 40,
      total_customers: 60_000,
    }).customers;
    const at = (columns: typeof customers, id: number) => columns.geographyId.indexOf(id);
    for (const id of [2, 3, 5]) {
      const [here, there] = [at(customers, id), at(more, id)];
      for (const column of ['segment', 'loyalty', 'nature', 'rate', 'homeDistanceKm'] as const) {
        expect(more[column].slice(there, there + 100)).toEqual(
          customers[column].slice(here, here + 100),
        );
      }
    }
  });

  it('come in the shares of their segments, loyal ones mostly with a card', () => {
    for (const [segment, share] of SEGMENT_SHARES.entries()) {
      const members = customers.segment.filter((value) => value === segment).length;
      expect(members / customers.count).toBeCloseTo(share, 1.7);
    }
    expect(mean(customers.loyalty)).toBeCloseTo(0.61, 1.7);
    const loyal = customers.loyalty.filter((_, i) => SEGMENTS[customers.segment[i]] === 'LOYAL');
    expect(mean(loyal)).toBeGreaterThan(0.9);
  });

  it('have gamma-distributed rates of mean 1', () => {
    expect(mean(customers.rate)).toBeCloseTo(1, 1.5);
    const variance = mean(customers.rate.map((rate) => (rate - 1) ** 2));
    expect(variance).toBeCloseTo(1 / 1.25, 0.7);
    expect(customers.rate.every((rate) => rate > 0)).toBe(true);
  });

  it('of a region stay as they are when another region gets a store', () => {
    const more = smallWorld({ stores: 11, dcs: 3, total_geographies: 40, total_customers: 40_000 });
    const changed = more.stores[10].dcId;
    for (const region of regions) {
      const { firstCustomerId, customerCount } = more.regions[region.id - 1];
      expect([firstCustomerId, customerCount]).toEqual([
        region.firstCustomerId,
        region.customerCount,
      ]);
      if (region.id === changed) continue;
      const from = firstCustomerId - 1;
      const to = from + customerCount;
      for (const column of ['geographyId', 'homeStoreId', 'segment', 'loyalty', 'rate'] as const) {
        expect(more.customers[column].slice(from, to)).toEqual(customers[column].slice(from, to));
      }
    }
  });
});

describe('apportion', () => {
  it('distributes exactly the total, near the exact parts', () => {
    const weights = [3, 1, 0, 7.5, 0.2];
    for (const total of [0, 1, 10, 997]) {
      const parts = apportion(total, weights);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
      for (const [index, part] of parts.entries()) {
        expect(Math.abs(part - (total * weights[index]) / 11.7)).toBeLessThan(1);
      }
    }
  });
});

describe('gamma quantiles', () => {
  it('agree with known values', () => {
    // Shape 2: P(X ≤ x) = 1 - (1 + 2x) exp(-2x) at mean 1.
    const quantile = new GammaQuantile(2);
    for (const x of [0.1, 0.5, 1, 2, 4, 8]) {
      expect(quantile.at(1 - (1 + 2 * x) * Math.exp(-2 * x))).toBeCloseTo(x, 2);
    }
    expect(quantile.at(0)).toBe(0);
  });
});
