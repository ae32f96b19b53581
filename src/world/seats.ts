/** The places of the distribution centers, and the places that the network covers. */
import { InputError } from '../domain/errors.ts';
import { ln } from '../engine/elementary.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import type { Dictionaries, Place } from './dictionaries.ts';
import { displaced, greatCircleKm, nearestPoint, type Point } from './distance.ts';

export interface Seat {
  readonly place: Place;
  /** The site itself, a little away from the middle of its place. */
  readonly site: Point;
}

/** Preferred distance between seats where the map has room, and the minimum distance. */
const SPREAD_KM = 400;
const CLOSEST_KM = 20;
const SITE_RADIUS_KM = 8;
/** A place in the center's own state counts as this much nearer, because stores may be only there. */
const HOME_STATE_PULL = 0.6;

const SEAT = purposeKey('dc', 'seat');
const SITE = purposeKey('dc', 'site');

/**
 * Draws the seats one by one, weighted by population, each in a state of its own and far from the
 * others as long as the map allows; an earlier seat never depends on a later one.
 * @throws InputError if the places are too few or too close together
 */
export function chooseSeats(seed: number, count: number, places: readonly Place[]): Seat[] {
  const seats: Seat[] = [];
  let sites: readonly Candidate[] = places.map((place) => ({
    place,
    clearanceKm: Number.POSITIVE_INFINITY,
  }));
  for (let number = 1; number <= count; number++) {
    const free = roomiest(sites, new Set(seats.map(({ place }) => place.state)));
    if (free.length === 0) {
      throw new InputError(
        `Cannot seat ${count} distribution centers: geographies.csv has room for ${seats.length} at least ${CLOSEST_KM} km apart; set volume.dcs to ${seats.length} or less`,
      );
    }
    const weights = free.map((place) => place.population);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const place = free[Substream.of(seed, SEAT, number).weighted(weights, total)];
    // Less than half the distance to any other seat, so that each seat's place stays nearest to its own.
    const site = siteNear(place, CLOSEST_KM * 0.4, Substream.of(seed, SITE, number));
    seats.push({ place, site });
    sites = sites.map((other) => ({
      place: other.place,
      clearanceKm: Math.min(other.clearanceKm, greatCircleKm(place, other.place)),
    }));
  }
  return seats;
}

/** Returns a point within `radiusKm` (at most 8) of a place's middle. */
export function siteNear(place: Point, radiusKm: number, stream: Substream): Point {
  const radius = Math.min(radiusKm, SITE_RADIUS_KM);
  for (;;) {
    const north = 2 * stream.unit() - 1;
    const east = 2 * stream.unit() - 1;
    if (north * north + east * east <= 1) return displaced(place, north * radius, east * radius);
  }
}

/** A place that may become a seat, and its distance to the nearest seat. */
interface Candidate {
  readonly place: Place;
  readonly clearanceKm: number;
}

/** Returns the most distant places: in an unused state if there are any, then as far away as possible. */
function roomiest(candidates: readonly Candidate[], taken: ReadonlySet<string>): Place[] {
  for (const freshState of [true, false]) {
    for (let apartKm = SPREAD_KM; apartKm >= CLOSEST_KM; apartKm /= 2) {
      const free = candidates.filter(
        ({ place, clearanceKm }) =>
          clearanceKm >= apartKm && !(freshState && taken.has(place.state)),
      );
      if (free.length > 0) return free.map(({ place }) => place);
    }
  }
  return [];
}

/**
 * Returns the places of the network: the seats, then for each center in turn the best of the places
 * nearest to it, near and populous ones first.
 * @throws InputError if the dictionary has too few places
 */
export function choosePlaces(
  count: number,
  seats: readonly Seat[],
  { places }: Pick<Dictionaries, 'places'>,
): Place[] {
  if (count > places.length) {
    throw new InputError(
      `Cannot cover volume.total_geographies ${count}: geographies.csv has ${places.length}; set it to ${places.length} or less`,
    );
  }
  const sites = seats.map(({ site }) => site);
  const queues = seats.map((seat, index) =>
    places
      .filter((place) => place !== seat.place && nearestPoint(place, sites) === sites[index])
      .filter((place) => !seats.some((other) => other.place === place))
      .map((place) => ({ place, rank: remoteness(place, seat) }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ place }) => place),
  );
  const chosen = seats.map(({ place }) => place);
  for (let turn = 0; chosen.length < count; turn++) {
    for (const queue of queues) {
      if (turn < queue.length && chosen.length < count) chosen.push(queue[turn]);
    }
  }
  return chosen;
}

/** Returns the distance, shortened for populous places and those in the center's state. */
function remoteness(place: Place, seat: Seat): number {
  const pull = place.state === seat.place.state ? HOME_STATE_PULL : 1;
  const km = greatCircleKm(place, seat.site) * pull;
  return Math.round((km / (1 + ln(1 + place.population / 50_000) / 4)) * 1000);
}
