/**
 * When households like to shop: each leans to weekends or weekdays, to the morning or the evening, to the middle of
 * the day or its ends. A lean says how gladly a household comes at a time, not how many come: that is set by the
 * store's arrivals. Spreads fitted to the Complete Journey 2017 (share of a household's trips on weekends, standard
 * deviation of the hour of its trips).
 */
import { logistic, normally, Trait } from './trait.ts';

/** Log-odds of the spreads. */
const WEEKEND_SPREAD = 0.55;
const LATE_SPREAD = 0.4;
const MIDDAY_SPREAD = 5.5;

const WEEKEND = new Trait('weekend', normally(0, WEEKEND_SPREAD));
const LATE = new Trait('late', normally(0, LATE_SPREAD));
const MIDDAY = new Trait('midday', normally(0, MIDDAY_SPREAD));

/** Hours from the middle of the shopping day (15:30 local) to its ends. */
const MIDDLE_HOUR = 15.5;
const HALF_DAY_HOURS = 7.5;
/** Mean of the squared distance from the middle, in half days, over a day's visits. */
const MEAN_SQUARE = 0.25;

/**
 * Returns the chance that a household that could come takes this time, about one half on average.
 * @param weekday 0 Monday to 6 Sunday
 * @param hour local
 */
export function comesAt(nature: number, weekday: number, hour: number): number {
  const x = (hour + 0.5 - MIDDLE_HOUR) / HALF_DAY_HOURS;
  const weekend = weekday >= 5 ? WEEKEND.of(nature) : -WEEKEND.of(nature);
  return logistic(weekend + LATE.of(nature) * x - MIDDAY.of(nature) * (x * x - MEAN_SQUARE));
}
