/** How online orders are fulfilled: shares by mode, in the order of FULFILLMENT_MODES (seed figures). */
export const MODE_SHARES = [0.55, 0.35, 0.1] as const;
