/** The dictionaries of companies and brands. */
import { InputError } from '../domain/errors.ts';
import { DEPARTMENTS } from '../domain/values.ts';
import { purposeKey } from '../engine/substream.ts';
import { type Blocklist, requireInvented } from './blocklist.ts';
import { type CsvRow, readCsv } from './csv-source.ts';
import { ALL_DEPARTMENTS, departmentsIn } from './departments.ts';
import type { DictionaryForm } from './dictionary-form.ts';

export interface Brand {
  readonly brand: string;
  readonly company: string;
  /** Index into DEPARTMENTS. */
  readonly department: number;
}

/** A company in one of its departments. */
export interface Company {
  readonly company: string;
  /** Index into DEPARTMENTS. */
  readonly department: number;
}

/** Companies, once for each of their departments. @throws InputError */
export function readCompanies(path: string, blocked: Blocklist, form: DictionaryForm): Company[] {
  const rows = form.once(
    readCsv(path, { required: ['Company', 'Category'] }, form),
    'Company',
    (row) => `${row.text('Company')}\n${row.text('Category')}`,
  );
  return rows.flatMap((row) => {
    requireInvented(row, 'Company', blocked.company, blocked.brand);
    const company = row.text('Company');
    return departmentsIn(row, 'Category', form).map((department) => ({ company, department }));
  });
}

/** Brands, once for each of their departments. All entries of a brand belong to one company. @throws InputError */
export function readBrands(
  path: string,
  companies: readonly Company[],
  blocked: Blocklist,
  form: DictionaryForm,
): Brand[] {
  const shape = { required: ['Brand', 'Company', 'Category'], mayLack: 'Company' };
  const rows = form.once(readCsv(path, shape, form), 'Brand', (row) =>
    form.isOriginal ? `${row.text('Brand')}\n${row.text('Category')}` : row.text('Brand'),
  );
  const names = new Set(companies.map(({ company }) => company));
  const ownerOf = new Map<string, string>();
  const brands = rows.flatMap((row) => {
    requireInvented(row, 'Brand', blocked.brand, blocked.company);
    const brand = row.text('Brand');
    const departments = departmentsIn(row, 'Category', form);
    const company = ownerOf.get(brand) ?? companyOf(row, departments, companies, names, form);
    ownerOf.set(brand, company);
    return departments.map((department) => ({ brand, company, department }));
  });
  const apart = withoutRepeated(brands);
  requireAllDepartments(path, apart);
  return apart;
}

/** The company of a row. If the row names none, a company of its department, always the same for the brand. */
function companyOf(
  row: CsvRow,
  departments: readonly number[],
  companies: readonly Company[],
  names: ReadonlySet<string>,
  form: DictionaryForm,
): string {
  if (row.has('Company')) {
    const company = row.text('Company');
    if (!names.has(company)) row.refuse('Company', 'a company of product_companies.csv');
    return company;
  }
  form.madeUp('brands without a company belong to one of their category');
  const own = companies.filter(({ department }) => departments.includes(department));
  const candidates = own.length > 0 ? own : companies;
  return candidates[(purposeKey('brand', row.text('Brand')) >>> 0) % candidates.length].company;
}

/** Two categories of a brand may be in one department. */
function withoutRepeated(brands: readonly Brand[]): Brand[] {
  const seen = new Set<string>();
  return brands.filter(({ brand, department }) => {
    const key = `${department} ${brand}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** A department without a brand would have no products. */
function requireAllDepartments(path: string, brands: readonly Brand[]): void {
  const missing = ALL_DEPARTMENTS.filter(
    (number) => !brands.some(({ department }) => department === number),
  );
  if (missing.length === 0) return;
  throw new InputError(
    `Cannot use ${path}: no brand of ${missing.map((number) => `"${DEPARTMENTS[number]}"`).join(', ')}; ` +
      `expected brands of all ${DEPARTMENTS.length} departments. Is the file cut off?`,
  );
}
