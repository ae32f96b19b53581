/** Shares of customers by segment: BUDGET, CONVENIENCE, QUALITY, LOYAL (seed figures). */
export const SEGMENT_SHARES = [0.35, 0.25, 0.2, 0.2] as const;
