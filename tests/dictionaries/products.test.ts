import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { DEPARTMENTS, type Department } from '../../src/domain/values.ts';
import { readBaseProducts } from '../../src/world/base-products.ts';
import { OWN_DICTIONARIES } from '../../src/domain/own-files.ts';

type Row = Readonly<Record<string, string>>;

const at = (file: string) => join(OWN_DICTIONARIES, file);
const rowsOf = (file: string): Row[] => parse(readFileSync(at(file), 'utf8'), { columns: true });
const column = (rows: readonly Row[], name: string) => rows.map((row) => row[name]);
const countBy = (texts: readonly string[]) => {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
};
const repeated = (texts: readonly string[]) =>
  [...countBy(texts.map((text) => text.toLowerCase()))].filter(([, n]) => n > 1);

const companies = rowsOf('product_companies.csv');
const brands = rowsOf('product_brands.csv');
const products = rowsOf('products.csv');

/** Least and most that a base product of a department may cost, in dollars. */
const PRICE_BOUNDS: Readonly<Record<Department, readonly [number, number]>> = {
  // From a packet of drink mix to a large roast.
  Grocery: [0.25, 25],
  Electronics: [5, 800],
  Clothing: [5, 80],
  'Health & Beauty': [1, 60],
  'Home & Garden': [1, 250],
  'Baby & Kids': [1, 200],
  'Pet Supplies': [0.75, 80],
  Automotive: [3, 150],
  'Office Supplies': [1, 120],
  'Seasonal & Sports': [1, 450],
};

describe.each([
  ['product_companies.csv', 'Company,Category'],
  ['product_brands.csv', 'Brand,Company,Category'],
  [
    'products.csv',
    'ProductName,BasePrice,Department,Category,Subcategory,RequiresRefrigeration,Taxable,CasePack',
  ],
])('%s', (file, header) => {
  const text = readFileSync(at(file), 'utf8');

  it('has the published header', () => {
    expect(text.split('\n', 1)[0]).toBe(header);
  });

  it('is ASCII with a line end after every line and no blanks around a cell', () => {
    expect(text).toMatch(/^[\n -~]+\n$/);
    expect(text.split('\n').filter((line) => /^ | $|, | ,/.test(line))).toEqual([]);
  });
});

describe('companies', () => {
  it('are many, each once, in every department', () => {
    expect(companies.length).toBeGreaterThanOrEqual(120);
    expect(repeated(column(companies, 'Company'))).toEqual([]);
    expect(new Set(column(companies, 'Category'))).toEqual(new Set(DEPARTMENTS));
  });

  it('sell brands, at least one in the department they are listed under', () => {
    const sold = new Set(brands.map((row) => `${row.Company}/${row.Category}`));
    const idle = companies.filter((row) => !sold.has(`${row.Company}/${row.Category}`));
    expect(column(idle, 'Company')).toEqual([]);
  });
});

describe('brands', () => {
  it('are many, each once and so of one company', () => {
    expect(brands.length).toBeGreaterThanOrEqual(650);
    expect(repeated(column(brands, 'Brand'))).toEqual([]);
  });

  it('belong to companies of the list', () => {
    const known = new Set(column(companies, 'Company'));
    expect(brands.filter((row) => !known.has(row.Company))).toEqual([]);
  });

  it('number at least 45 in every department', () => {
    const counts = countBy(column(brands, 'Category'));
    expect(new Set(counts.keys())).toEqual(new Set(DEPARTMENTS));
    expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(45);
  });

  it('do not all sound alike', () => {
    const endings = countBy(column(brands, 'Brand').map((brand) => brand.slice(-4)));
    expect(Math.max(...endings.values())).toBeLessThan(brands.length / 20);
  });
});

