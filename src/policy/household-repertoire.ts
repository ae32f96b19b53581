/**
 * What households buy again: each keeps a repertoire of products, of its own size and stability, and takes a share of
 * its own from it. A product that is bought may enter the repertoire and then displaces another: a Pólya urn with a
 * finite memory; popular products enter more easily, as buyers of large brands are more loyal (double jeopardy;
 * Ehrenberg, Goodhardt and Barwise 1990). Staples come due after a cycle of their own.
 *
 * The other lines are tried, by appeal among what a household notices at the time: a part of the assortment that changes
 * by the month (consideration sets; Roberts and Lattin 1991), without what it tried lately.
 *
 * Fitted to the Complete Journey 2017: share of lines bought before, by month of the year and by household; for
 * online orders to the reorder ratio of Instacart.
 */
import { exp, ln } from '../engine/elementary.ts';
import { mix, purposeKey } from '../engine/substream.ts';
import { logistic, normally, logistically, Trait } from './trait.ts';

/** The most products of a repertoire. */
export const LARGEST_REPERTOIRE = 24;
const SMALLEST_REPERTOIRE = 8;

/** Log-odds of the share of lines that households take from their repertoire in stores, and what online adds to them. */
const HABIT_ODDS = -1.9;
const HABIT_SPREAD = 0.9;
const ONLINE_HABIT = 4.6;
/** Log-odds of the chance that a product of mean popularity enters the repertoire when it is bought. */
const ENTRY_ODDS = -2.8;
const ENTRY_SPREAD = 0.6;
/** How the chance grows with popularity. */
const LOYALTY = 1.3;
/** Parts of the assortment, a power of two, of which a household notices one at a time, and how long. */
const PARTS = 4;
export const PART_DAYS = 75;

const HABIT_LEAN = normally(HABIT_ODDS, HABIT_SPREAD);
const HABIT = new Trait('habit', (unit) => logistic(HABIT_LEAN(unit)));
const ONLINE = new Trait('habit', (unit) => logistic(HABIT_LEAN(unit) + ONLINE_HABIT));
const ENTRY = new Trait('repertoire-entry', logistically(ENTRY_ODDS, ENTRY_SPREAD));
const SIZE = new Trait('repertoire-size', (unit) =>
  Math.floor(SMALLEST_REPERTOIRE + (LARGEST_REPERTOIRE + 1 - SMALLEST_REPERTOIRE) * unit),
);
const NOTICE = purposeKey('household', 'notice');

/** Returns the chance that a wanted line comes from the repertoire, if something there is due. */
export function habit(nature: number, online: boolean): number {
  return online ? ONLINE.of(nature) : HABIT.of(nature);
}

/**
 * Returns the chance that a product enters the repertoire when it is bought.
 * @param liking of the product, see `likingOf`
 */
export function entryChance(nature: number, liking: number): number {
  return ENTRY.of(nature) * liking;
}

/** Returns how much more easily a product enters repertoires than one of mean popularity. @param popularity over the mean */
export function likingOf(popularity: number): number {
  return popularity > 0 ? exp(LOYALTY * ln(popularity)) : 0;
}

/** Returns the number of the period in which a household notices the same part of the assortment, from 0. */
export function noticePeriod(nature: number, day: number): number {
  return Math.floor((day + ((nature >>> 3) % PART_DAYS)) / PART_DAYS);
}

/** Whether a household notices a product (index) in a period. */
export function notices(nature: number, product: number, period: number): boolean {
  const part = mix(nature ^ NOTICE ^ Math.imul(product + 1, 0x9e3779b1)) + period;
  return (part & (PARTS - 1)) === 0;
}

/** Returns the number of products that a repertoire holds. */
export function repertoireSize(nature: number): number {
  return SIZE.of(nature);
}

/** Days after which a product of a category is needed again; others are `OTHER_CYCLE_DAYS`. */
const CYCLE_DAYS: Readonly<Record<string, number>> = {
  'Dairy & Eggs': 8,
  Produce: 8,
  Bakery: 9,
  'Deli & Prepared Foods': 10,
  'Meat & Seafood': 12,
  Beverages: 12,
  Snacks: 14,
  'Breakfast & Cereal': 16,
  'Frozen Foods': 18,
  'Canned & Jarred': 24,
  'Pasta & Grains': 24,
  'Coffee & Tea': 24,
  'Candy & Gum': 14,
  'Condiments & Sauces': 45,
  'Baking & Spices': 60,
  Diapering: 14,
  Feeding: 12,
  'Dog Food': 18,
  'Cat Food': 14,
};
const OTHER_CYCLE_DAYS = 45;

/** Returns the days after which a product of a category is needed again. */
export function cycleDays(category: string): number {
  return Object.hasOwn(CYCLE_DAYS, category) ? CYCLE_DAYS[category] : OTHER_CYCLE_DAYS;
}
