/** Further probabilities of a store visit: tenders, the checkout. */

/** Shares of CASH, CREDIT_CARD, DEBIT_CARD, CHECK, MOBILE_PAY for small and larger tickets (Fed Diary 2025). */
export const SMALL_TICKET_CENTS = 2000;
export const TENDER_SHARES_SMALL = [0.27, 0.36, 0.31, 0.005, 0.055] as const;
export const TENDER_SHARES_LARGE = [0.12, 0.45, 0.385, 0.012, 0.033] as const;
export const TENDER_SHARES_ONLINE = [0, 0.62, 0.2, 0, 0.18] as const;
/** Card payments that fail at the first attempt. */
export const DECLINE_CHANCE = 0.012;

/** Checkout: seconds per customer and per item, and their spread. */
export const CHECKOUT_BASE_SECONDS = 37;
export const CHECKOUT_ITEM_SECONDS = 3;
export const CHECKOUT_SIGMA = 0.25;

/**
 * Lanes that a store opens: enough for its busiest hour on a busy day.
 * @param visitsPerDay mean visits a day
 * @param itemsPerTicket mean lines a receipt
 */
export function laneCount(visitsPerDay: number, itemsPerTicket: number): number {
  const busiestHourShare = 0.105;
  const serviceSeconds = CHECKOUT_BASE_SECONDS + CHECKOUT_ITEM_SECONDS * itemsPerTicket * 1.32;
  const busyLanes = (visitsPerDay * busiestHourShare * 0.62 * serviceSeconds) / 3600;
  return Math.max(2, Math.ceil(busyLanes * 1.9));
}

/**
 * Minimum time between two payment authorisations of a store, ms. A store's payment host processes them one
 * by one: a second apart, unless the store is so busy that this alone would cause a queue.
 */
export function authorisationGapMs(visitsPerDay: number): number {
  const busiestHourReceipts = visitsPerDay * 0.105 * 0.7 * 2;
  return Math.max(
    1,
    Math.min(1000, Math.floor((0.5 * 3_600_000) / Math.max(1, busiestHourReceipts))),
  );
}
