/** The sites of stores: region by region in turn, by population, where there is room. */
import { InputError } from '../domain/errors.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import { greatCircleKm, nearestPoint, type Point } from './distance.ts';
import { siteNear } from './seats.ts';
import type { DistributionCenter, Geography } from './world.ts';

export interface StoreSite {
  readonly geography: Geography;
  readonly dc: DistributionCenter;
  readonly site: Point;
}

/** A place has room for one store per this many people, and for at least one. */
const PEOPLE_PER_STORE = 10_000;
const SITE_TRIES = 20;

const PLACE = purposeKey('store', 'place');
const SITE = purposeKey('store', 'site');

/** Returns the number of stores that a place can hold. */
export function storeCapacity(geography: Geography): number {
  return Math.max(1, Math.floor(geography.population / PEOPLE_PER_STORE));
}

/** Returns the radius of a place that contains its homes and shops: larger where more people live. */
export function placeRadiusKm(geography: Geography): number {
  return Math.min(8, 2 + Math.sqrt(geography.population) / 100);
}

/**
 * Sites of `count` stores. Store n goes to region (n - 1) mod regions + 1, or the next with room; its
 * place depends only on earlier stores, so one more store moves no other.
 * @throws InputError if the places do not have room for so many
 */
export function placeStores(
  seed: number,
  count: number,
  geographies: readonly Geography[],
  dcs: readonly DistributionCenter[],
): StoreSite[] {
  const eligible = eligiblePlaces(geographies, dcs);
  const held = new Map<Geography, number>();
  const sites: StoreSite[] = [];
  for (let number = 1; number <= count; number++) {
    const dc = regionWithRoom(number, dcs, eligible, held);
    if (dc === undefined) throw noRoom(count, sites.length, geographies, dcs);
    const open = eligible[dc.id - 1].filter((place) => room(place, held) > 0);
    const weights = open.map((place) => place.population / (1 + (held.get(place) ?? 0)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const geography = open[Substream.of(seed, PLACE, number).weighted(weights, total)];
    held.set(geography, (held.get(geography) ?? 0) + 1);
    sites.push({ geography, dc, site: siteFor(seed, number, geography, dc, dcs) });
  }
  return sites;
}

/** By region: the places nearest to its center, in states with a center. */
function eligiblePlaces(
  geographies: readonly Geography[],
  dcs: readonly DistributionCenter[],
): Geography[][] {
  const states = new Set(dcs.map((dc) => geographies[dc.geographyId - 1].state));
  return dcs.map((dc) =>
    geographies.filter((place) => states.has(place.state) && nearestPoint(place, dcs) === dc),
  );
}

function room(place: Geography, held: ReadonlyMap<Geography, number>): number {
  return storeCapacity(place) - (held.get(place) ?? 0);
}

function regionWithRoom(
  number: number,
  dcs: readonly DistributionCenter[],
  eligible: readonly (readonly Geography[])[],
  held: ReadonlyMap<Geography, number>,
): DistributionCenter | undefined {
  for (let step = 0; step < dcs.length; step++) {
    const dc = dcs[(number - 1 + step) % dcs.length];
    if (eligible[dc.id - 1].some((place) => room(place, held) > 0)) return dc;
  }
  return undefined;
}

/** Returns a site in the place that is nearest to the region's center, like the place itself. */
function siteFor(
  seed: number,
  number: number,
  geography: Geography,
  dc: DistributionCenter,
  dcs: readonly DistributionCenter[],
): Point {
  const stream = Substream.of(seed, SITE, number);
  for (let attempt = 0; attempt < SITE_TRIES; attempt++) {
    const site = siteNear(geography, placeRadiusKm(geography), stream);
    const km = greatCircleKm(site, dc);
    if (dcs.every((other) => other === dc || greatCircleKm(site, other) > km)) return site;
  }
  return { latitude: geography.latitude, longitude: geography.longitude };
}

function noRoom(
  wanted: number,
  placed: number,
  geographies: readonly Geography[],
  dcs: readonly DistributionCenter[],
): InputError {
  return new InputError(
    `Cannot place volume.stores ${wanted}: the geographies hold ${placed} (one store per ${PEOPLE_PER_STORE} people, only in the ${dcs.length} states with a distribution center, ${geographies.length} geographies in all); ` +
      `set volume.stores to ${placed} or less, or raise volume.total_geographies or volume.dcs`,
  );
}
