/** Sales taxes: one rate for each state, or one for each of its cities. */
import { type CsvRow, readCsv } from './csv-source.ts';
import type { DictionaryForm } from './dictionary-form.ts';
import { STATES } from './states.ts';

/** Rates in hundredths of a percent. */
export interface Taxes {
  /** Rate of a place; that of its state if its city has none, undefined if the state has none either. */
  at(state: string, city: string): number | undefined;
}

/** @throws InputError naming file, line, column and value of the first fault */
export function readTaxes(path: string, form: DictionaryForm): Taxes {
  const shape = { required: ['State', 'Rate'], instead: ['StateCode', 'City', 'CombinedRate'] };
  const rows = readCsv(path, shape, form);
  return rows[0].has('CombinedRate') ? taxesOfCities(rows, form) : taxesOfStates(rows, form);
}

/** Reads the postal code in a column. */
export function stateIn(row: CsvRow, column: string): string {
  const state = row.text(column);
  if (!STATES.has(state)) row.refuse(column, 'the postal code of a state, such as TX');
  return state;
}

function taxesOfStates(rows: readonly CsvRow[], form: DictionaryForm): Taxes {
  const own = form.once(rows, 'State', (row) => stateIn(row, 'State'));
  const rates = new Map(own.map((row) => [stateIn(row, 'State'), basisPoints(row, 'Rate')]));
  return { at: (state) => rates.get(state) };
}

/** A state's own rate is the mean of its cities'. */
function taxesOfCities(rows: readonly CsvRow[], form: DictionaryForm): Taxes {
  const cities = new Map<string, number[]>();
  const states = new Map<string, number[]>();
  for (const row of rows) {
    const state = stateIn(row, 'StateCode');
    const rate = basisPoints(row, 'CombinedRate');
    add(cities, `${state} ${row.text('City').toLowerCase()}`, rate);
    add(states, state, rate);
  }
  return {
    at(state, city) {
      const own = cities.get(`${state} ${city.toLowerCase()}`);
      if (own !== undefined) return mean(own);
      const others = states.get(state);
      if (others === undefined) return undefined;
      form.madeUp("places without a tax rate get the mean of their state's cities");
      return mean(others);
    },
  };
}

function basisPoints(row: CsvRow, column: string): number {
  return Math.round(row.number(column, 0, 0.25) * 10_000);
}

function add(lists: Map<string, number[]>, key: string, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function mean(values: readonly number[]): number {
  return Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);
}
