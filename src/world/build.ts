/** Builds the world from config and dictionaries: a pure function of both and of the opening instant. */
import { advertisingWarnings } from './advertising.ts';
import { buildAssortment } from './assortment.ts';
import type { Config } from './config.ts';
import { departmentLineShares } from './demand-mix.ts';
import type { Dictionaries } from './dictionaries.ts';
import { peakOnlineUnitsPerDay, peakUnitsPerDay, type RegionDemand } from './fleet.ts';
import { buildNetwork, type Network } from './network.ts';
import { requireWithinLimits } from './limits.ts';
import { coverNotes } from './opening-cover.ts';
import { settle } from './population.ts';
import { calibratedCustomers, TRIPS_PER_WEEK } from './presets.ts';
import { placeDepots, placeSuppliers } from './suppliers.ts';
import { buildFleet } from './trucks.ts';
import { worldOf } from './world-data.ts';
import type { Products, RegionPlan, World } from './world.ts';

/** With more visits per customer and day than this, the user gets a warning. */
const BUSY_VISITS = 0.6;
/** Impossible number of visits per customer and day. */
const MOST_VISITS = 6;

/**
 * @param startMs opening instant, UTC
 * @throws InputError if the dictionaries do not suffice for the config
 */
export function buildWorld(config: Config, dictionaries: Dictionaries, startMs: number): World {
  const { seed, volume } = config;
  const { products, companies } = buildAssortment(
    seed,
    volume.total_products,
    dictionaries,
    startMs,
  );
  const network = buildNetwork(config, dictionaries);
  const { geographies, dcs, stores } = network;
  const { customers, countByRegion } = settle(
    seed,
    volume.total_customers,
    network.geographiesByRegion,
    network.storesByRegion,
  );
  const suppliers = placeSuppliers(seed, companies, dictionaries.places, dcs);
  const shares = countByRegion.map((count) => count / volume.total_customers);
  const { trucks, warnings } = buildFleet(
    volume,
    dcs.map((dc, index) => ({
      dc,
      state: geographies[dc.geographyId - 1].state,
      demand: demandOf(config, network, index, shares[index], products),
    })),
  );
  let firstCustomerId = 1;
  const regions = dcs.map((dc, index): RegionPlan => {
    const customerCount = countByRegion[index];
    const first = firstCustomerId;
    firstCustomerId += customerCount;
    return {
      id: dc.id,
      dc,
      stores: network.storesByRegion[index],
      trucks: trucks.filter((truck) => truck.dcId === dc.id),
      supplierTrucks: trucks.filter((truck) => truck.dcId === 0 && truck.regionId === dc.id),
      firstCustomerId: first,
      customerCount,
      customerShare: shares[index],
    };
  });
  requireWithinLimits(volume, regions, trucks);
  const world = worldOf({
    config,
    seed,
    startMs,
    geographies,
    dcs,
    stores,
    suppliers,
    supplierDepots: placeDepots(seed, suppliers, dcs),
    trucks,
    products,
    customers,
    regions,
    warnings: [...crowdWarnings(config), ...advertisingWarnings(config), ...warnings],
  });
  return { ...world, warnings: [...world.warnings, ...coverNotes(world)] };
}

function demandOf(
  config: Config,
  network: Network,
  region: number,
  customerShare: number,
  products: Products,
): RegionDemand {
  const stores = network.storesByRegion[region];
  const unitsPerStore = stores.map((store) => peakUnitsPerDay(store.visitsPerDay, config));
  const inStores = unitsPerStore.reduce((sum, units) => sum + units, 0);
  const online = peakOnlineUnitsPerDay(config.volume.online_orders_per_day * customerShare);
  return {
    stores,
    unitsPerStore,
    units: inStores + online,
    capacityUnits: config.volume.truck_capacity,
    refrigeratedShare: refrigeratedShare(products),
  };
}

/** Share of all lines that are of refrigerated products. */
function refrigeratedShare(products: Products): number {
  const lines = departmentLineShares();
  let cold = 0;
  let all = 0;
  for (let index = 0; index < products.count; index++) {
    const share = lines[products.department[index]] * products.popularity[index];
    all += share;
    if (products.refrigerated[index] === 1) cold += share;
  }
  return cold / all;
}

function crowdWarnings({ volume }: Config): string[] {
  const visits = volume.stores * volume.customers_per_day;
  const perCustomer = visits / volume.total_customers;
  if (perCustomer <= BUSY_VISITS) return [];
  const tooMany =
    perCustomer > MOST_VISITS ? ', and so few people cannot make that many visits a day' : '';
  const shown = (value: number) => value.toLocaleString('en-US');
  return [
    `${shown(visits)} visits a day from ${shown(volume.total_customers)} customers are ${perCustomer.toFixed(1)} visits each; ` +
      `people make about ${TRIPS_PER_WEEK} visits a week${tooMany}: remove volume.total_customers, or set it to ${shown(calibratedCustomers(visits))}.`,
  ];
}
