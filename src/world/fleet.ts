/**
 * Number of trucks that a region needs: an estimate from its volume and distances, used to size fleets and
 * to warn before the run if a fixed fleet cannot carry the demand.
 *
 * Units a day are visits × conversion × lines × units per line × a reserve for peaks. A truck makes
 * (24 h × 0.75) / (round trip + dock) trips a day, at most what 11 h of driving allow. One trip
 * serves one store with one kind of truck, so each store needs a trip of either kind a day, however
 * small the volume; suppliers' trucks collect from several suppliers on one round.
 */
import { CIRCUITY, MEAN_SPEED_KMH } from '../policy/roads.ts';
import type { Config } from './config.ts';
import { baselinePurchaseRates } from './advertising.ts';
import { expectedConversion } from './demand-mix.ts';
import type { Store } from './world.ts';

export interface FleetSize {
  readonly refrigerated: number;
  readonly dry: number;
  readonly supplierRefrigerated: number;
  readonly supplierDry: number;
}
export type FleetKind = keyof FleetSize;

/** The original system's fleets over 5 regions: no automatic fleet is smaller. */
export const LEAST_FLEET: FleetSize = {
  refrigerated: 2,
  dry: 3,
  supplierRefrigerated: 3,
  supplierDry: 4,
};

/** Demand on a region's trucks, units a day at a peak. */
export interface RegionDemand {
  readonly stores: readonly Store[];
  /** Units a day that each store sells, in the order of `stores`. */
  readonly unitsPerStore: readonly number[];
  /** Units a day over the region, including online orders. */
  readonly units: number;
  /** Share of the units that needs refrigerated trucks. */
  readonly refrigeratedShare: number;
  readonly capacityUnits: number;
}

export const UNITS_PER_LINE = 1.32;
export const LINES_PER_ONLINE_ORDER = 10;
const PEAK_RESERVE = 1.25;
/** Average load of a truck as a share of its capacity. */
const FILL = 0.7;
const DOCK_HOURS = 4;
const DRIVING_HOURS = 11;
const USABLE_HOURS = 24 * 0.75;
const LEAST_STORE_TRIPS_PER_DAY = 1;
/** Great-circle distance to the far end of a supplier round. */
const SUPPLIER_KM = 450;

/** Units a day at a peak that a store with so many visits sells. */
export function peakUnitsPerDay(visitsPerDay: number, config: Config): number {
  const lines =
    visitsPerDay *
    expectedConversion(baselinePurchaseRates(config)) *
    config.volume.items_per_ticket_mean;
  return lines * UNITS_PER_LINE * PEAK_RESERVE;
}

/** Units a day at a peak that online orders need. */
export function peakOnlineUnitsPerDay(ordersPerDay: number): number {
  return ordersPerDay * LINES_PER_ONLINE_ORDER * UNITS_PER_LINE * PEAK_RESERVE;
}

/** Number of trucks of each kind that carry the demand. */
export function fleetFor(demand: RegionDemand): FleetSize {
  const cold = demand.refrigeratedShare;
  return {
    refrigerated: trucksFor('refrigerated', storeTruckDays(demand, cold)),
    dry: trucksFor('dry', storeTruckDays(demand, 1 - cold)),
    supplierRefrigerated: trucksFor('supplierRefrigerated', supplierTruckDays(demand, cold)),
    supplierDry: trucksFor('supplierDry', supplierTruckDays(demand, 1 - cold)),
  };
}

/** Full trips of one truck in a day, for a great-circle distance one way. */
export function tripsPerDay(greatCircleKm: number): number {
  const drivingHours = (2 * greatCircleKm * CIRCUITY) / MEAN_SPEED_KMH;
  return Math.min(USABLE_HOURS / (drivingHours + DOCK_HOURS), DRIVING_HOURS / drivingHours);
}

function trucksFor(kind: FleetKind, truckDays: number): number {
  return Math.max(LEAST_FLEET[kind], Math.ceil(truckDays));
}

/** Number of trucks that a day's trips to stores keep busy. */
function storeTruckDays(demand: RegionDemand, share: number): number {
  const load = demand.capacityUnits * FILL;
  // Online orders leave from stores as well; their goods come on the same trips.
  const inStores = demand.unitsPerStore.reduce((sum, units) => sum + units, 0);
  const withOnline = inStores > 0 ? demand.units / inStores : 1;
  let truckDays = 0;
  for (const [index, store] of demand.stores.entries()) {
    const trips = (demand.unitsPerStore[index] * withOnline * share) / load;
    truckDays += Math.max(trips, LEAST_STORE_TRIPS_PER_DAY) / tripsPerDay(store.dcDistanceKm);
  }
  return truckDays;
}

function supplierTruckDays(demand: RegionDemand, share: number): number {
  return (demand.units * share) / unitsPerSupplierTruckDay(demand);
}

/** Units that one truck of the region brings to stores in a day. */
export function unitsPerTruckDay(demand: RegionDemand): number {
  let units = 0;
  let truckDays = 0;
  for (const [index, store] of demand.stores.entries()) {
    units += demand.unitsPerStore[index];
    truckDays += demand.unitsPerStore[index] / tripsPerDay(store.dcDistanceKm);
  }
  return (demand.capacityUnits * FILL * units) / truckDays;
}

/** Units that one suppliers' truck brings to the region in a day. */
export function unitsPerSupplierTruckDay(demand: RegionDemand): number {
  return demand.capacityUnits * FILL * tripsPerDay(SUPPLIER_KM);
}
