/**
 * Which stores households use: one takes most of a household's trips, further ones the rest. Fitted to the Complete
 * Journey 2017: the main store takes 77 % of the trips of the household in the middle; households use 1, 3 or 8
 * stores a year (10, 50, 90 %).
 */
import { logistically, Trait } from './trait.ts';

/** Log-odds of the main store's share: .77 in the middle. */
const MAIN_SHARE_ODDS = 1.0;
const MAIN_SHARE_SPREAD = 1;
/** Share of households that use up to 1, 2, 3, 4, 5 stores; the others use six. */
const STORES_UP_TO = [0.14, 0.38, 0.57, 0.7, 0.8] as const;
/** The most stores that a household uses. */
export const MOST_STORES = STORES_UP_TO.length + 1;

const MAIN_SHARE = new Trait('main-store-share', logistically(MAIN_SHARE_ODDS, MAIN_SHARE_SPREAD));
const STORES = new Trait('stores-used', (unit) => {
  const more = STORES_UP_TO.findIndex((upTo) => unit < upTo);
  return more < 0 ? MOST_STORES : more + 1;
});
const MAIN_STORE = new Trait('main-store', (unit) => unit);

/** Returns the share of a household's trips that its main store takes, if it uses others. */
export function mainStoreShare(nature: number): number {
  return MAIN_SHARE.of(nature);
}

/** Returns the number of stores that a household uses, if there are as many, 1 to `MOST_STORES`. */
export function storesUsed(nature: number): number {
  return STORES.of(nature);
}

/** Returns the household's place in [0, 1) among its neighbours, by which its main store is chosen. */
export function mainStoreStanding(nature: number): number {
  return MAIN_STORE.standing(nature);
}
