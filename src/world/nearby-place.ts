/** Chooses a position for a place of which only state and ZIP code are known: near one of the project's own. */
import path from 'node:path';
import { OWN_DICTIONARIES } from '../domain/own-files.ts';
import { purposeKey } from '../engine/substream.ts';
import { readCsv } from './csv-source.ts';

export interface Whereabouts {
  readonly latitude: number;
  readonly longitude: number;
  readonly timeZone: string;
  readonly population: number;
}

interface Known extends Whereabouts {
  readonly zip: number;
}

const OWN_PLACES = path.join(OWN_DICTIONARIES, 'geographies.csv');
/** Degrees by which places are moved apart in either direction: a few kilometres. */
const APART = 0.06;

let known: ReadonlyMap<string, readonly Known[]> | undefined;

/**
 * Close to the project's place in the state with the nearest ZIP code, because neighbours have similar ZIP codes;
 * with
 * its time zone and population. A place always gets the same position.
 */
export function nearbyPlace(state: string, zip: string, city: string): Whereabouts {
  known ??= ownPlaces();
  // Every state has some place.
  const candidates = known.get(state) as readonly Known[];
  const distance = (one: Known) => Math.abs(one.zip - Number(zip));
  const nearest = candidates.reduce((best, one) => (distance(one) < distance(best) ? one : best));
  const { latitude, longitude, timeZone, population } = nearest;
  const moved = (degrees: number, axis: string) => {
    const part = (purposeKey(`${city}, ${state} ${zip}`, axis) >>> 0) % 10_001;
    return Math.round((degrees + APART * (part / 5000 - 1)) * 10_000) / 10_000;
  };
  return {
    latitude: moved(latitude, 'latitude'),
    longitude: moved(longitude, 'longitude'),
    timeZone,
    population,
  };
}

function ownPlaces(): ReadonlyMap<string, readonly Known[]> {
  const places = new Map<string, Known[]>();
  const required = ['State', 'Zip', 'Latitude', 'Longitude', 'TimeZone', 'Population'];
  for (const row of readCsv(OWN_PLACES, { required })) {
    const place = {
      zip: row.whole('Zip', 0, 99_999),
      latitude: row.number('Latitude', -85, 85),
      longitude: row.number('Longitude', -180, 180),
      timeZone: row.text('TimeZone'),
      population: row.whole('Population', 1, 50_000_000),
    };
    const state = row.text('State');
    const others = places.get(state);
    if (others === undefined) places.set(state, [place]);
    else others.push(place);
  }
  return places;
}
