/**
 * Shelves and the people who fill them: how much a shelf holds, when a product is filled, how many cases a crew
 * handles in which hour of which day.
 *
 * A store sells from the shelf alone; deliveries wait in the backroom until somebody fills (Eroglu, Williams and
 * Waller 2013, "The Backroom Effect in Retail Operations"). docs/model.md tells the sources of the figures.
 */

/**
 * Everyday demand that a planogram gives a product room for, days. Room is dear and dealt out by the case, so slow
 * goods have weeks on the shelf and fast goods less than a day.
 */
const SHELF_DAYS = 0.9;
/** A product is filled when its shelf has fallen to this share of its capacity, or when a whole case fits. */
const FILL_BELOW = 0.5;

/** What an empty shelf adds to the missing share of its capacity. */
const EMPTY_FIRST = 1.5;

/** Cases that a store's crews can handle in a mean day, for each case that it sells in a mean day. */
const LABOUR_PER_CASE_SOLD = 2.1;
/** Work to find a product in the backroom and carry it out, in cases; each case put up adds one. */
const ERRAND_CASES = 0.6;
/**
 * Chance that whoever fills shelves notices one that is low, in each round: goods are in the store and not on the shelf.
 * It grows with the everyday demand of the product, half of the way at `HALF_SEEN_PER_DAY` units: crews know where fast
 * goods run low.
 */
const SLOW_SEEN_CHANCE = 0.11;
const FAST_SEEN_CHANCE = 0.65;
const HALF_SEEN_PER_DAY = 2;
/** Staffing by weekday, Monday to Sunday: schedules follow the week far less than shoppers do. */
const STAFFING = [0.92, 1.02, 1.04, 1.06, 1.04, 1, 0.86] as const;
/** Share of a day's work that is done before the doors open. */
const MORNING_SHARE = 0.62;
/** Shares of the rest by local hour, from 8 to 22 o'clock: few people fill shelves in the evening. */
const HOURLY = [7, 8, 8, 8, 8, 8, 8, 8, 8, 8, 7, 6, 4, 2, 1] as const;
const FIRST_HOUR = 8;
const HOURLY_SUM = HOURLY.reduce<number>((sum, share) => sum + share, 0);

/**
 * Units that a shelf holds: facings times depth, a case deep each.
 * @param perDay everyday demand of the product in the store, units a day
 */
export function shelfCapacity(perDay: number, casePack: number): number {
  const facings = Math.max(1, Math.round((perDay * SHELF_DAYS) / casePack));
  return facings * casePack;
}

/** Units on a shelf at which it is filled: half its capacity, or when a case fits. */
export function fillPoint(capacity: number, casePack: number): number {
  return Math.max(Math.floor(capacity * FILL_BELOW), capacity - casePack);
}

/** Chance that a low shelf is noticed in a round. @param perDay everyday demand of the product, units a day */
export function lowSeenChance(perDay: number): number {
  const pace = perDay / (perDay + HALF_SEEN_PER_DAY);
  return SLOW_SEEN_CHANCE + (FAST_SEEN_CHANCE - SLOW_SEEN_CHANCE) * pace;
}

/** Units to bring to a shelf that is low: as many as fit and are there. */
export function unitsToFill(shelf: number, capacity: number, backroom: number): number {
  return Math.min(capacity - shelf, backroom);
}

/**
 * How urgent a fill is: fast goods and empty shelves first. Demand counts by its root, since a crew works along the aisles
 * and leaves no gap beside a bestseller for long.
 */
export function fillUrgency(perDay: number, shelf: number, capacity: number): number {
  return Math.sqrt(perDay + 0.1) * (1 - shelf / capacity + (shelf <= 0 ? EMPTY_FIRST : 0));
}

/** Work of a fill, cases. */
export function fillWork(units: number, casePack: number): number {
  return ERRAND_CASES + Math.ceil(units / casePack);
}

/**
 * Work that the crew before opening can do, cases.
 * @param casesPerDay cases that the store expects to sell in a mean day of the season
 * @param weekday 0 Monday
 */
export function morningWork(casesPerDay: number, weekday: number): number {
  return casesPerDay * LABOUR_PER_CASE_SOLD * STAFFING[weekday] * MORNING_SHARE;
}

/** Work that is done on the sales floor in a local hour, cases. */
export function hourlyWork(casesPerDay: number, weekday: number, hour: number): number {
  const share = (HOURLY[hour - FIRST_HOUR] ?? 0) / HOURLY_SUM;
  return casesPerDay * LABOUR_PER_CASE_SOLD * STAFFING[weekday] * (1 - MORNING_SHARE) * share;
}

/** What a shopper does at an empty shelf, by index into SHELF_REACTIONS (Gruen, Corsten and Bharadwaj 2002). */
export const REACTION_SHARES = [0.31, 0.26, 0.15, 0.09, 0.19] as const;
/** Of those who go elsewhere, the share that goes to another store of this network. */
export const OWN_NETWORK_CHANCE = 0.1;
/** A delayed purchase is forgotten after this many days. */
export const WISH_DAYS = 21;
