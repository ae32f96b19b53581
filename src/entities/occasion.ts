/** The reason for a customer's visit to a store. */

/** Saved in checkpoints by number. */
export const PURPOSE = { shopping: 0, ad: 1, pickup: 2, elsewhere: 3 } as const;

export interface Occasion {
  /** One of PURPOSE. */
  readonly purpose: number;
  /** Id of the ad impression that is credited with the visit, or 0. */
  readonly impressionId: number;
  /** Slot of the online order to collect, or -1. */
  readonly order: number;
  /** Index of the product that was out of stock at another store, or -1. */
  readonly product: number;
}

/** A visit without an ad, an order or a stockout elsewhere. */
export const SHOPPING: Occasion = {
  purpose: PURPOSE.shopping,
  impressionId: 0,
  order: -1,
  product: -1,
};