describe('base products', () => {
  it('are read by the world without a complaint', () => {
    expect(readBaseProducts(at('products.csv'))).toHaveLength(products.length);
  });

  it('are many, each name once', () => {
    expect(products.length).toBeGreaterThanOrEqual(640);
    expect(repeated(column(products, 'ProductName'))).toEqual([]);
  });

  it.each(DEPARTMENTS)('of %s are at least 35 in 5 to 15 categories', (department) => {
    const own = products.filter((row) => row.Department === department);
    expect(own.length).toBeGreaterThanOrEqual(35);
    const categories = new Set(column(own, 'Category')).size;
    expect(categories).toBeGreaterThanOrEqual(5);
    expect(categories).toBeLessThanOrEqual(15);
  });

  it('of Grocery are the most', () => {
    const counts = countBy(column(products, 'Department'));
    expect(counts.get('Grocery')).toBe(Math.max(...counts.values()));
    expect(counts.get('Grocery')).toBeGreaterThanOrEqual(220);
  });

  it('include toys', () => {
    const toys = products.filter((row) => row.Category === 'Toys');
    expect(toys.length).toBeGreaterThanOrEqual(25);
    expect(new Set(column(toys, 'Department'))).toEqual(new Set(['Baby & Kids']));
  });

  it.each(DEPARTMENTS)('of %s have believable prices', (department) => {
    const [least, most] = PRICE_BOUNDS[department];
    const odd = products
      .filter((row) => row.Department === department)
      .filter(({ BasePrice: price }) => !(Number(price) >= least && Number(price) <= most));
    expect(odd).toEqual([]);
  });

  it('have two decimals in the price, nearly always ending as shelf prices do', () => {
    const prices = column(products, 'BasePrice');
    expect(prices.filter((price) => !/^\d+\.\d\d$/.test(price))).toEqual([]);
    const charm = prices.filter((price) => /[789]$/.test(price)).length;
    expect(charm / prices.length).toBeGreaterThan(0.95);
  });

  it('need the cold only as food', () => {
    const cold = products.filter((row) => row.RequiresRefrigeration === 'true');
    const food = (row: Row) =>
      row.Department === 'Grocery' ||
      (row.Department === 'Pet Supplies' && /Food/.test(row.Category));
    expect(cold.filter((row) => !food(row))).toEqual([]);
    expect(cold.filter((row) => row.Department === 'Grocery').length).toBeGreaterThanOrEqual(60);
  });

  it('need the cold if they are frozen, dairy, meat or deli', () => {
    const chilled = products.filter((row) => /^(Dairy|Meat|Deli|Frozen)/.test(row.Category));
    expect(chilled.length).toBeGreaterThanOrEqual(60);
    expect(chilled.filter((row) => row.RequiresRefrigeration !== 'true')).toEqual([]);
  });

  it('are taxed, but for groceries and baby food', () => {
    const untaxed = products.filter((row) => row.Taxable === 'false');
    const food = (row: Row) =>
      row.Department === 'Grocery' || row.Subcategory === 'Formula & Baby Food';
    expect(untaxed.filter((row) => !food(row))).toEqual([]);
    const groceries = products.filter((row) => row.Department === 'Grocery');
    const taxed = groceries.filter((row) => row.Taxable === 'true').length;
    expect(taxed).toBeGreaterThan(0);
    expect(taxed / groceries.length).toBeLessThan(0.2);
  });

  it('come in cases of 1 to 48, dear ones in small cases', () => {
    const packs = products.map((row) => Number(row.CasePack));
    expect(packs.filter((pack) => !Number.isInteger(pack) || pack < 1 || pack > 48)).toEqual([]);
    const dear = products.filter((row) => Number(row.BasePrice) >= 100);
    expect(dear.filter((row) => Number(row.CasePack) > 6)).toEqual([]);
  });
});

it('offers well over 10,000 pairs of base product and brand of its department', () => {
  const own = countBy(column(brands, 'Category'));
  const pairs = countBy(
    products.flatMap((row) => Array<string>(own.get(row.Department) ?? 0).fill(row.Department)),
  );
  expect(Math.min(...DEPARTMENTS.map((name) => pairs.get(name) ?? 0))).toBeGreaterThan(2000);
  expect([...pairs.values()].reduce((sum, n) => sum + n, 0)).toBeGreaterThan(20_000);
});

describe('the blocklist of real names', () => {
  const realNames = (kind: RegExp) =>
    rowsOf('blocklist.csv')
      .filter((row) => kind.test(row.Kind))
      .map((row) => row.Name.toLowerCase());

  it('has no name that a brand or a company equals or contains', () => {
    const real = realNames(/^(person|company|brand|city)$/);
    expect(real.length).toBeGreaterThan(100);
    const invented = [...column(brands, 'Brand'), ...column(companies, 'Company')];
    const contains = (name: string) => real.some((known) => name.toLowerCase().includes(known));
    expect(invented.filter(contains)).toEqual([]);
  });

  it('has no brand or company that stands as words in a product name', () => {
    const words = (name: string) =>
      ` ${name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, ' ')
        .trim()} `;
    const real = realNames(/^(company|brand)$/).map(words);
    expect(real.length).toBeGreaterThan(50);
    const bears = (name: string) => real.some((known) => words(name).includes(known));
    expect(column(products, 'ProductName').filter(bears)).toEqual([]);
  });
});
