/** Dictionaries in the shapes of the original system: its columns, its gaps, its line ends. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEPARTMENTS } from '../../src/domain/values.ts';
import { buildWorld } from '../../src/world/build.ts';
import { loadConfig } from '../../src/world/config.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';
import { dictionaryCopy, editLines, messageOf, START_MS, temporaryFolder } from './fixtures.ts';

/** Its names of categories; general merchandise is in every department. */
const CATEGORIES = [
  ...['Food', 'Electronics', 'Clothing', 'Health', 'Home', 'Pet', 'Automotive', 'Office', 'Sports'],
  'Retail',
];
const PRODUCT_DEPARTMENTS = [
  ...DEPARTMENTS.filter((name) => name !== 'Seasonal & Sports'),
  'Seasonal',
  'Sports & Recreation',
];
const letters = (n: number) => String.fromCharCode(65 + (n % 26), 97 + (Math.floor(n / 26) % 26));
const many = <Value>(count: number, make: (n: number) => Value) =>
  Array.from({ length: count }, (_, n) => make(n));

const FILES: Readonly<Record<string, string>> = {
  // No line end after the last row, rows that repeat others, as its own have.
  'first_names.csv': ['FirstName', ...many(60, (n) => `Ab${letters(n)}`), 'AbAa'].join('\n'),
  'last_names.csv': ['LastName', ...many(60, (n) => `Xy${letters(n)}`)].join('\n'),
  'geographies.csv': [
    'City,State,Zip,District,Region',
    ...many(30, (n) => `Vale ${letters(n)},TX,${75_001 + 37 * n},North,Southwest`),
    ...many(30, (n) => `Mill ${letters(n)},NY,${10_001 + 41 * n},Upstate,Northeast`),
    'Vale Aa,TX,75001,Elsewhere,Southwest',
    'Springfield,IL,62701,Central,Midwest',
  ].join('\n'),
  'tax_rates.csv': `${[
    'StateCode,County,City,CombinedRate',
    'TX,Alpha,Vale Aa,0.0825',
    'TX,Beta,Vale Ba,0.0625',
    'NY,Gamma,Mill Aa,0.0800',
    'IL,Delta,Elsewhere,0.0900',
  ].join('\n')}\n`,
  'product_companies.csv': `${[
    'Company,Category',
    ...CATEGORIES.map((category) => `${category} Makers Zed,${category}`),
    'Food Makers Zed,Home',
  ].join('\n')}\n`,
  // Some rows leave the company out; a brand in two categories; a row that stands twice.
  'product_brands.csv': `${[
    'Brand,Company,Category',
    ...CATEGORIES.flatMap((category) => many(12, (n) => `${category} ${letters(n)}q,${category}`)),
    'Officequill,Office Makers Zed,Office',
    'Petquill,,Pet',
    'Food Aaq,Clothing',
    'Food Baq,Food',
  ].join('\n')}\n`,
  // Line ends of two systems in one file.
  'products.csv': [
    'ProductName,BasePrice,Department,Category,Subcategory\r\n',
    ...PRODUCT_DEPARTMENTS.flatMap((department, at) =>
      many(
        12,
        (n) =>
          `${department} ${letters(n)}w,${n + 1}.49,${department},Things,Stuff${at % 2 ? '\r' : ''}\n`,
      ),
    ),
  ].join(''),
};

