/**
 * When and how much to order: periodic review (R, s, S) on the inventory position.
 *
 * Every R (a day), each product whose position is at or below the reorder point s is ordered up to the level
 * S, in case packs. s covers demand over lead time plus review, with safety stock for its variation
 * (Silver, Pyke and Thomas); demand is an exponentially smoothed forecast, scaled by the season ahead.
 */

const SMOOTHING = 0.12;
/** Variance over mean of a store's demand for one product: baskets come in clusters. */
export const SHOPPER_VARIANCE_RATIO = 1.8;

export interface ReplenishmentPolicy {
  /** Lead time plus review period that the reorder point covers, days. */
  readonly protectionDays: number;
  /** Safety stock in standard deviations of demand over the protection interval. */
  readonly safetyFactor: number;
  /** Demand that an order covers beyond the reorder point, days. */
  readonly coverDays: number;
}

export const STORE_POLICY: ReplenishmentPolicy = {
  protectionDays: 1.4,
  safetyFactor: 0.4,
  coverDays: 3,
};

/** A DC's protection interval depends on the supplier: see `dcPolicy`. */
const DC_SAFETY_FACTOR = 2;
const DC_COVER_DAYS = 6;
/** Time for review, waiting for a truck, the road and the dock. */
const INBOUND_DAYS = 2.5;

/** Policy of a DC for a supplier with the given lead time, which may be a third late. */
export function dcPolicy(leadTimeDays: number): ReplenishmentPolicy {
  return {
    protectionDays: INBOUND_DAYS + leadTimeDays * 1.33,
    safetyFactor: DC_SAFETY_FACTOR,
    coverDays: DC_COVER_DAYS,
  };
}

/**
 * Variance over mean of a DC's daily demand for one product: stores order several days at a time, so
 * the DC's demand is lumpy (the bullwhip effect).
 */
export function dcVarianceRatio(perDay: number, stores: number): number {
  return Math.max(SHOPPER_VARIANCE_RATIO, (perDay / stores) * STORE_POLICY.coverDays);
}

/** The forecast after a day with the given demand, units a day. */
export function smooth(forecast: number, demand: number): number {
  return forecast + SMOOTHING * (demand - forecast);
}

/** Reorder point in units for an expected demand of `perDay` with the given variance over mean. */
export function reorderPoint(
  policy: ReplenishmentPolicy,
  perDay: number,
  varianceRatio = SHOPPER_VARIANCE_RATIO,
): number {
  const mean = perDay * policy.protectionDays;
  return Math.ceil(mean + policy.safetyFactor * Math.sqrt(mean * varianceRatio));
}

/** Order-up-to level in units. */
export function orderUpToLevel(
  policy: ReplenishmentPolicy,
  point: number,
  perDay: number,
  casePack: number,
): number {
  return point + Math.max(casePack, Math.ceil(perDay * policy.coverDays));
}

/** Units to order: up to the level, in whole cases. */
export function orderQuantity(level: number, position: number, casePack: number): number {
  return Math.ceil((level - position) / casePack) * casePack;
}

/**
 * A store's share of the DC's remaining stock of a product when all stores together want more: in
 * proportion to what each has on order.
 */
export function fairShare(available: number, wanted: number, wantedByAll: number): number {
  if (available >= wantedByAll) return Math.min(wanted, available);
  return Math.min(wanted, Math.ceil((available * wanted) / wantedByAll));
}
