/**
 * Which goods come back, why, when, and what becomes of them.
 *
 * Rates: returns are about 10 % of retail sales and 1–2 % in grocery; goods bought online come back half as often again
 * (NRF and Appriss Retail, Consumer Returns in the Retail Industry 2023). Between 26 December and mid-January four to
 * six times as much comes back as on the mean day: gifts that do not please, of which stores take back about twice as
 * many as of other goods, and only once they were given.
 */
import type { Substream } from '../engine/substream.ts';
import { civilFromDays, daysFromCivil } from '../engine/time.ts';
import { exponential, lognormal } from '../engine/variates.ts';

const GROCERY = 0;

/** Chance that a line bought in a store comes back, by department: by value about 10 % over all. */
const RETURN_CHANCES = [0.017, 0.16, 0.22, 0.055, 0.145, 0.135, 0.06, 0.13, 0.1, 0.15] as const;
/** Goods bought unseen come back more often: factor on the chance, but for grocery. */
const ONLINE_FACTOR = 1.5;
/** Of what is bought before Christmas, more comes back: factor on the chance, but for grocery. */
const GIFT_SEASON_FACTOR = 2.15;
/** Share of those returns that are gifts. */
const GIFT_SHARE = 0.8;

const MEDIAN_DAYS = 8;
const MAX_DAYS = 60;
/** Gifts come back from 26 December on: in the first three days, until 10 January, or late, until 31 January. */
const RUSH_SHARE = 0.027;
const RUSH_DAYS = 3;
const LATE_SHARE = 0.12;
const GIFT_DAYS = 16;
const LATE_MEAN_DAYS = 7;
const GIFT_MAX_DAYS = 37;

/** Index into RETURN_REASONS. */
export const RETURN_REASON = {
  changedMind: 0,
  defective: 1,
  wrongSize: 2,
  notAsDescribed: 3,
  unwantedGift: 4,
} as const;

/** Shares of CHANGED_MIND, DEFECTIVE, WRONG_SIZE, NOT_AS_DESCRIBED by department, but for gifts. */
const REASON_SHARES: readonly (readonly number[])[] = [
  [0.2, 0.7, 0, 0.1],
  [0.34, 0.42, 0.02, 0.22],
  [0.22, 0.08, 0.58, 0.12],
  [0.45, 0.25, 0.05, 0.25],
  [0.45, 0.25, 0.12, 0.18],
  [0.4, 0.22, 0.22, 0.16],
  [0.45, 0.25, 0.15, 0.15],
  [0.35, 0.22, 0.28, 0.15],
  [0.5, 0.28, 0.04, 0.18],
  [0.45, 0.22, 0.15, 0.18],
];

/** Index into RETURN_DISPOSITIONS. */
export const DISPOSITION = { restocked: 0, resold: 1, damaged: 2 } as const;

/** Shares of RESTOCKED, RESOLD and DAMAGED by reason. */
const DISPOSITION_SHARES: readonly (readonly number[])[] = [
  [0.88, 0.08, 0.04],
  [0, 0.35, 0.65],
  [0.9, 0.07, 0.03],
  [0.75, 0.17, 0.08],
  [0.86, 0.11, 0.03],
];

/** Share of returns without a receipt, of other goods and of gifts. */
const NO_RECEIPT_SHARE = 0.1;
const NO_RECEIPT_GIFT_SHARE = 0.3;

/** Whether gifts are bought on a local day: from 20 November to 24 December. */
export function isGiftSeason(day: number): boolean {
  const { month, day: dayOfMonth } = civilFromDays(day);
  return (month === 11 && dayOfMonth >= 20) || (month === 12 && dayOfMonth <= 24);
}

/**
 * Chance that a line comes back.
 * @param giftSeason whether it was bought in the weeks before Christmas, see `isGiftSeason`
 */
export function returnChance(department: number, giftSeason: boolean, online: boolean): number {
  const chance = RETURN_CHANCES[department];
  if (department === GROCERY) return chance;
  return chance * (giftSeason ? GIFT_SEASON_FACTOR : 1) * (online ? ONLINE_FACTOR : 1);
}

/** What is returned of a line, when and why. */
export interface DrawnReturn {
  readonly units: number;
  /** Time from the sale, days; a gift's from the beginning of 26 December. */
  readonly days: number;
  /** Index into RETURN_REASONS. */
  readonly reason: number;
  /** Index into RETURN_DISPOSITIONS. */
  readonly disposition: number;
  readonly withReceipt: boolean;
}

/** A line that comes back. */
export interface ReturnedLine {
  readonly department: number;
  readonly units: number;
  readonly giftSeason: boolean;
  /** Goods that have left the cold chain can't be sold again. */
  readonly refrigerated: boolean;
  /** Whether the store finds the sale without a receipt: by the payment card, the loyalty card or the order. */
  readonly traceable: boolean;
}

/** Draws the return of a line that comes back. */
export function drawReturn(line: ReturnedLine, stream: Substream): DrawnReturn {
  const { department, units: sold } = line;
  const units = sold > 1 && stream.chance(0.4) ? 1 + stream.below(sold) : sold;
  const gift = line.giftSeason && department !== GROCERY && stream.chance(GIFT_SHARE);
  const reason = gift ? RETURN_REASON.unwantedGift : stream.weighted(REASON_SHARES[department], 1);
  return {
    units,
    days: gift ? daysAfterGiving(stream) : Math.min(MAX_DAYS, lognormal(stream, MEDIAN_DAYS, 0.8)),
    reason,
    disposition: line.refrigerated
      ? DISPOSITION.damaged
      : stream.weighted(DISPOSITION_SHARES[reason], 1),
    withReceipt: !(
      line.traceable && stream.chance(gift ? NO_RECEIPT_GIFT_SHARE : NO_RECEIPT_SHARE)
    ),
  };
}

function daysAfterGiving(stream: Substream): number {
  const choice = stream.unit();
  if (choice < RUSH_SHARE) return stream.unit() * RUSH_DAYS;
  if (choice < 1 - LATE_SHARE) return stream.unit() * GIFT_DAYS;
  return Math.min(GIFT_MAX_DAYS, GIFT_DAYS + exponential(stream, LATE_MEAN_DAYS));
}

/** Local day number of the 26 December on which the gifts bought on a day begin to come back. */
export function dayAfterChristmas(day: number): number {
  return daysFromCivil(civilFromDays(day).year, 12, 26);
}
