/** Suppliers: one per company, each in a place of its own, a day or two from the network. */
import { hashUnit, purposeKey, Substream } from '../engine/substream.ts';
import type { Place } from './dictionaries.ts';
import { displaced, greatCircleKm, type Point } from './distance.ts';
import { siteNear } from './seats.ts';
import type { DistributionCenter, Supplier, SupplierDepot } from './world.ts';

const NEAREST_KM = 150;
const FARTHEST_KM = 900;
const SITE_RADIUS_KM = 8;
/** Median days from order to readiness, and how far suppliers differ. */
const SHORTEST_LEAD_DAYS = 1;
const LONGEST_LEAD_DAYS = 4;

const PLACE = purposeKey('supplier', 'place');
/** Suppliers from farther away keep a depot in the DC's region, this far from the DC. */
const DIRECT_KM = 500;
const NEAREST_DEPOT_KM = 80;
const FARTHEST_DEPOT_KM = 480;

const DEPOT_DISTANCE = purposeKey('supplier', 'depotDistance');
const DEPOT_BEARING = purposeKey('supplier', 'depotBearing');
const LEAD = purposeKey('supplier', 'lead');

/** Supplier n is the company at index n - 1; its seat is 150 to 900 km from the nearest center if some place is. */
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

/** Where each supplier loads for each DC. */
export function placeDepots(
  seed: number,
  suppliers: readonly Supplier[],
  dcs: readonly DistributionCenter[],
): SupplierDepot[] {
  return suppliers.flatMap((supplier) =>
    dcs.map((dc) => {
      const direct = greatCircleKm(supplier, dc) <= DIRECT_KM;
      const { latitude, longitude } = direct ? supplier : depotNear(seed, supplier.id, dc);
      return { supplierId: supplier.id, dcId: dc.id, latitude, longitude };
    }),
  );
}

function depotNear(seed: number, supplierId: number, dc: DistributionCenter): Point {
  const span = FARTHEST_DEPOT_KM - NEAREST_DEPOT_KM;
  const km = NEAREST_DEPOT_KM + span * hashUnit(seed, DEPOT_DISTANCE, supplierId, dc.id);
  const bearing = 2 * Math.PI * hashUnit(seed, DEPOT_BEARING, supplierId, dc.id);
  return displaced(dc, km * Math.cos(bearing), km * Math.sin(bearing));
}
