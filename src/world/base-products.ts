/** The dictionary of base products, with defaults for its optional columns. */
import { dirname } from 'node:path';
import { InputError } from '../domain/errors.ts';
import { DEPARTMENTS } from '../domain/values.ts';
import { type CsvRow, readCsv } from './csv-source.ts';
import { departmentIn } from './departments.ts';
import { DictionaryForm } from './dictionary-form.ts';

export interface BaseProduct {
  readonly name: string;
  readonly priceCents: number;
  /** Index into DEPARTMENTS. */
  readonly department: number;
  readonly category: string;
  readonly subcategory: string;
  readonly refrigerated: boolean;
  readonly taxable: boolean;
  readonly casePack: number;
}

const GROCERY = DEPARTMENTS.indexOf('Grocery');
const COLD = /dairy|milk|cheese|yogurt|egg|meat|poultry|seafood|frozen|ice cream|deli|produce/i;
/** Case packs by price: the more expensive, the fewer in a case. */
const CASE_PACKS = [
  { belowCents: 500, units: 24 },
  { belowCents: 2000, units: 12 },
  { belowCents: 10_000, units: 6 },
  { belowCents: 30_000, units: 2 },
] as const;

/** @throws InputError naming file, line, column and value of the first fault */
export function readBaseProducts(
  path: string,
  form = new DictionaryForm(dirname(path), false),
): BaseProduct[] {
  const shape = {
    required: ['ProductName', 'BasePrice', 'Department', 'Category', 'Subcategory'],
    optional: ['RequiresRefrigeration', 'Taxable', 'CasePack'],
  };
  const rows = form.once(readCsv(path, shape, form), 'ProductName', (row) =>
    row.text('ProductName'),
  );
  const products = rows.map((row) => baseProduct(row, form));
  requireAllDepartments(path, products);
  return products;
}

/** A file cut off at the end of a line looks complete, except that its last departments are missing. */
function requireAllDepartments(path: string, products: readonly BaseProduct[]): void {
  const missing = DEPARTMENTS.filter(
    (_, department) => !products.some((product) => product.department === department),
  );
  if (missing.length === 0) return;
  throw new InputError(
    `Cannot use ${path}: no product of ${missing.map((name) => `"${name}"`).join(', ')}; ` +
      `expected products of all ${DEPARTMENTS.length} departments. Is the file cut off?`,
  );
}

function baseProduct(row: CsvRow, form: DictionaryForm): BaseProduct {
  const department = departmentIn(row, 'Department', form);
  const category = row.text('Category');
  const subcategory = row.text('Subcategory');
  const priceText = row.matching('BasePrice', /^\d+(\.\d{1,2})?$/, 'a price such as 4.99');
  const priceCents = Math.round(Number(priceText) * 100);
  if (priceCents < 10 || priceCents > 10_000_000) {
    row.refuse('BasePrice', 'a price from 0.10 to 100000.00');
  }
  const grocery = department === GROCERY;
  return {
    name: row.text('ProductName'),
    priceCents,
    department,
    category,
    subcategory,
    refrigerated: row.has('RequiresRefrigeration')
      ? row.flag('RequiresRefrigeration')
      : grocery && COLD.test(`${category} ${subcategory}`),
    taxable: row.has('Taxable') ? row.flag('Taxable') : !grocery,
    casePack: row.has('CasePack')
      ? row.whole('CasePack', 1, 1000)
      : (CASE_PACKS.find(({ belowCents }) => priceCents < belowCents)?.units ?? 1),
  };
}
