/** What brings a customer to a store. */

/** Saved in checkpoints by number. */
export const PURPOSE = { shopping: 0, ad: 1, pickup: 2, elsewhere: 3 } as const;

export interface Occasion {
  /** One of PURPOSE. */
  readonly purpose: number;
  /** The ad that is credited with the visit, or 0. */
  readonly impressionId: number;
  /** Slot of the online order to collect, or -1. */
  readonly order: number;
  /** Index of the product that another store had run out of, or -1. */
  readonly product: number;
}

/** Comes of their own accord. */
export const SHOPPING: Occasion = {
  purpose: PURPOSE.shopping,
  impressionId: 0,
  order: -1,
  product: -1,
};
