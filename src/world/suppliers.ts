/** Suppliers: one per company, each in its own place, a day or two from the network. */
import { hashUnit, purposeKey, Substream } from '../engine/substream.ts';
import type { Place } from './dictionaries.ts';
import { displaced, greatCircleKm, type Point } from './distance.ts';
import { siteNear } from './seats.ts';
import type { DistributionCenter, Supplier, SupplierDepot } from './world.ts';

const NEAREST_KM = 150;
const FARTHEST_KM = 900;
const SITE_RADIUS_KM = 8;
/** Median days from order to readiness, and the spread between suppliers. */
const SHORTEST_LEAD_DAYS = 1;
const LONGEST_LEAD_DAYS = 4;

const PLACE = purposeKey('supplier', 'place');
/** Suppliers bring their goods to a few shared depots around each DC, at this distance from it. */
const DEPOTS_PER_DC = 4;
const NEAREST_DEPOT_KM = 80;
const FARTHEST_DEPOT_KM = 450;

const DEPOT = purposeKey('supplier', 'depot');
const DEPOT_DISTANCE = purposeKey('supplier', 'depotDistance');
const DEPOT_BEARING = purposeKey('supplier', 'depotBearing');
const LEAD = purposeKey('supplier', 'lead');

/**
 * Supplier n is the company at index n - 1; its seat is 150 to 900 km from the nearest center if there is such a
 * place.
 */
export function placeSuppliers(
  seed: number,
  companies: readonly string[],
  places: readonly Place[],
  dcs: readonly Point[],
): Supplier[] {
  const suitable = places.filter((place) => {
    const km = Math.min(...dcs.map((dc) => greatCircleKm(place, dc)));
    return km >= NEAREST_KM && km <= FARTHEST_KM;
  });
  const open = suitable.length > 0 ? suitable : places;
  return companies.map((company, index) => {
    const stream = Substream.of(seed, PLACE, index + 1);
    const site = siteNear(open[stream.below(open.length)], SITE_RADIUS_KM, stream);
    const lead = Substream.of(seed, LEAD, index + 1).unit();
    const days = SHORTEST_LEAD_DAYS + (LONGEST_LEAD_DAYS - SHORTEST_LEAD_DAYS) * lead;
    return { id: index + 1, company, ...site, leadTimeDays: Math.round(days * 100) / 100 };
  });
}

/** Where each supplier's goods for each DC are loaded: one of the DC's consolidation depots. */
export function placeDepots(
  seed: number,
  suppliers: readonly Supplier[],
  dcs: readonly DistributionCenter[],
): SupplierDepot[] {
  const sites = dcs.map((dc) =>
    Array.from({ length: DEPOTS_PER_DC }, (_, index) => depotSite(seed, dc, index + 1)),
  );
  return suppliers.flatMap(({ id }) =>
    dcs.map((dc, index) => {
      const depot = 1 + Math.floor(DEPOTS_PER_DC * hashUnit(seed, DEPOT, id, dc.id));
      const { latitude, longitude } = sites[index][depot - 1];
      return { supplierId: id, dcId: dc.id, depot, latitude, longitude };
    }),
  );
}

function depotSite(seed: number, dc: DistributionCenter, depot: number): Point {
  const span = FARTHEST_DEPOT_KM - NEAREST_DEPOT_KM;
  const km = NEAREST_DEPOT_KM + span * hashUnit(seed, DEPOT_DISTANCE, depot, dc.id);
  const bearing = 2 * Math.PI * hashUnit(seed, DEPOT_BEARING, depot, dc.id);
  return displaced(dc, km * Math.cos(bearing), km * Math.sin(bearing));
}
