/**
 * How a household's custom goes on: it joins, drifts away, comes back, moves. All by the month, as a pure function of
 * the household's nature, so that every region, worker and continuation sees the same lives, and nothing is saved.
 *
 * Custom: a renewal process. In each month a household's habits are shaken up with chance `SHAKE_CHANCE`; then it is
 * a customer as before, a lesser one, or none for a while. The process is stationary: at any time the same share
 * is active, and a store neither gains nor loses customers in the long run.
 *
 * Moves: with chance `MOVE_CHANCE` a month, 8.2 % a year (Census, CPS: 8 to 9 % of people move in a year, most of
 * them nearby), within the region.
 */
import { exp, ln } from '../engine/elementary.ts';
import { hash32, mix, purposeKey } from '../engine/substream.ts';

const SHAKE_CHANCE = 0.16;
/** Share of households that are not customers for the time being, and of those who come less. */
const AWAY_SHARE = 0.1;
const LESSER_SHARE = 0.16;
const LESSER_CUSTOM = 0.4;
/** Of the households that are away when a world opens, the share that have not been customers before. */
const NEW_SHARE = 0.6;
const MOVE_CHANCE = 0.0068;
/** Mean age of an account when a world opens, and the longest, days. */
const MEAN_ACCOUNT_DAYS = 1500;
const LONGEST_ACCOUNT_DAYS = 5475;

const SHAKE = purposeKey('household', 'shake');
const CUSTOM = purposeKey('household', 'custom');
const NEW = purposeKey('household', 'new');
const ACCOUNT = purposeKey('household', 'account');
const MOVE = purposeKey('household', 'move');
const UINT32_SPAN = 2 ** 32;
const STAY_LN = ln(1 - MOVE_CHANCE);
/** Share of all accounts that are younger than the oldest. */
const YOUNGER_SHARE = 1 - exp(-LONGEST_ACCOUNT_DAYS / MEAN_ACCOUNT_DAYS);

const unit = (key: number, nature: number, month: number) =>
  (mix(mix(nature ^ key) + month) >>> 0) / UINT32_SPAN;

/** Mean custom over all households at any time. */
export const MEAN_CUSTOM = 1 - AWAY_SHARE - LESSER_SHARE * (1 - LESSER_CUSTOM);

/** Returns how much of its purchase rate a household keeps up, 0 to 1. @param month number since the world opened */
export function customIn(nature: number, month: number): number {
  let shaken = month;
  while (shaken > 0 && unit(SHAKE, nature, shaken) >= SHAKE_CHANCE) shaken--;
  const standing = unit(CUSTOM, nature, shaken);
  if (standing < AWAY_SHARE) return 0;
  return standing < AWAY_SHARE + LESSER_SHARE ? LESSER_CUSTOM : 1;
}

/** Returns the month in which a household becomes a customer, 0 if it was one before the world opened. */
export function joinMonth(nature: number): number {
  if (unit(NEW, nature, 0) >= NEW_SHARE) return 0;
  let month = 0;
  while (customIn(nature, month) === 0) month++;
  return month;
}

/** Returns the age of the account of a household that was a customer before the world opened, whole days from 1. */
export function accountAgeDays(nature: number): number {
  const days = -MEAN_ACCOUNT_DAYS * ln(1 - unit(ACCOUNT, nature, 0) * YOUNGER_SHARE);
  return 1 + Math.floor(days);
}

/** Returns the month of a household's move number `move` (from 1), given the month of the one before (at first 0). */
export function nextMoveMonth(nature: number, move: number, monthBefore: number): number {
  const left = 1 - unit(MOVE, nature, move);
  return monthBefore + 1 + Math.floor(ln(left) / STAY_LN);
}

/** Returns 32 random bits of a household's new home after a move. */
export function newHome(nature: number, move: number): number {
  return hash32(move, MOVE, nature >>> 0);
}
