/**
 * Who orders online, and how often: some households have the habit, with rates that are exponentially distributed
 * among them; the others never do. Two gaps in a row of one household are 7 days in the middle and 10.8 days on
 * average, counted as 30 when longer (Instacart: 7 and 10.9), if the mean rate is one order in `MEAN_GAP_DAYS`. So
 * the number of orders that a config asks for says how many have the habit.
 */
import { ln } from '../engine/elementary.ts';
import { Trait } from './trait.ts';

/** Days to an order at the mean rate of those who order online. */
export const MEAN_GAP_DAYS = 16.6;

const HABIT = new Trait('online-habit', (unit) => unit);
const RATE = new Trait('online-rate', (unit) => -ln(1 - unit));

/** Returns the share of households that must have the habit, 0 to 1. @param ordersPerDay of one household, mean */
export function onlineShare(ordersPerDay: number): number {
  return Math.min(1, ordersPerDay * MEAN_GAP_DAYS);
}

/** Returns a household's rate of online orders relative to the mean of those with the habit; 0 without it. */
export function onlineRate(nature: number, share: number): number {
  return HABIT.standing(nature) < share ? RATE.of(nature) : 0;
}
