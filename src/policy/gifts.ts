/** Gifts: what is bought before Christmas is returned right after it. */

import type { Substream } from '../engine/substream.ts';
import { civilFromDays, daysFromCivil } from '../engine/time.ts';
import { exponential } from '../engine/variates.ts';

const GROCERY = 0;
const GIFT_SHARE = 0.55;

/**
 * Days from a purchase to its return as an unwanted gift, or undefined if it was not a gift. Gifts are
 * bought from 20 November on and come back from 26 December on (NRF: returns 4–6 times the usual).
 */
export function daysAfterGiving(
  day: number,
  department: number,
  stream: Substream,
): number | undefined {
  const { year, month, day: dayOfMonth } = civilFromDays(day);
  const season = (month === 11 && dayOfMonth >= 20) || (month === 12 && dayOfMonth <= 24);
  if (!season || department === GROCERY || !stream.chance(GIFT_SHARE)) return undefined;
  return daysFromCivil(year, 12, 26) - day + exponential(stream, 4);
}
