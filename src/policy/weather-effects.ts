/**
 * What the weather does to shopping: how many come, and what they want.
 *
 * Rain keeps 7 % of visitors away, rain all day 15 %, a clear sky brings 3 % more (study of US retail traffic). Snow and
 * heat, and what they do to departments and categories, are set by judgement, in line with Starr-McCluer (2000), The
 * Effects of Weather on Retail Sales. Every effect is relative to what is usual in the place and month, so the weather moves
 * sales between days, and the month's mean stays.
 */
import { DEPARTMENTS, type Department, SKIES } from '../domain/values.ts';
import type { Place } from './climate.ts';
import { skyNormals } from './weather.ts';

type Sky = (typeof SKIES)[number];

/** Visits relative to a cloudy day, percent, by sky. */
export const VISITS_PERCENT: readonly number[] = [103, 100, 93, 85, 82, 97];

/** Factors on demand for a department. */
const DEPARTMENT_EFFECTS: Partial<Record<Sky, Partial<Record<Department, number>>>> = {
  CLEAR: { 'Home & Garden': 1.03, 'Seasonal & Sports': 1.05 },
  RAIN: { 'Home & Garden': 0.95, 'Seasonal & Sports': 0.92, Clothing: 1.02 },
  RAIN_ALL_DAY: { 'Home & Garden': 0.92, 'Seasonal & Sports': 0.88, Clothing: 1.03 },
  SNOW: { Grocery: 1.08, Automotive: 1.3, 'Home & Garden': 1.1, Clothing: 0.9 },
  HEAT: { Grocery: 1.04, 'Health & Beauty': 1.06, 'Seasonal & Sports': 1.2, Clothing: 0.93 },
};

/** Factors on demand for products within their department, by the category's name. */
const CATEGORY_EFFECTS: Readonly<Record<string, Partial<Record<Sky, number>>>> = {
  Beverages: { HEAT: 1.35, SNOW: 0.9 },
  'Frozen Foods': { HEAT: 1.15, SNOW: 0.92 },
  Produce: { HEAT: 1.08 },
  'Coffee & Tea': { HEAT: 0.8, SNOW: 1.2, RAIN: 1.05, RAIN_ALL_DAY: 1.08 },
  'Canned & Jarred': { HEAT: 0.88, SNOW: 1.25, RAIN_ALL_DAY: 1.08 },
  Bakery: { SNOW: 1.2 },
  'Dairy & Eggs': { SNOW: 1.15 },
  'Skin Care': { HEAT: 1.3, CLEAR: 1.05 },
  'Garden & Patio': { CLEAR: 1.15, RAIN: 0.8, RAIN_ALL_DAY: 0.65, SNOW: 0.5, HEAT: 1.05 },
  'Pool & Beach': { HEAT: 1.7, CLEAR: 1.1, RAIN: 0.7, RAIN_ALL_DAY: 0.5, SNOW: 0.2 },
  'Winter & Snow': { SNOW: 3, HEAT: 0.3 },
  'Wipers & Filters': { RAIN: 1.3, RAIN_ALL_DAY: 1.6, SNOW: 1.5 },
};

const NONE = SKIES.map(() => 1);

/** Effects in the climate of one place. Each is a factor on the usual of the month. */
export class WeatherEffects {
  private readonly usual: readonly Float64Array[];
  /** Mean of a factor over the weather of a month, by the list of factors. */
  private readonly means = new Map<readonly number[], Float64Array>();
  private readonly categories = new Map<string, readonly number[]>();

  constructor(place: Place) {
    this.usual = skyNormals(place);
  }

  /** Factor on visits. @param sky index into SKIES @param month from 1 */
  visits(sky: number, month: number): number {
    return this.relative(VISITS_PERCENT, sky, month);
  }

  /** Factor on demand for a department, given by index. */
  department(department: number, sky: number, month: number): number {
    return this.relative(DEPARTMENT_FACTORS[department], sky, month);
  }

  /** Factor on demand for the products of a category, within their department. */
  category(name: string, sky: number, month: number): number {
    let factors = this.categories.get(name);
    if (factors === undefined) {
      const effects = Object.hasOwn(CATEGORY_EFFECTS, name) ? CATEGORY_EFFECTS[name] : undefined;
      factors = effects === undefined ? NONE : SKIES.map((sky) => effects[sky] ?? 1);
      this.categories.set(name, factors);
    }
    return factors === NONE ? 1 : this.relative(factors, sky, month);
  }

  private relative(factors: readonly number[], sky: number, month: number): number {
    let means = this.means.get(factors);
    if (means === undefined) {
      means = Float64Array.from(this.usual, (shares) =>
        shares.reduce((sum, share, at) => sum + share * factors[at], 0),
      );
      this.means.set(factors, means);
    }
    return factors[sky] / means[month - 1];
  }
}

const DEPARTMENT_FACTORS: readonly (readonly number[])[] = DEPARTMENTS.map((name) =>
  SKIES.map((sky) => DEPARTMENT_EFFECTS[sky]?.[name] ?? 1),
);
