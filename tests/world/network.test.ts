import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Config, configOf } from '../../src/world/config.ts';
import { greatCircleKm } from '../../src/world/distance.ts';
import { buildNetwork, type Network } from '../../src/world/network.ts';
import { placeStores, storeCapacity } from '../../src/world/store-sites.ts';
import { dictionaries, messageOf, smallConfig } from './fixtures.ts';

const network = (config: Config) => buildNetwork(config, dictionaries);

const anySize = fc
  .record({
    seed: fc.nat(),
    dcs: fc.integer({ min: 1, max: 8 }),
    moreStores: fc.nat({ max: 40 }),
    moreGeographies: fc.nat({ max: 80 }),
  })
  .map(({ seed, dcs, moreStores, moreGeographies }) =>
    smallConfig(
      { dcs, stores: dcs + moreStores, total_geographies: 2 * dcs + moreGeographies },
      seed,
    ),
  );

/** The network, or none of the property's business if the places hold too few stores. */
function networkThatFits(config: Config): Network {
  try {
    return network(config);
  } catch (error) {
    fc.pre(!(error as Error).message.startsWith('Cannot place volume.stores'));
    throw error;
  }
}

function nearestDcKm({ dcs }: Network, point: { latitude: number; longitude: number }): number {
  return Math.min(...dcs.map((dc) => greatCircleKm(point, dc)));
}

describe('any network', () => {
  it('has stores only in states with a center, each served by the nearest', () => {
    fc.assert(
      fc.property(anySize, (config) => {
        const built = networkThatFits(config);
        const { geographies, dcs, stores } = built;
        const states = new Set(dcs.map((dc) => geographies[dc.geographyId - 1].state));
        expect(geographies.length).toBe(config.volume.total_geographies);
        expect(dcs.length).toBe(config.volume.dcs);
        expect(stores.length).toBe(config.volume.stores);
        for (const [index, store] of stores.entries()) {
          const geography = geographies[store.geographyId - 1];
          expect(store.id).toBe(index + 1);
          expect(states).toContain(geography.state);
          expect(store.timeZone).toBe(geography.timeZone);
          expect(store.dcDistanceKm).toBe(greatCircleKm(store, dcs[store.dcId - 1]));
          expect(store.dcDistanceKm).toBe(nearestDcKm(built, store));
          expect(greatCircleKm(store, geography)).toBeLessThan(8.1);
          expect(store.address).toContain(
            `, ${geography.city}, ${geography.state} ${geography.zip}`,
          );
        }
        for (const geography of geographies) {
          const held = stores.filter(({ geographyId }) => geographyId === geography.id).length;
          expect(held).toBeLessThanOrEqual(storeCapacity(geography));
        }
        for (const stores of built.storesByRegion) expect(stores.length).toBeGreaterThan(0);
        expect(built.geographiesByRegion.flat().length).toBe(geographies.length);
      }),
      { numRuns: 25 },
    );
  });

  it('has its centers in states of their own and far apart', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const { geographies, dcs } = network(smallConfig({ dcs: 5, stores: 5 }, seed));
      expect(new Set(dcs.map((dc) => geographies[dc.geographyId - 1].state)).size).toBe(5);
      for (const dc of dcs) {
        for (const other of dcs.slice(dc.id)) {
          expect(greatCircleKm(dc, other)).toBeGreaterThan(150);
        }
      }
    }
  });

  it('uses all states before it places two centers in one', () => {
    const { geographies, dcs } = network(smallConfig({ dcs: 25, stores: 25 }));
    expect(new Set(dcs.map((dc) => geographies[dc.geographyId - 1].state)).size).toBe(25);
  });

  it('keeps stores on the side of their center where two regions meet', () => {
    const geography = { ...network(smallConfig({})).geographies[0], population: 1_000_000 };
    const { latitude, longitude } = geography;
    const [west, east] = [-0.2, 0.21].map((offset, index) => ({
      ...network(smallConfig({})).dcs[0],
      id: index + 1,
      latitude,
      longitude: longitude + offset,
    }));
    const sites = placeStores(42, 40, [geography], [west, east]);
    expect(new Set(sites.map(({ site }) => site.longitude)).size).toBeGreaterThan(30);
    for (const { site, dc } of sites) {
      expect(dc).toBe(west);
      expect(greatCircleKm(site, west)).toBeLessThan(greatCircleKm(site, east));
    }
  });

  it('gets one more store without moving another', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const less = network(smallConfig({ stores: 20, dcs: 4, total_geographies: 60 }, seed));
      const more = network(smallConfig({ stores: 21, dcs: 4, total_geographies: 60 }, seed));
      expect(more.stores.slice(0, 20)).toEqual(less.stores);
      expect(more.dcs).toEqual(less.dcs);
      expect(more.geographies).toEqual(less.geographies);
    }
  });

  it('differs by seed', () => {
    const states = (seed: number) =>
      network(smallConfig({}, seed))
        .dcs.map(({ address }) => address)
        .join();
    expect(states(1)).not.toBe(states(2));
  });
});

describe('sizes', () => {
  it.each([1, 2, 3, 4, 5, 6, 8])('average to the configured visits over %i regions', (dcs) => {
    const { stores, storesByRegion } = network(
      smallConfig({ stores: 36 * dcs, dcs, total_geographies: 300, customers_per_day: 1000 }),
    );
    const mean = (visits: readonly { visitsPerDay: number }[]) =>
      visits.reduce((sum, store) => sum + store.visitsPerDay, 0) / visits.length;
    expect(mean(stores)).toBeCloseTo(1000, 9);
    for (let first = 0; first < stores.length; first += 6) {
      expect(mean(stores.slice(first, first + 6))).toBeCloseTo(1000, 9);
    }
    for (const region of storesByRegion) {
      if (region.length === 36) expect(mean(region)).toBeCloseTo(1000, 9);
    }
  });

  it('are distributed evenly over the regions of the default network', () => {
    const visits = network(configOf({})).storesByRegion.map(
      (stores) => stores.reduce((sum, { visitsPerDay }) => sum + visitsPerDay, 0) / stores.length,
    );
    for (const mean of visits) expect(Math.abs(mean / 2000 - 1)).toBeLessThan(0.1);
  });

  it('gives a single store the requested visits', () => {
    const { stores } = network(smallConfig({ stores: 1, dcs: 1, customers_per_day: 777 }));
    expect(stores[0]).toMatchObject({ visitsPerDay: 777, storeNumber: 'ST001', size: 1 });
  });
});

describe('a network that does not fit', () => {
  it('says how many stores there is room for, and that many do fit', () => {
    const crowded = smallConfig({ stores: 9000, dcs: 2, total_geographies: 4 });
    const message = messageOf(() => network(crowded));
    const room = Number(/the geographies hold (\d+)/.exec(message)?.[1]);
    expect(message).toContain('Cannot place volume.stores 9000');
    expect(message).toContain(`set volume.stores to ${room} or less`);
    const full = network(smallConfig({ stores: room, dcs: 2, total_geographies: 4 }));
    expect(full.stores.length).toBe(room);
  });

  it('says how many places and seats there are', () => {
    const places = dictionaries.places.length;
    expect(messageOf(() => network(smallConfig({ total_geographies: places + 1 })))).toContain(
      `geographies.csv has ${places}; set it to ${places} or less`,
    );
    const many = { dcs: 900, stores: 900, total_geographies: 900 };
    expect(messageOf(() => network(smallConfig(many)))).toMatch(/set volume\.dcs to \d+ or less/);
  });
});
