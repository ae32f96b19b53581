/**
 * The weekly promotion calendar: which products are on offer in a week, how deep and for whom, as a
 * pure function of seed, week and product.
 *
 * Weeks change on Wednesday 10:00 UTC, when every store is closed. About half of the grocery lines sell on
 * offer, 26 % off on average (Complete Journey 2017), once the lift in demand is counted.
 */
import { DEPARTMENTS, DISCOUNT } from '../domain/values.ts';
import { exp, ln } from '../engine/elementary.ts';
import { hashUnit, purposeKey } from '../engine/substream.ts';
import type { Effects } from './effects.ts';

const WEEK_MS = 7 * 86_400_000;
/** Wednesday 7 January 1970, 10:00 UTC. */
const FIRST_WEEK_MS = 6 * 86_400_000 + 10 * 3_600_000;

const PERCENTS = [10, 15, 20, 25, 30, 35, 40, 50] as const;
const PERCENT_SHARES = [0.22, 0.165, 0.225, 0.155, 0.082, 0.047, 0.058, 0.048] as const;
/** Deeper offers stand on displays and in the flyer. */
export const DISPLAYED_FROM_PERCENT = 20;
/** Share of offers that require a loyalty card. */
const LOYALTY_SHARE = 0.3;
/** Share of a department's products on offer in a week, by department index. */
const OFFER_SHARES = [0.4, 0.15, 0.25, 0.28, 0.18, 0.2, 0.22, 0.14, 0.15, 0.2] as const;
export const DEPARTMENT_CODES = [
  'GR',
  'EL',
  'CL',
  'HB',
  'HG',
  'BK',
  'PT',
  'AU',
  'OF',
  'SS',
] as const;

/** Prices turn at this time of a UTC day, when every store is closed. */
export const PRICES_TURN_MS = 10 * 3_600_000;

const OFFERED = purposeKey('promotion', 'offered');
const DEPTH = purposeKey('promotion', 'depth');
const AUDIENCE = purposeKey('promotion', 'audience');

export interface Promotion {
  readonly code: string;
  /** Department name; '' if a scenario's promotion spans several. */
  readonly department: string;
  /** Index into DISCOUNT_TYPES. */
  readonly discountType: number;
  readonly percentOff: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** Number of the promotion week of an instant. */
export function promotionWeek(atMs: number): number {
  return Math.floor((atMs - FIRST_WEEK_MS) / WEEK_MS);
}

/** First instant of a promotion week. */
export function promotionWeekStartMs(week: number): number {
  return FIRST_WEEK_MS + week * WEEK_MS;
}

/** Percent off for a product in a week, or 0 if it is not on offer. */
export function percentOff(
  seed: number,
  week: number,
  productId: number,
  department: number,
): number {
  if (hashUnit(seed, OFFERED, week, productId) >= OFFER_SHARES[department]) return 0;
  let left = hashUnit(seed, DEPTH, week, productId);
  for (let tier = 0; tier < PERCENTS.length - 1; tier++) {
    left -= PERCENT_SHARES[tier];
    if (left < 0) return PERCENTS[tier];
  }
  return PERCENTS[PERCENTS.length - 1];
}

/** Whether a product's offer of the week is only for loyalty cards: an index into DISCOUNT_TYPES. */
export function discountTypeOf(seed: number, week: number, productId: number): number {
  return hashUnit(seed, AUDIENCE, week, productId) < LOYALTY_SHARE
    ? DISCOUNT.loyalty
    : DISCOUNT.percentOff;
}

/** Code of an offer as printed on receipts: department, first day of the week, depth, L for loyalty. */
export function promotionCode(
  week: number,
  department: number,
  percent: number,
  type: number,
): string {
  const day = new Date(promotionWeekStartMs(week)).toISOString();
  const date = day.slice(2, 4) + day.slice(5, 7) + day.slice(8, 10);
  return `${DEPARTMENT_CODES[department]}${date}-${percent}${type === DISCOUNT.loyalty ? 'L' : ''}`;
}

/** Price in cents with a percentage off, always below the list price. */
export function discountedCents(priceCents: number, percent: number): number {
  return Math.max(1, Math.min(priceCents - 1, Math.round((priceCents * (100 - percent)) / 100)));
}

/**
 * The factor of an offer on a product's demand: own-price elasticity -2.6 (Bijmolt et al. 2005) at 25 %
 * off gives 2.1 times the units.
 */
export function offerLift(percent: number): number {
  return exp(-2.6 * ln(1 - percent / 100));
}

/** The weekly offers' codes that can appear in [startMs, endMs), and those of scenarios' promotions. */
export function promotionsBetween(startMs: number, endMs: number, effects: Effects): Promotion[] {
  const promotions: Promotion[] = [];
  for (let week = promotionWeek(startMs); promotionWeekStartMs(week) < endMs; week++) {
    for (let department = 0; department < DEPARTMENTS.length; department++) {
      for (const percent of PERCENTS) {
        for (const discountType of [DISCOUNT.percentOff, DISCOUNT.loyalty]) {
          promotions.push({
            code: promotionCode(week, department, percent, discountType),
            department: DEPARTMENTS[department],
            discountType,
            percentOff: percent,
            startMs: promotionWeekStartMs(week),
            endMs: promotionWeekStartMs(week + 1),
          });
        }
      }
    }
  }
  for (const promotion of effects.promotions()) {
    if (promotion.endMs <= startMs || promotion.startMs >= endMs) continue;
    promotions.push({ ...promotion, discountType: DISCOUNT.percentOff });
  }
  return promotions;
}
