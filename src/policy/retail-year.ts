/**
 * The retail year, day by day: demand for a department, and orders of the web shop.
 *
 * Demand changes smoothly between months; holidays change it day by day; then each month is scaled so that its
 * total, including weekdays and closed days, is the month's index. A year takes a few milliseconds to compute and
 * is cached.
 */
import { DEPARTMENTS } from '../domain/values.ts';
import { civilFromDays, daysFromCivil, weekdayOf } from '../engine/time.ts';
import { type Holiday, holidayDay, isPublicHoliday } from './holidays.ts';
import { DEPARTMENT_MIX, MISSION } from './missions.ts';
import { MONTH_INDICES } from './month-indices.ts';
import { glideThroughMonths, keepMonthTotals } from './month-shape.ts';
import { ONLINE_LIFTS, ONLINE_WEEKDAY_FACTORS } from './online-rhythm.ts';
import { openingHours } from './opening-hours.ts';
import { FIXED_DAYS, LIFTS } from './retail-events.ts';
import { WEEKDAY_FACTORS } from './store-rhythm.ts';

/** Stores are closed: the remaining value only sets the proportions between departments. */
const CLOSED_DAY_SHARE = 0.05;
/** A public holiday on a weekday gives customers time to shop. */
const FREE_WEEKDAY_LIFT = 1.06;
const SATURDAY = 5;

export interface RetailYear {
  readonly firstDay: number;
  readonly dayCount: number;
  /** Store demand by department, then by day of the year, without weekdays. */
  readonly departments: readonly Float64Array[];
  /** Online orders by day of the year, without weekdays. */
  readonly online: Float64Array;
}

const years = new Map<number, RetailYear>();

/** The retail year that contains a day. */
export function retailYearOf(day: number): RetailYear {
  const { year } = civilFromDays(day);
  let known = years.get(year);
  if (known === undefined) {
    known = compute(year);
    years.set(year, known);
  }
  return known;
}

function compute(year: number): RetailYear {
  const firstDay = daysFromCivil(year, 1, 1);
  const dayCount = daysFromCivil(year + 1, 1, 1) - firstDay;
  const closed = new Set<number>();
  for (let day = 0; day < dayCount; day++) {
    if (openingHours(firstDay + day) === undefined) closed.add(day);
  }
  const departments = DEPARTMENTS.map((_, department) =>
    departmentDays(department, year, firstDay, closed),
  );
  return { firstDay, dayCount, departments, online: onlineDays(year, firstDay) };
}

function departmentDays(
  department: number,
  year: number,
  firstDay: number,
  closed: ReadonlySet<number>,
): Float64Array {
  const name = DEPARTMENTS[department];
  const days = glideThroughMonths(MONTH_INDICES[department], year);
  for (let day = 0; day < days.length; day++) {
    const weekend = weekdayOf(firstDay + day) >= SATURDAY;
    if (!weekend && isPublicHoliday(firstDay + day, year)) days[day] *= FREE_WEEKDAY_LIFT;
  }
  for (const { holiday, fromDay, weights, peaks } of LIFTS) {
    const peak = peaks[name];
    if (peak !== undefined) lift(days, dayOfYear(holiday, fromDay, year), weights, peak);
  }
  const fixed = new Map<number, number>();
  for (const { holiday, offset, levels } of FIXED_DAYS) {
    const level = levels[name];
    const day = dayOfYear(holiday, offset, year);
    if (level !== undefined) fixed.set(day, level / WEEKDAY_FACTORS[weekdayOf(firstDay + day)]);
  }
  keepMonthTotals(days, MONTH_INDICES[department], WEEKDAY_FACTORS, year, fixed, closed);
  for (const day of closed) days[day] *= CLOSED_DAY_SHARE;
  return days;
}

function onlineDays(year: number, firstDay: number): Float64Array {
  // Carts are filled as on a family's trip (online-shop.ts).
  const monthIndices = MONTH_INDICES[0].map((_, month) =>
    DEPARTMENT_MIX[MISSION.family].reduce(
      (sum, share, department) => sum + share * MONTH_INDICES[department][month],
      0,
    ),
  );
  const days = glideThroughMonths(monthIndices, year);
  for (const { holiday, fromDay, factors } of ONLINE_LIFTS) {
    const start = holidayDay(holiday, year) + fromDay - firstDay;
    for (const [step, factor] of factors.entries()) {
      if (start + step < days.length) days[start + step] *= factor;
    }
  }
  keepMonthTotals(days, monthIndices, ONLINE_WEEKDAY_FACTORS, year, new Map(), new Set());
  return days;
}

function lift(days: Float64Array, start: number, weights: readonly number[], peak: number): void {
  for (const [step, weight] of weights.entries()) {
    if (start + step < days.length) days[start + step] *= 1 + (peak - 1) * weight;
  }
}

function dayOfYear(holiday: Holiday, offset: number, year: number): number {
  return holidayDay(holiday, year) + offset - daysFromCivil(year, 1, 1);
}
