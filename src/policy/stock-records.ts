/**
 * Why a store's record of its stock drifts from what is there, and when somebody looks.
 *
 * Two thirds of a retailer's records are wrong (DeHoratius and Raman 2008), by theft and damage that nobody has seen,
 * by slips at the till and at receiving (Raman, DeHoratius and Ton 2001). A record that says there is stock where
 * there is none keeps a product from being ordered until it is counted (Kang and Gershwin 2005). docs/model.md tells
 * the sources of the figures.
 */

import type { Substream } from '../engine/substream.ts';

/** Units stolen or broken per unit sold, and the share that is stolen: 1.4 % of sales by value (NRF), since dear goods are among them. */
export const LOSS_SHARE = 0.0043;
export const THEFT_SHARE = 0.7;
/** Share of losses that hit any product alike; the others hit what sells. */
export const ANY_PRODUCT_SHARE = 0.1;
/** Share of breakage that staff see and write off at once; the rest is swept up without a record. */
export const SEEN_DAMAGE_SHARE = 0.65;
/** Chance that a loss is of two units rather than one. */
export const SECOND_UNIT_CHANCE = 0.3;

/** Chance that a line of a receipt is scanned as another product of its category, at the same price. */
export const MISSCAN_CHANCE = 0.006;
/** Chance that a delivered product is miscounted when it is received, and that a whole case is not noticed. */
export const MISCOUNT_CHANCE = 0.02;
export const MISCOUNT_CASE_CHANCE = 0.4;
/** Share of miscounts that enter too much: short deliveries are signed for as full. */
const MISCOUNT_OVER_SHARE = 0.6;

/** Days between two counts of a product by its class. */
export const COUNT_DAYS = [30, 90, 180] as const;
/** A product is of class A or B if its forecast is at least this multiple of the store's mean. */
const CLASS_A = 1.6;
const CLASS_B = 0.45;

/**
 * Chance that whoever walks the shelves notices an empty one whose record says that there is stock, by class: the gap of
 * a fast product stands out.
 */
export const GAP_SEEN_CHANCE = [0.45, 0.2, 0.08] as const;
/** Weekdays (0 Monday) without a walk: who keeps the records works Monday to Saturday. */
const NO_WALK_DAY = 6;

/**
 * Draws by how much the record is told too much (+) or too little (-) when units of a product are received: a unit, or
 * a whole case that was not noticed; never more than came.
 * @param factor on the chance
 */
export function drawMiscount(
  stream: Substream,
  units: number,
  casePack: number,
  factor = 1,
): number {
  if (!stream.chance(MISCOUNT_CHANCE * factor)) return 0;
  const size = stream.chance(MISCOUNT_CASE_CHANCE) ? casePack : 1;
  return stream.chance(MISCOUNT_OVER_SHARE) ? size : -Math.min(size, units);
}

/** Class of a product by its sales: 0 (A) to 2 (C). @param share its forecast over the mean of its store */
export function countClass(share: number): number {
  if (share >= CLASS_A) return 0;
  return share >= CLASS_B ? 1 : 2;
}

/** Whether the shelves are walked on a weekday (0 Monday). */
export function walksOn(weekday: number): boolean {
  return weekday !== NO_WALK_DAY;
}
