/** The network: geographies, distribution centers and stores, and the region of each. */
import { purposeKey } from '../engine/substream.ts';
import type { Config } from './config.ts';
import type { Dictionaries } from './dictionaries.ts';
import { greatCircleKm, nearestPoint } from './distance.ts';
import { choosePlaces, chooseSeats } from './seats.ts';
import { placeStores, type StoreSite } from './store-sites.ts';
import { addressEnd, streetAddress } from './street-address.ts';
import type { DistributionCenter, Geography, Store } from './world.ts';

export interface Network {
  readonly geographies: readonly Geography[];
  readonly dcs: readonly DistributionCenter[];
  readonly stores: readonly Store[];
  /** In the order of the regions. */
  readonly geographiesByRegion: readonly (readonly Geography[])[];
  readonly storesByRegion: readonly (readonly Store[])[];
}

/** Sizes in the order of store numbers (indices into STORE_SIZES); six stores have mean visits 1. */
const SIZE_CYCLE = [1, 2, 0, 1, 0, 2] as const;
const VISITS_BY_SIZE = [0.7, 1, 1.3] as const;
/** Visits of the largest stores as a multiple of the mean. */
export const LARGEST_STORE_SHARE = VISITS_BY_SIZE[2];

const STORE_ADDRESS = purposeKey('store', 'address');
const DC_ADDRESS = purposeKey('dc', 'address');

/** @throws InputError if the dictionary's places cannot hold the network */
export function buildNetwork({ seed, volume }: Config, dictionaries: Dictionaries): Network {
  const seats = chooseSeats(seed, volume.dcs, dictionaries.places);
  const geographies = choosePlaces(volume.total_geographies, seats, dictionaries).map(
    (place, index): Geography => ({ id: index + 1, ...place }),
  );
  const dcs = seats.map(({ site }, index): DistributionCenter => {
    const geography = geographies[index];
    return {
      id: index + 1,
      dcNumber: `DC${String(index + 1).padStart(2, '0')}`,
      address: streetAddress(seed, DC_ADDRESS, index + 1) + addressEnd(geography),
      geographyId: geography.id,
      latitude: site.latitude,
      longitude: site.longitude,
      timeZone: geography.timeZone,
    };
  });
  const sites = placeStores(seed, volume.stores, geographies, dcs);
  const stores = sites.map((site, index) => store(seed, index + 1, site, volume));
  return {
    geographies,
    dcs,
    stores,
    geographiesByRegion: dcs.map((dc) =>
      geographies.filter((geography) => nearestPoint(geography, dcs) === dc),
    ),
    storesByRegion: dcs.map((dc) => stores.filter(({ dcId }) => dcId === dc.id)),
  };
}

function store(
  seed: number,
  id: number,
  { geography, dc, site }: StoreSite,
  { dcs: regions, customers_per_day: visitsPerDay }: Config['volume'],
): Store {
  const size = sizeOf(id, regions);
  return {
    id,
    storeNumber: `ST${String(id).padStart(3, '0')}`,
    address: streetAddress(seed, STORE_ADDRESS, id) + addressEnd(geography),
    geographyId: geography.id,
    dcId: dc.id,
    latitude: site.latitude,
    longitude: site.longitude,
    timeZone: geography.timeZone,
    size,
    visitsPerDay: visitsPerDay * VISITS_BY_SIZE[size],
    taxBasisPoints: geography.taxBasisPoints,
    dcDistanceKm: greatCircleKm(site, dc),
  };
}

/**
 * Stores are assigned to regions in turn. If the number of regions shares a factor with the cycle of sizes, a
 * region
 * would get only some of the sizes; so the cycle shifts by one whenever cycle and regions come out even.
 */
function sizeOf(storeId: number, regions: number): number {
  const cycle = SIZE_CYCLE.length;
  let even = cycle;
  while (even % regions !== 0) even += cycle;
  const shift = Math.floor((storeId - 1) / even);
  return SIZE_CYCLE[(storeId - 1 + shift) % cycle];
}
