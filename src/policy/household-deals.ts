/**
 * How households take offers: some look for them, some hardly notice. The appeal of an offer is the same for all
 * (promotions.ts); a household that leans to offers passes over part of what is not on offer, another over part of
 * what is. Fitted to the Complete Journey 2017: households' shares of lines on offer, .38 to .62 (10 to 90 %).
 */
import { exp } from '../engine/elementary.ts';
import { normally, Trait } from './trait.ts';

/** Standard deviation of the log-odds of taking a product on offer rather than another. */
const SPREAD = 0.36;
/** Chance that a household that has run out of something buys it when it is not on offer, rather than waiting for one. */
export const STOCK_UP_CHANCE = 0.55;
/** Chance that somebody without a card takes a product whose offer is for cards only: it draws them no more than others. */
export const CARD_OFFER_CHANCE = 0.5;

const lean = normally(0, SPREAD);
const ON_OFFER = new Trait('takes-offers', (unit) => Math.min(1, exp(lean(unit))));
const OFF_OFFER = new Trait('takes-offers', (unit) => Math.min(1, exp(-lean(unit))));

/** Returns the chance that a household takes a product that it looks at. @param onOffer at its price of the day */
export function takes(nature: number, onOffer: boolean): number {
  return onOffer ? ON_OFFER.of(nature) : OFF_OFFER.of(nature);
}
