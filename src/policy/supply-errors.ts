/**
 * What suppliers and planners get wrong: orders that are filled in part or late, promotions that sell more than was
 * forecast. docs/model.md tells the sources of the figures.
 */
import { exp } from '../engine/elementary.ts';
import { hashUnit, purposeKey, type Substream } from '../engine/substream.ts';

/** Share of the units of an order line that a supplier delivers at first, by supplier: 90 to 98 %. */
const LEAST_FILL = 0.9;
const FILL_SPAN = 0.08;
/** Share of an incomplete line that is delivered at first, on average. */
const PART_SHARE = 0.5;
/** Chance that an order is late, and by how much in the mean, days. */
export const LATE_CHANCE = 0.12;
export const LATE_DAYS = 1.6;

/** Share of a promotion's lift that planners expect (a cautious mean), and the spread of their guess (log). */
const LIFT_EXPECTED = 0.65;
const LIFT_SPREAD = 0.3;

const RELIABILITY = purposeKey('supplier', 'fillRate');
const GUESS = purposeKey('promotion', 'guess');

/** Returns the share of units that a supplier delivers at first on average, 0.90 to 0.98. */
export function fillRateOf(seed: number, supplierId: number): number {
  return LEAST_FILL + FILL_SPAN * hashUnit(seed, RELIABILITY, supplierId);
}

/** Draws the share of one order line that is delivered at first: all of it, or a part. */
export function drawLineFill(stream: Substream, fillRate: number): number {
  const shortChance = (1 - fillRate) / (1 - PART_SHARE);
  return stream.chance(shortChance) ? stream.unit() * 2 * PART_SHARE : 1;
}

/**
 * Returns the factor on everyday demand that planners expect of an offer: part of its lift, with an error of its own
 * for each product and week.
 * @param lift the true factor
 */
export function expectedLift(seed: number, week: number, productId: number, lift: number): number {
  // The sum of three uniforms is close enough to a normal, and needs no stream.
  let sum = -1.5;
  for (let draw = 0; draw < 3; draw++) sum += hashUnit(seed, GUESS + draw, week, productId);
  return 1 + (lift - 1) * LIFT_EXPECTED * exp(LIFT_SPREAD * 2 * sum);
}
