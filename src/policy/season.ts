/**
 * A planner's view of the season: how demand in some days compares with the mean day, weekdays and closed days
 * included.
 */
import { weekdayOf } from '../engine/time.ts';
import { departmentIndex, openingHours } from './calendar-effects.ts';
import { DEPARTMENT_SHARES } from './departments.ts';
import { WEEKDAY_FACTORS } from './store-rhythm.ts';

/** Days with a smaller share of the mean day's demand teach a forecast nothing. */
export const LEAST_SEASON = 0.2;
/** The offers of a longer cover than this even out. */
export const OFFERS_EVEN_OUT_DAYS = 7;

const REMEMBERED = 512;
const remembered = new Map<string, Float64Array>();

/**
 * Mean demand of `days` local days from `firstDay` on, relative to the mean day of the year, by department. Recent results
 * are remembered, since all stores ask for the same days.
 */
export function seasonOf(firstDay: number, days: number): Float64Array {
  const key = `${firstDay}/${days}`;
  let season = remembered.get(key);
  if (season === undefined) {
    season = Float64Array.from(DEPARTMENT_SHARES, (_, department) =>
      meanIndex(department, firstDay, days),
    );
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(key, season);
  }
  return season;
}

function meanIndex(department: number, firstDay: number, days: number): number {
  let sum = 0;
  for (let day = firstDay; day < firstDay + days; day++) {
    if (openingHours(day) === undefined) continue;
    sum += departmentIndex(department, day) * WEEKDAY_FACTORS[weekdayOf(day)];
  }
  return sum / days;
}
