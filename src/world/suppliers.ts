/** Suppliers: one per company, each in a place of its own, a day or two from the network. */
import { purposeKey, Substream } from '../engine/substream.ts';
import type { Place } from './dictionaries.ts';
import { greatCircleKm, type Point } from './distance.ts';
import { siteNear } from './seats.ts';
import type { Supplier } from './world.ts';

const NEAREST_KM = 150;
const FARTHEST_KM = 900;
const SITE_RADIUS_KM = 8;
/** Median days from order to readiness, and how far suppliers differ. */
const SHORTEST_LEAD_DAYS = 1;
const LONGEST_LEAD_DAYS = 4;

const PLACE = purposeKey('supplier', 'place');
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
