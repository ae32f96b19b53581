/** The dictionaries: CSV files of places, names, brands, products and taxes from which worlds are made. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeText } from '../domain/decoded-text.ts';
import { OWN_DICTIONARIES } from '../domain/own-files.ts';
import { type BaseProduct, readBaseProducts } from './base-products.ts';
import { type Brand, readBrands, readCompanies } from './brands.ts';
import { readCsv } from './csv-source.ts';
import { formOf, type DictionaryForm } from './dictionary-form.ts';
import { readBlocklist } from './blocklist.ts';
import { type Place, readPlaces } from './places.ts';
import { readTaxes } from './taxes.ts';

export type { Brand, Place };

export interface Dictionaries {
  readonly folder: string;
  readonly places: readonly Place[];
  readonly firstNames: readonly string[];
  readonly lastNames: readonly string[];
  readonly companies: readonly string[];
  readonly brands: readonly Brand[];
  readonly baseProducts: readonly BaseProduct[];
  /** Names of real people, `first last` in lower case, that no customer may have. */
  readonly realPeople: ReadonlySet<string>;
  /** At most one sentence about what the dictionaries lack and how it was replaced; empty if they lack nothing. */
  readonly notes: readonly string[];
  /** SHA-256 over all files, hex: dictionaries with the same digest are the same. */
  readonly sha256: string;
}

/** The dictionaries that come with the project. */

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

/**
 * Reads all dictionaries of a folder; a folder without a blocklist uses the project's.
 * @throws InputError naming file, line, column, value and what was expected
 */
export function loadDictionaries(folder: string | null = null): Dictionaries {
  const root = folder ?? OWN_DICTIONARIES;
  const at = (file: string) => join(root, file);
  const blocklistPath = existsSync(at(BLOCKLIST))
    ? at(BLOCKLIST)
    : join(OWN_DICTIONARIES, BLOCKLIST);
  const blocked = readBlocklist(blocklistPath);
  const form = formOf(root);
  const taxes = readTaxes(at('tax_rates.csv'), form);
  const companies = readCompanies(at('product_companies.csv'), blocked, form);
  const read = {
    places: readPlaces(at('geographies.csv'), taxes, blocked.city, form),
    firstNames: readNames(at('first_names.csv'), 'FirstName', form),
    lastNames: readNames(at('last_names.csv'), 'LastName', form),
    companies: [...new Set(companies.map(({ company }) => company))],
    brands: readBrands(at('product_brands.csv'), companies, blocked, form),
    baseProducts: readBaseProducts(at('products.csv'), form),
  };
  return {
    ...read,
    folder: root,
    realPeople: blocked.person,
    notes: form.notes(),
    sha256: digest([...FILES.map(at), blocklistPath]),
  };
}

function readNames(path: string, column: string, form: DictionaryForm): string[] {
  const rows = form.once(readCsv(path, { required: [column] }, form), column, (row) =>
    row.text(column),
  );
  return rows.map((row) => row.text(column));
}

function digest(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) {
    const bytes = Buffer.from(decodeText(readFileSync(path)));
    hash.update(`${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}
