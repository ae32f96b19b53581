/**
 * When shoppers visit stores: by weekday and by hour (Complete Journey 2017). Weekdays lie between the shares of its
 * trips and those of its sales, since a visit here sells as much on one day as on another.
 */
import { sharesOf } from './shares.ts';

/** Shares of a week's visits, Monday to Sunday. */
const WEEKDAY_SHARES: readonly number[] = sharesOf([14.2, 13, 12.7, 12.8, 13.5, 16.3, 17.5]);

/** Visits of a weekday (0 Monday) relative to the mean day. */
export const WEEKDAY_FACTORS: readonly number[] = WEEKDAY_SHARES.map((share) => share * 7);

const FIRST_HOUR = 8;
const FROM_EIGHT = [1.3, 2.5, 4.4, 6.3, 7.2, 7.7, 7.8, 8.2, 9.5, 10.5, 9.9, 8, 6.3, 4.2, 2.5];

/** Share of a regular day's visits in each local hour, 0 to 23; stores are open from 8 to 23 o'clock. */
export const HOUR_SHARES: readonly number[] = sharesOf(
  Array.from({ length: 24 }, (_, hour) => FROM_EIGHT[hour - FIRST_HOUR] ?? 0),
);
