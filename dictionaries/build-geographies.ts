/** Builds geographies.csv: invented places in real states, the same on every run. */
import { purposeKey, Substream } from '../src/engine/substream.ts';
import { greatCircleKm, type Point } from '../src/world/distance.ts';
import type { Area } from './area.ts';
import { AREAS } from './areas.ts';
import { blockedNames, csvText, saveCsv } from './csv-file.ts';
import { placesPerArea, sizesPerArea } from './settlement.ts';
import { STATES, type State } from './states.ts';
import { townName } from './town-names.ts';

const SEED = 1;
const PLACES = 620;
/** Neighbours keep this distance. */
const APART_KM = 4;

const SPOT = purposeKey('geography', 'spot');
const NAME = purposeKey('geography', 'name');
const ZIP = purposeKey('geography', 'zip');

const HEADER = [
  ...['City', 'State', 'Zip', 'District', 'Region'],
  ...['Latitude', 'Longitude', 'TimeZone', 'Population'],
];

/** Text of geographies.csv, sorted by state and city. */
export function geographiesCsv(): string {
  const states = new Map(STATES.map((state) => [state.code, state]));
  const people = peoplePerArea(states);
  const counts = placesPerArea(PLACES, people);
  const sizes = sizesPerArea(SEED, counts, people);
  const blocked = blockedNames('city');
  const names = new Set<string>();
  const zips = new Set<string>();
  const rows = AREAS.flatMap((area, index) => {
    const state = states.get(area.state)!;
    const spots = spotsIn(area, index, counts[index]);
    return spots.map((spot, place) => {
      const entity = index * PLACES + place;
      const city = townName(Substream.of(SEED, NAME, entity), area.terrain, names, blocked);
      names.add(city);
      const zip = zipIn(area, Substream.of(SEED, ZIP, entity), zips);
      zips.add(zip);
      return [
        ...[city, area.state, zip, area.district, state.region],
        ...[spot.latitude.toFixed(4), spot.longitude.toFixed(4)],
        ...[area.timeZone ?? state.timeZone, sizes[index][place]],
      ];
    });
  });
  return csvText(HEADER, rows.sort(byStateAndCity));
}

/** Writes geographies.csv. */
export function buildGeographies(): void {
  saveCsv('geographies.csv', geographiesCsv());
}

/** People of each area in millions: its state's, by its share. */
function peoplePerArea(states: ReadonlyMap<string, State>): number[] {
  const shares = new Map<string, number>();
  for (const { state, share } of AREAS) shares.set(state, (shares.get(state) ?? 0) + share);
  return AREAS.map(
    ({ state, share }) => (states.get(state)!.populationM * share) / shares.get(state)!,
  );
}

function spotsIn({ box, district }: Area, index: number, count: number): Point[] {
  const [south, west, north, east] = box;
  const stream = Substream.of(SEED, SPOT, index);
  const spots: Point[] = [];
  for (let attempt = 0; spots.length < count; attempt++) {
    if (attempt > 1000) throw new Error(`${district} is too small for ${count} places`);
    const latitude = degrees(south + (north - south) * stream.unit());
    const longitude = degrees(west + (east - west) * stream.unit());
    const spot = { latitude, longitude };
    if (spots.every((other) => greatCircleKm(other, spot) >= APART_KM)) spots.push(spot);
  }
  return spots;
}

function degrees(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function zipIn({ zipPrefixes }: Area, stream: Substream, taken: ReadonlySet<string>): string {
  for (;;) {
    const prefix = zipPrefixes[stream.below(zipPrefixes.length)];
    const zip = prefix + String(stream.between(1, 99)).padStart(2, '0');
    if (!taken.has(zip)) return zip;
  }
}

function byStateAndCity(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const left = `${a[1]} ${a[0]}`;
  const right = `${b[1]} ${b[0]}`;
  return left < right ? -1 : 1;
}
