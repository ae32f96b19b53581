/** The dictionary of places, and the position of a place that gives none. */
import { requireInvented } from './blocklist.ts';
import { type CsvRow, readCsv } from './csv-source.ts';
import type { DictionaryForm } from './dictionary-form.ts';
import { nearbyPlace } from './nearby-place.ts';
import { stateIn, type Taxes } from './taxes.ts';
import { isTimeZone } from './time-zones.ts';
import type { Geography } from './world.ts';

/** A place of the dictionary; its number in the world is assigned later. */
export type Place = Omit<Geography, 'id'>;

/** A place that lacks some of these gets the values of a place nearby. */
const DERIVED = ['Latitude', 'Longitude', 'TimeZone', 'Population'] as const;

/** @throws InputError naming file, line, column and value of the first fault */
export function readPlaces(
  path: string,
  taxes: Taxes,
  realCities: ReadonlySet<string>,
  form: DictionaryForm,
): Place[] {
  const shape = { required: ['City', 'State', 'Zip', 'District', 'Region'], optional: DERIVED };
  const rows = form.once(
    readCsv(path, shape, form),
    'City',
    (row) => `${row.text('City')}, ${row.text('State')} ${row.text('Zip')}`,
  );
  // All towns of the original system are real.
  const known = form.isOriginal ? new Set<string>() : realCities;
  const lacking = DERIVED.filter((column) => !rows[0].has(column));
  if (lacking.length > 0) {
    form.madeUp(
      `places without ${lacking.join(', ')} get the values of a place with a similar ZIP code`,
      rows.length,
    );
  }
  return rows.map((row) => placeOf(row, taxes, known));
}

function placeOf(row: CsvRow, taxes: Taxes, realCities: ReadonlySet<string>): Place {
  const state = stateIn(row, 'State');
  requireInvented(row, 'City', realCities);
  const city = row.text('City');
  const taxBasisPoints = taxes.at(state, city);
  if (taxBasisPoints === undefined) row.refuse('State', 'a state that tax_rates.csv has');
  const zip = row.matching('Zip', /^\d{5}$/, 'five digits');
  const nearby = DERIVED.every((column) => row.has(column))
    ? undefined
    : nearbyPlace(state, zip, city);
  if (row.has('TimeZone') && !isTimeZone(row.text('TimeZone'))) {
    row.refuse('TimeZone', 'an IANA time zone such as America/Chicago');
  }
  const either = <Value>(column: string, read: () => Value, derived: Value | undefined): Value =>
    row.has(column) ? read() : (derived as Value);
  return {
    city,
    state,
    zip,
    district: row.text('District'),
    region: row.text('Region'),
    latitude: either('Latitude', () => row.number('Latitude', -85, 85), nearby?.latitude),
    longitude: either('Longitude', () => row.number('Longitude', -180, 180), nearby?.longitude),
    timeZone: either('TimeZone', () => row.text('TimeZone'), nearby?.timeZone),
    population: either(
      'Population',
      () => row.whole('Population', 1, 50_000_000),
      nearby?.population,
    ),
    taxBasisPoints: taxBasisPoints as number,
  };
}
