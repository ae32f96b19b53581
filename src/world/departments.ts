/** Departments by the names that dictionaries use. */
import { DEPARTMENTS } from '../domain/values.ts';
import type { CsvRow } from './csv-source.ts';
import type { DictionaryForm } from './dictionary-form.ts';

/** Every department: brands and companies of general merchandise. */
export const ALL_DEPARTMENTS = DEPARTMENTS.map((_, department) => department);

const GENERAL = ['Retail', 'General', 'General Merchandise'];
/** Other names, used by the original system and its users. */
const OTHER_NAMES: Readonly<Record<string, (typeof DEPARTMENTS)[number]>> = {
  Food: 'Grocery',
  Groceries: 'Grocery',
  Apparel: 'Clothing',
  Health: 'Health & Beauty',
  Beauty: 'Health & Beauty',
  Home: 'Home & Garden',
  Garden: 'Home & Garden',
  Baby: 'Baby & Kids',
  Kids: 'Baby & Kids',
  Pet: 'Pet Supplies',
  Pets: 'Pet Supplies',
  Auto: 'Automotive',
  Office: 'Office Supplies',
  Sports: 'Seasonal & Sports',
  'Sports & Recreation': 'Seasonal & Sports',
  Seasonal: 'Seasonal & Sports',
};

/** Returns the index of the department in a column. @throws InputError if no department has the name */
export function departmentIn(row: CsvRow, column: string, form: DictionaryForm): number {
  const name = row.text(column);
  const other = Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : undefined;
  if (other !== undefined) {
    form.madeUp(`"${name}" is read as ${other}`);
    return DEPARTMENTS.indexOf(other);
  }
  return row.oneOf(column, DEPARTMENTS, `one of ${DEPARTMENTS.join(', ')}`);
}

/** The same, but returns all departments for general merchandise. */
export function departmentsIn(
  row: CsvRow,
  column: string,
  form: DictionaryForm,
): readonly number[] {
  const name = row.text(column);
  if (!GENERAL.includes(name)) return [departmentIn(row, column, form)];
  form.madeUp(`"${name}" is read as every department`);
  return ALL_DEPARTMENTS;
}
