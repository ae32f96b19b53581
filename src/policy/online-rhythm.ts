/** When customers order online: by weekday and hour (Instacart), and on days with online sales. */
import type { Holiday } from './holidays.ts';
import { sharesOf } from './shares.ts';

/** Shares of a week's orders, Monday to Sunday. */
export const ONLINE_WEEKDAY_SHARES: readonly number[] = sharesOf([
  13.3, 13.2, 12.6, 12.8, 13, 17.8, 17.2,
]);

/** Orders of a weekday (0 Monday) relative to the mean day. */
export const ONLINE_WEEKDAY_FACTORS: readonly number[] = ONLINE_WEEKDAY_SHARES.map(
  (share) => share * 7,
);

/** Share of a day's orders in each local hour, 0 to 23. */
export const ONLINE_HOUR_SHARES: readonly number[] = sharesOf([
  0.62, 0.34, 0.21, 0.15, 0.16, 0.27, 0.89, 2.69, 5.2, 7.54, 8.42, 8.32, 7.97, 8.13, 8.27, 8.28,
  7.97, 6.68, 5.34, 4.1, 3.05, 2.28, 1.8, 1.17,
]);

export interface OnlineLift {
  readonly holiday: Holiday;
  /** Day of the first factor, relative to the holiday. */
  readonly fromDay: number;
  readonly factors: readonly number[];
}

export const ONLINE_LIFTS: readonly OnlineLift[] = [
  // Stores are closed or closing: the weekend's deals begin online.
  { holiday: 'thanksgiving', fromDay: -1, factors: [1.1, 1.35, 1.9, 1.3, 1.3, 2.2, 1.4] },
  // Too late for a delivery, then a quiet day, then gift vouchers.
  {
    holiday: 'christmas',
    fromDay: -15,
    factors: [1.1, 1.1, 1.1, 1.15, 1.15, 1.15, 1.15, 1.1, 1.05, 1, 0.95, 0.85, 0.8, 0.7, 0.55, 0.5],
  },
  { holiday: 'christmas', fromDay: 1, factors: [0.9, 0.95] },
  { holiday: 'valentines-day', fromDay: -7, factors: [1.05, 1.1, 1.1, 1.1, 1.1, 1.05, 1, 0.9] },
  { holiday: 'mothers-day', fromDay: -7, factors: [1.05, 1.08, 1.1, 1.1, 1.08, 1, 0.95, 0.9] },
  { holiday: 'back-to-school', fromDay: -10, factors: [1.05, 1.05, 1.06, 1.06, 1.08, 1.08, 1.08] },
];
