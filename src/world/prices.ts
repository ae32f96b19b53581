/** Prices of a product: the maker's recommended price, the everyday price, the cost. All in cents. */
import { DEPARTMENTS, type Department } from '../domain/values.ts';
import type { Substream } from '../engine/substream.ts';

export interface Prices {
  readonly msrpCents: number;
  readonly salePriceCents: number;
  readonly costCents: number;
}

const MSRP_SPREAD = 0.15;
const DISCOUNT_CHANCE = 0.4;
const LEAST_DISCOUNT = 0.05;
const MOST_DISCOUNT = 0.35;
const LEAST_COST = 0.5;
const MOST_COST = 0.85;

/** Range of cost / price by department: low margins in grocery and electronics, high ones in clothing. */
const COST_RANGES: Readonly<Record<Department, readonly [number, number]>> = {
  Grocery: [0.66, 0.85],
  Electronics: [0.68, 0.85],
  Clothing: [0.5, 0.62],
  'Health & Beauty': [0.54, 0.74],
  'Home & Garden': [0.54, 0.72],
  'Baby & Kids': [0.56, 0.78],
  'Pet Supplies': [0.6, 0.8],
  Automotive: [0.56, 0.76],
  'Office Supplies': [0.52, 0.72],
  'Seasonal & Sports': [0.52, 0.7],
};

/**
 * Draws prices such that Cost < SalePrice ≤ MSRP, 0.50 ≤ Cost / SalePrice ≤ 0.85 and MSRP lies within
 * 15 % of the base price, exactly, after rounding to cents.
 * @param baseCents at least 2
 */
export function drawPrices(baseCents: number, department: number, stream: Substream): Prices {
  const msrpCents = within(
    baseCents * (1 - MSRP_SPREAD + 2 * MSRP_SPREAD * stream.unit()),
    Math.ceil(baseCents * (1 - MSRP_SPREAD)),
    Math.floor(baseCents * (1 + MSRP_SPREAD)),
  );
  const discounted = stream.chance(DISCOUNT_CHANCE);
  const depth = LEAST_DISCOUNT + (MOST_DISCOUNT - LEAST_DISCOUNT) * stream.unit();
  const lowCents = Math.ceil(msrpCents * (1 - MOST_DISCOUNT));
  const highCents = Math.floor(msrpCents * (1 - LEAST_DISCOUNT));
  const salePriceCents =
    discounted && highCents >= Math.max(2, lowCents)
      ? within(msrpCents * (1 - depth), Math.max(2, lowCents), highCents)
      : msrpCents;
  const [low, high] = COST_RANGES[DEPARTMENTS[department]];
  const costCents = Math.round(salePriceCents * (low + (high - low) * stream.unit()));
  return { msrpCents, salePriceCents, costCents: clamp(costCents, ...costBounds(salePriceCents)) };
}

/** Returns the smallest and greatest cost for a price, in whole cents and exact. */
function costBounds(priceCents: number): [number, number] {
  const percent = (share: number) => Math.round(share * 100);
  return [
    Math.ceil((priceCents * percent(LEAST_COST)) / 100),
    Math.floor((priceCents * percent(MOST_COST)) / 100),
  ];
}

/** Returns a price near `cents` with a usual ending (.99 from $20 on, 9 below), if the range contains one. */
function within(cents: number, low: number, high: number): number {
  const step = cents >= 2000 ? 100 : 10;
  const ending = Math.round(cents / step) * step - 1;
  return ending >= low && ending <= high ? ending : clamp(Math.round(cents), low, high);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
