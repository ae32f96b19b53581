/**
 * How households take offers: some look for them, some hardly notice. The appeal of an offer is the same for all
 * (promotions.ts); a household that leans to offers passes over part of what is not on offer, another over part of
 * what is. Fitted to the Complete Journey 2017: households' shares of lines on offer, .38 to .62 (10 to 90 %).
 */
import { exp } from '../engine/elementary.ts';
import { mix, purposeKey } from '../engine/substream.ts';
import { normally, Trait } from './trait.ts';

/** Standard deviation of the log-odds of taking a product on offer rather than another. */
const SPREAD = 0.36;
/** Chance that a household that has run out of something buys it when it is not on offer, rather than waiting for one. */
export const STOCK_UP_CHANCE = 0.55;
/** The same for an online order: what runs out is put into the cart from the list of past purchases. */
export const ONLINE_STOCK_UP_CHANCE = 0.95;
/** Chance that somebody without a card takes a product whose offer is for cards only: it draws them no more than others. */
export const CARD_OFFER_CHANCE = 0.5;

/** Share of the offers that a household notices in a week by their display or in the flyer, whatever else it looks for. */
const DISPLAY_SHARE = 0.2;
const DISPLAY = purposeKey('household', 'display');
const DISPLAY_LIMIT = Math.floor(DISPLAY_SHARE * 2 ** 31);

const lean = normally(0, SPREAD);
const ON_OFFER = new Trait('takes-offers', (unit) => Math.min(1, exp(lean(unit))));
const OFF_OFFER = new Trait('takes-offers', (unit) => Math.min(1, exp(-lean(unit))));

/** Returns the chance that a household takes a product that it looks at. @param onOffer at its price of the day */
export function takes(nature: number, onOffer: boolean): number {
  return onOffer ? ON_OFFER.of(nature) : OFF_OFFER.of(nature);
}

/** Whether a household notices the offer of a product (index) by its display in a promotion week. */
export function seesDisplay(nature: number, product: number, week: number): boolean {
  const key = nature ^ DISPLAY ^ Math.imul(product + 1, 0x9e3779b1) ^ Math.imul(week, 0x85ebca6b);
  return mix(key) >>> 1 < DISPLAY_LIMIT;
}
