/** The dictionaries: CSV files of places, names, brands, products and taxes that worlds are made of. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeText } from '../domain/decoded-text.ts';
import { DEPARTMENTS } from '../domain/values.ts';
import { type BaseProduct, readBaseProducts } from './base-products.ts';
import { type CsvRow, readCsv, requireUnique } from './csv-source.ts';
import { STATES } from './states.ts';
import { isTimeZone } from './time-zones.ts';

/** A place of the dictionary; its number in the world comes later. */
export interface Place {
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly district: string;
  readonly region: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly timeZone: string;
  readonly population: number;
  /** Sales tax in hundredths of a percent. */
  readonly taxBasisPoints: number;
}

export interface Brand {
  readonly brand: string;
  readonly company: string;
  /** Index into DEPARTMENTS. */
  readonly department: number;
}

export interface Dictionaries {
  readonly folder: string;
  readonly places: readonly Place[];
  readonly firstNames: readonly string[];
  readonly lastNames: readonly string[];
  readonly companies: readonly string[];
  readonly brands: readonly Brand[];
  readonly baseProducts: readonly BaseProduct[];
  /** Names of real people, `first last` in lower case, that no customer bears. */
  readonly realPeople: ReadonlySet<string>;
  /** SHA-256 over all files, hex: two worlds of the same digest are made of the same stuff. */
  readonly sha256: string;
}

/** The dictionaries that come with the project. */
export const OWN_DICTIONARIES = fileURLToPath(new URL('../../dictionaries', import.meta.url));

const FILES = [
  'geographies.csv',
  'first_names.csv',
  'last_names.csv',
  'product_companies.csv',
  'product_brands.csv',
  'products.csv',
  'tax_rates.csv',
] as const;
const BLOCKLIST = 'blocklist.csv';
const BLOCKED_KINDS = ['person', 'brand', 'company', 'city'] as const;

/**
 * Reads all dictionaries of a folder; a folder without a blocklist gets the project's.
 * @throws InputError naming file, line, column, value and what was expected
 */
export function loadDictionaries(folder: string | null = null): Dictionaries {
  const root = folder ?? OWN_DICTIONARIES;
  const at = (file: string) => join(root, file);
  const blocklistPath = existsSync(at(BLOCKLIST))
    ? at(BLOCKLIST)
    : join(OWN_DICTIONARIES, BLOCKLIST);
  const blocked = readBlocklist(blocklistPath);
  const taxes = readTaxes(at('tax_rates.csv'));
  const companies = readCompanies(at('product_companies.csv'), blocked);
  return {
    folder: root,
    places: readPlaces(at('geographies.csv'), taxes, blocked.city),
    firstNames: readNames(at('first_names.csv'), 'FirstName'),
    lastNames: readNames(at('last_names.csv'), 'LastName'),
    companies: [...companies],
    brands: readBrands(at('product_brands.csv'), companies, blocked),
    baseProducts: readBaseProducts(at('products.csv')),
    realPeople: blocked.person,
    sha256: digest([...FILES.map(at), blocklistPath]),
  };
}

/** Real names, in lower case, by what they name. */
type Blocklist = Readonly<Record<(typeof BLOCKED_KINDS)[number], ReadonlySet<string>>>;

function readBlocklist(path: string): Blocklist {
  const rows = readCsv(path, { required: ['Kind', 'Name'] });
  const blocked = {
    person: new Set<string>(),
    brand: new Set<string>(),
    company: new Set<string>(),
    city: new Set<string>(),
  };
  for (const row of rows) {
    const kind = row.oneOf('Kind', BLOCKED_KINDS, `one of ${BLOCKED_KINDS.join(', ')}`);
    blocked[BLOCKED_KINDS[kind]].add(row.text('Name').toLowerCase());
  }
  return blocked;
}

function readTaxes(path: string): Map<string, number> {
  const rows = readCsv(path, { required: ['State', 'Rate'] });
  requireUnique(rows, 'State', stateOf);
  return new Map(
    rows.map((row) => [stateOf(row), Math.round(row.number('Rate', 0, 0.25) * 10_000)]),
  );
}

function readPlaces(
  path: string,
  taxes: ReadonlyMap<string, number>,
  realCities: ReadonlySet<string>,
): Place[] {
  const rows = readCsv(path, {
    required: [
      ...['City', 'State', 'Zip', 'District', 'Region'],
      ...['Latitude', 'Longitude', 'TimeZone', 'Population'],
    ],
  });
  const places = rows.map((row): Place => {
    const state = stateOf(row);
    const taxBasisPoints = taxes.get(state);
    if (taxBasisPoints === undefined) row.refuse('State', 'a state that tax_rates.csv has');
    requireInvented(row, 'City', realCities);
    const timeZone = row.text('TimeZone');
    if (!isTimeZone(timeZone)) row.refuse('TimeZone', 'an IANA time zone such as America/Chicago');
    return {
      city: row.text('City'),
      state,
      zip: row.matching('Zip', /^\d{5}$/, 'five digits'),
      district: row.text('District'),
      region: row.text('Region'),
      latitude: row.number('Latitude', -85, 85),
      longitude: row.number('Longitude', -180, 180),
      timeZone,
      population: row.whole('Population', 1, 50_000_000),
      taxBasisPoints: taxBasisPoints as number,
    };
  });
  requireUnique(
    rows,
    'City',
    (row) => `${row.text('City')}, ${row.text('State')} ${row.text('Zip')}`,
  );
  return places;
}

function readNames(path: string, column: string): string[] {
  const rows = readCsv(path, { required: [column] });
  requireUnique(rows, column, (row) => row.text(column));
  return rows.map((row) => row.text(column));
}

function readCompanies(path: string, blocked: Blocklist): Set<string> {
  const rows = readCsv(path, { required: ['Company', 'Category'] });
  requireUnique(rows, 'Company', (row) => row.text('Company'));
  for (const row of rows) {
    departmentOf(row);
    requireInvented(row, 'Company', blocked.company, blocked.brand);
  }
  return new Set(rows.map((row) => row.text('Company')));
}

function readBrands(path: string, companies: ReadonlySet<string>, blocked: Blocklist): Brand[] {
  const rows = readCsv(path, { required: ['Brand', 'Company', 'Category'] });
  requireUnique(rows, 'Brand', (row) => row.text('Brand'));
  return rows.map((row) => {
    const company = row.text('Company');
    if (!companies.has(company)) row.refuse('Company', 'a company of product_companies.csv');
    requireInvented(row, 'Brand', blocked.brand, blocked.company);
    return { brand: row.text('Brand'), company, department: departmentOf(row) };
  });
}

function stateOf(row: CsvRow): string {
  const state = row.text('State');
  if (!STATES.has(state)) row.refuse('State', 'the postal code of a state, such as TX');
  return state;
}

function departmentOf(row: CsvRow): number {
  return row.oneOf('Category', DEPARTMENTS, `one of ${DEPARTMENTS.join(', ')}`);
}

function requireInvented(
  row: CsvRow,
  column: string,
  ...blocked: readonly ReadonlySet<string>[]
): void {
  const name = row.text(column).toLowerCase();
  if (blocked.some((real) => real.has(name))) {
    row.refuse(column, 'an invented name; blocklist.csv knows this one as real');
  }
}

function digest(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) {
    const bytes = Buffer.from(decodeText(readFileSync(path)));
    hash.update(`${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}
