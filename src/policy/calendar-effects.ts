/**
 * The retail year as stores and the web shop experience it: pure functions of the local calendar day
 * (numbered from 1 January 1970), cheap enough to call once for each store and day.
 */
import { weekdayOf } from '../engine/time.ts';
import { MISSION_VISITS, missionIndex } from './mission-season.ts';
import { ONLINE_WEEKDAY_FACTORS } from './online-rhythm.ts';
import { openingHours } from './opening-hours.ts';
import { type RetailYear, retailYearOf } from './retail-year.ts';
import { HOUR_SHARES, WEEKDAY_FACTORS } from './store-rhythm.ts';

export { ONLINE_HOUR_SHARES, ONLINE_WEEKDAY_SHARES } from './online-rhythm.ts';
export { openingHours } from './opening-hours.ts';
export { HOUR_SHARES } from './store-rhythm.ts';

/** The maximum of `onlineIndex` over all days. */
export const ONLINE_INDEX_LIMIT = 2.5;

let latest: RetailYear = { firstDay: 0, dayCount: 0, departments: [], online: new Float64Array(0) };

/**
 * Demand for a department on a day relative to its mean day, without the effect of weekdays: month and holidays.
 * Together with weekdays, the days of a month sum to the month's index (month-indices.ts).
 */
export function departmentIndex(department: number, day: number): number {
  const { firstDay, departments } = yearOf(day);
  return departments[department][day - firstDay];
}

/** A store's visits on a day relative to its mean day; 0 when it is shut. */
export function visitsIndex(day: number): number {
  if (openingHours(day) === undefined) return 0;
  const indexOf = (department: number) => departmentIndex(department, day);
  let index = 0;
  for (let mission = 0; mission < MISSION_VISITS.length; mission++) {
    index += MISSION_VISITS[mission] * missionIndex(mission, indexOf);
  }
  return index * WEEKDAY_FACTORS[weekdayOf(day)];
}

/**
 * Shoppers in an open hour relative to the same hour of the mean day. On a day with short hours,
 * shoppers who would have come later come earlier: the sum of HOUR_SHARES over the open hours, times
 * this, is `visitsIndex`.
 */
export function trafficIndex(day: number): number {
  const hours = openingHours(day);
  if (hours === undefined) return 0;
  let openShare = 0;
  for (let hour = hours.openMinute / 60; hour < hours.closeMinute / 60; hour++) {
    openShare += HOUR_SHARES[hour];
  }
  return visitsIndex(day) / openShare;
}

/** Online orders of a day relative to the mean day, weekday included. */
export function onlineIndex(day: number): number {
  const { firstDay, online } = yearOf(day);
  return online[day - firstDay] * ONLINE_WEEKDAY_FACTORS[weekdayOf(day)];
}

function yearOf(day: number): RetailYear {
  const place = day - latest.firstDay;
  if (place < 0 || place >= latest.dayCount) latest = retailYearOf(day);
  return latest;
}