function write(folder: string, files = FILES): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe('dictionaries of the original system', () => {
  it('load beside its config, and make a world', () => {
    const folder = temporaryFolder();
    write(join(folder, 'data', 'dictionaries'));
    const file = join(folder, 'config.json');
    writeFileSync(
      file,
      JSON.stringify({
        _comment: 'Copy me. Never commit secrets!',
        seed: 42,
        volume: {
          ...{ stores: 6, dcs: 2, total_geographies: 20, total_customers: 500 },
          ...{ total_products: 300, customers_per_day: 50, trucks_per_dc: null },
        },
        paths: { dictionaries: 'data/dictionaries', master: 'data/master', facts: 'data/facts' },
        marketing_cost: { email_cost_min: 0.1 },
      }),
    );
    const config = loadConfig(file);
    const dictionaries = loadDictionaries(config.paths.dictionaries);
    const world = buildWorld(config, dictionaries, START_MS);
    expect(world.stores).toHaveLength(6);
    expect(new Set(world.products.department).size).toBe(DEPARTMENTS.length);
  });

  it('have one note about the values that were invented, and how many', () => {
    const folder = write(temporaryFolder());
    const { notes } = loadDictionaries(folder);
    expect(notes).toHaveLength(1);
    const [note] = notes;
    expect(note).toContain(`The dictionaries in ${folder} lack some data: `);
    for (const part of [
      'places without Latitude, Longitude, TimeZone, Population get the values of a place with a similar ZIP code (61)',
      "places without a tax rate get the mean of their state's cities (58)",
      'the last line of geographies.csv has no line end and is assumed to be complete (1)',
      'rows that repeat an earlier one are read once (3)',
      'brands without a company belong to one of their category (121)',
      '"Food" is read as Grocery (',
      '"Sports & Recreation" is read as Seasonal & Sports (12)',
      '"Retail" is read as every department (13)',
    ]) {
      expect(note).toContain(part);
    }
  });

  it('have places at home: rate, clock and neighbourhood of their state', () => {
    const { places } = loadDictionaries(write(temporaryFolder()));
    const named = (city: string) => places.find((place) => place.city === city)!;
    expect(places).toHaveLength(61);
    expect(named('Vale Aa').taxBasisPoints).toBe(825);
    expect(named('Vale Ca').taxBasisPoints).toBe(725);
    expect(named('Springfield').taxBasisPoints).toBe(900);
    expect(named('Mill Aa').timeZone).toBe('America/New_York');
    for (const place of places.filter(({ state }) => state === 'TX')) {
      expect(place.latitude).toBeGreaterThan(25);
      expect(place.latitude).toBeLessThan(37);
      expect(place.longitude).toBeGreaterThan(-107);
      expect(place.longitude).toBeLessThan(-93);
      expect(place.timeZone).toMatch(/^America\/(Chicago|Denver)$/);
      expect(place.population).toBeGreaterThan(0);
    }
    const spots = places.map(({ latitude, longitude }) => `${latitude} ${longitude}`);
    expect(new Set(spots).size).toBe(places.length);
  });

  it('have one company for each brand, and brands for each department', () => {
    const { brands, companies } = loadDictionaries(write(temporaryFolder()));
    const owners = new Map<string, Set<string>>();
    for (const { brand, company } of brands) {
      owners.set(brand, (owners.get(brand) ?? new Set()).add(company));
    }
    expect([...owners.values()].every((of) => of.size === 1)).toBe(true);
    expect(new Set(brands.map(({ department }) => department)).size).toBe(DEPARTMENTS.length);
    expect(companies).toHaveLength(CATEGORIES.length);
    const aaq = brands.filter(({ brand }) => brand === 'Food Aaq');
    expect(aaq.map(({ department }) => DEPARTMENTS[department])).toEqual(['Grocery', 'Clothing']);
  });

  it('are the same each time', () => {
    const [one, other] = [write(temporaryFolder()), write(temporaryFolder())].map((folder) => {
      const { folder: _, notes: __, ...read } = loadDictionaries(folder);
      return read;
    });
    expect(one).toEqual(other);
  });

  it.each([
    [
      'tax_rates.csv',
      'TX,Alpha,Vale Aa,0.0825',
      'TX,Alpha,Vale Aa,8.25',
      'line 2, column CombinedRate',
    ],
    ['tax_rates.csv', 'NY,Gamma,Mill Aa,0.0800\n', '', 'column State: cannot use "NY"'],
    ['product_brands.csv', 'Food Baq,Food\n', 'Food Baq\n', '1 fields, expected 3'],
    ['product_brands.csv', 'Officequill,Office Makers Zed', 'Officequill,Nobody', 'column Company'],
    ['products.csv', 'Grocery Aaw,1.49,Grocery', 'Grocery Aaw,1.49,Toys', 'column Department'],
    ['geographies.csv', 'Vale Aa,TX,75001', 'Vale Aa,TX,7500', 'column Zip'],
  ])('are refused for what is wrong in %s: %s', (file, from, to, part) => {
    const text = FILES[file].replace(from, to);
    expect(text).not.toBe(FILES[file]);
    const folder = write(temporaryFolder(), { ...FILES, [file]: text });
    const message = messageOf(() => loadDictionaries(folder));
    expect(message).toContain(file === 'tax_rates.csv' && to === '' ? 'geographies.csv' : file);
    expect(message).toContain(part);
  });

  it('are refused where a department has no brand', () => {
    const text = FILES['product_brands.csv'].replaceAll(/^Retail.*\n/gm, '');
    const folder = write(temporaryFolder(), { ...FILES, 'product_brands.csv': text });
    expect(messageOf(() => loadDictionaries(folder))).toMatch(/no brand of "Baby & Kids"/);
  });
});

describe('dictionaries of our own form', () => {
  it('may leave out only the coordinates of places', () => {
    const folder = dictionaryCopy();
    editLines(folder, 'geographies.csv', (lines) => {
      for (const [at, line] of lines.entries()) {
        if (line !== '')
          lines[at] = [...line.split(',').slice(0, 7), ...line.split(',').slice(8)].join(',');
      }
    });
    const { notes, places } = loadDictionaries(folder);
    expect(notes.join()).toContain(`places without TimeZone get the values`);
    expect(places.every(({ timeZone }) => timeZone.includes('/'))).toBe(true);
    editLines(folder, 'first_names.csv', (lines) => lines.splice(4, 0, lines[1]));
    expect(messageOf(() => loadDictionaries(folder))).toContain('line 2 does not have already');
  });

  it('have no note, and may have a byte order mark, UTF-16, CR LF and empty last lines', () => {
    const folder = dictionaryCopy();
    const plain = loadDictionaries(folder);
    expect(plain.notes).toEqual([]);
    const rewrite = (file: string, bytesOf: (text: string) => Buffer) => {
      const path = join(folder, file);
      writeFileSync(path, bytesOf(readFileSync(path, 'utf8')));
    };
    rewrite('first_names.csv', (text) => Buffer.from(`\ufeff${text}`));
    rewrite('tax_rates.csv', (text) => Buffer.from(`\ufeff${text}`, 'utf16le'));
    expect(loadDictionaries(folder).sha256).toBe(plain.sha256);
    rewrite('products.csv', (text) => Buffer.from(`${text.replaceAll('\n', '\r\n')}\r\n\n`));
    rewrite('product_brands.csv', (text) => Buffer.from(text.replace('\n', '\r\n')));
    const { baseProducts, brands, firstNames } = loadDictionaries(folder);
    expect(baseProducts).toEqual(plain.baseProducts);
    expect(brands).toEqual(plain.brands);
    expect(firstNames).toEqual(plain.firstNames);
    rmSync(join(folder, 'tax_rates.csv'));
    expect(messageOf(() => loadDictionaries(folder))).toContain('tax_rates.csv');
  });
});
