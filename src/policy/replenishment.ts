/**
 * When and how much to order: periodic review (R, s, S) on the inventory position.
 *
 * Every R (a day), each product whose position is at or below the reorder point s is ordered up to the level
 * S, in case packs. s covers demand over lead time plus review, with safety stock for its variation
 * (Silver, Pyke and Thomas); demand is an exponentially smoothed forecast without season and offers, scaled by
 * those of the days that the order is for.
 */
import { HOUR_MS } from '../engine/time.ts';
import { plannedDriveMs } from './roads.ts';

const SMOOTHING = 0.07;
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

/** Days between two reviews of a node. */
const REVIEW_DAYS = 1;
/** Standard deviations of demand that a store's safety stock covers. */
const STORE_SAFETY_FACTOR = 0.7;
/** Hours that a store's order waits for a truck worth sending, for picking and loading; and to dock and unload. */
const STORE_ORDER_HOURS = 12;
const STORE_DOCK_HOURS = 2;

/** Days from a store's order to its goods, for a store at this great-circle distance from its DC. */
export function storeLeadDays(dcDistanceKm: number): number {
  return (STORE_ORDER_HOURS + plannedDriveMs(dcDistanceKm) / HOUR_MS + STORE_DOCK_HOURS) / 24;
}

/** Policy of a store. @param coverDays demand that an order covers beyond the reorder point */
export function storePolicy(dcDistanceKm: number, coverDays: number): ReplenishmentPolicy {
  return {
    protectionDays: REVIEW_DAYS + storeLeadDays(dcDistanceKm),
    safetyFactor: STORE_SAFETY_FACTOR,
    coverDays,
  };
}

const DC_SAFETY_FACTOR = 2;
/** Days from goods that are ready at a supplier to goods in the DC: waiting for a truck, the road and the dock. */
export const INBOUND_DAYS = 1;
/** Standard deviation of the logarithm of a supplier's lead time. */
export const LEAD_TIME_SPREAD = 0.25;
/** A lead time is longer than its median by this factor once in eight times. */
const LATE_LEAD = 1.33;
const USUAL_LEAD_DAYS = 2.5;

/** Policy of a DC for a supplier with the given lead time, days. */
export function dcPolicy(leadTimeDays: number, coverDays: number): ReplenishmentPolicy {
  return {
    protectionDays: REVIEW_DAYS + INBOUND_DAYS + leadTimeDays * LATE_LEAD,
    safetyFactor: DC_SAFETY_FACTOR,
    coverDays,
  };
}

/** Policy of a DC for a supplier whose lead time is that of most. */
export function usualDcPolicy(coverDays: number): ReplenishmentPolicy {
  return dcPolicy(USUAL_LEAD_DAYS, coverDays);
}

/** Days ahead for whose offers a store and a DC plan: the goods that they order are then on sale. */
export const STORE_OFFER_DAYS = 1;
export const DC_OFFER_DAYS = 3;

/**
 * Variance over mean of a DC's daily demand for one product: stores order lots, a case or several days' demand, so
 * the DC's demand is lumpy (the bullwhip effect). With lots at random times it is the size of a lot.
 */
export function dcVarianceRatio(
  perDay: number,
  stores: number,
  storeCoverDays: number,
  casePack: number,
): number {
  return Math.max(SHOPPER_VARIANCE_RATIO, casePack, (perDay / stores) * storeCoverDays);
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

/** Share of the opening reorder point below which later ones never fall, so that a node keeps what it carries. */
const LEAST_POINT_SHARE = 0.25;

/** The reorder point that reviews never go below, for an opening one. */
export function leastReorderPoint(opening: number): number {
  return Math.min(opening, Math.max(1, Math.round(opening * LEAST_POINT_SHARE)));
}

/** Order-up-to level in units. @param perDay demand of the days that the order covers beyond the reorder point */
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
