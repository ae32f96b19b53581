/**
 * Why shoppers come, and what it means for their baskets: shopping missions by segment.
 *
 * Shares per segment (budget, convenience, quality, loyal): seed figures. Lines per receipt follow a
 * shifted negative binomial; over all missions the mean is items_per_ticket_mean.
 */
export const MISSIONS = ['quick', 'grocery', 'family', 'bulk'] as const;
export const MISSION = { quick: 0, grocery: 1, family: 2, bulk: 3 } as const;

/** Mission shares by segment index. */
export const MISSION_SHARES: readonly (readonly number[])[] = [
  [0.2, 0.4, 0.3, 0.1],
  [0.5, 0.3, 0.15, 0.05],
  [0.3, 0.35, 0.25, 0.1],
  [0.25, 0.4, 0.25, 0.1],
];

/** Chance that a visit on this mission ends in a purchase by default; 60 % over all visits. */
export const PURCHASE_CHANCE = [0.48, 0.68, 0.58, 0.76] as const;

/** Mean lines per receipt relative to items_per_ticket_mean, before normalisation. */
const RELATIVE_LINES = [0.26, 1, 1.6, 3.1] as const;
export const MAX_LINES = 200;
/**
 * Share of wanted lines that are not bought: an empty shelf without a substitute, or the same product twice.
 * Shoppers want this much more than they buy.
 */
const LOST_LINES_SHARE = 0.045;

/**
 * Mean wanted lines by mission, chosen so that receipts average `itemsPerTicketMean` lines.
 * @param purchase chance that a visit ends in a purchase, by mission
 */
export function meanLinesByMission(
  itemsPerTicketMean: number,
  segmentShares: readonly number[],
  purchase: readonly number[] = PURCHASE_CHANCE,
): number[] {
  let receipts = 0;
  let lines = 0;
  for (let segment = 0; segment < segmentShares.length; segment++) {
    for (let mission = 0; mission < MISSIONS.length; mission++) {
      const share = segmentShares[segment] * MISSION_SHARES[segment][mission] * purchase[mission];
      receipts += share;
      lines += share * RELATIVE_LINES[mission];
    }
  }
  const scale = (itemsPerTicketMean * receipts) / lines / (1 - LOST_LINES_SHARE);
  return RELATIVE_LINES.map((relative) => Math.max(1, relative * scale));
}

/**
 * Share of a mission's lines by department (index into DEPARTMENTS). At the departments' prices they give the sales of a
 * general merchandiser with a full grocery: about a third grocery, a tenth electronics and a tenth clothing by value
 * (annual reports). Sales by value make the month index of all retail, so the shares matter to it.
 */
export const DEPARTMENT_MIX: readonly (readonly number[])[] = [
  [0.72, 0.008, 0.012, 0.13, 0.03, 0.012, 0.045, 0.012, 0.013, 0.018],
  [0.8, 0.003, 0.007, 0.105, 0.025, 0.012, 0.035, 0.003, 0.004, 0.006],
  [0.56, 0.022, 0.1, 0.145, 0.07, 0.04, 0.03, 0.01, 0.013, 0.01],
  [0.7, 0.008, 0.03, 0.13, 0.055, 0.025, 0.035, 0.007, 0.006, 0.004],
];

/** Chance of a party size of 1, 2, 3 or 4 by mission. */
export const PARTY_SHARES: readonly (readonly number[])[] = [
  [0.85, 0.13, 0.02, 0],
  [0.7, 0.24, 0.05, 0.01],
  [0.15, 0.4, 0.3, 0.15],
  [0.45, 0.4, 0.1, 0.05],
];

/** Median minutes spent in a department zone by mission, before the goods picked there. */
export const ZONE_MINUTES = [1.5, 4, 6, 6] as const;
/** Median minutes that each line adds. */
export const LINE_MINUTES = 1.1;

/** Chance of 1, 2, 3 … units of a line; mean 1.32 (Complete Journey). */
export const UNIT_SHARES = [0.8, 0.146, 0.024, 0.016, 0.005, 0.006, 0, 0.003] as const;
/** Above this price, shoppers buy one unit of a line. */
export const SINGLE_UNIT_CENTS = 6000;
