/** Daily demand of a year that keeps given monthly totals. */
import { daysFromCivil, daysInMonth, weekdayOf } from '../engine/time.ts';

/** The unit of a month index: a year's days over twelve. */
const MEAN_MONTH_DAYS = 365.25 / 12;

/**
 * Demand per day of a year relative to the mean day, from month indices (a month's total over the mean
 * month's): parabolas that meet at the ends of the month and keep each month's mean.
 */
export function glideThroughMonths(monthIndices: readonly number[], year: number): Float64Array {
  const rates = monthIndices.map((index, month) => index / daysInMonth(year, month + 1));
  const days: number[] = [];
  for (const [month, rate] of rates.entries()) {
    const begin = (rates[(month + 11) % 12] + rate) / 2;
    const end = (rates[(month + 1) % 12] + rate) / 2;
    const bulge = 6 * (rate - (begin + end) / 2);
    const count = daysInMonth(year, month + 1);
    for (let day = 0; day < count; day++) {
      const x = (day + 0.5) / count;
      days.push((begin * (1 - x) + end * x + bulge * x * (1 - x)) * MEAN_MONTH_DAYS);
    }
  }
  return Float64Array.from(days);
}

/**
 * Scales each month of `days` so that its total, including weekday factors, equals the month's index again.
 *
 * @param days index per day of the year, without weekdays; changed in place
 * @param fixed index of the days that must not be scaled, by day of the year
 * @param closed days of the year without sales, which don't count
 */
export function keepMonthTotals(
  days: Float64Array,
  monthIndices: readonly number[],
  weekdayFactors: readonly number[],
  year: number,
  fixed: ReadonlyMap<number, number>,
  closed: ReadonlySet<number>,
): void {
  const firstDay = daysFromCivil(year, 1, 1);
  for (const [month, index] of monthIndices.entries()) {
    const from = daysFromCivil(year, month + 1, 1) - firstDay;
    const to = from + daysInMonth(year, month + 1);
    let wanted = index * MEAN_MONTH_DAYS;
    let scalable = 0;
    for (let day = from; day < to; day++) {
      if (closed.has(day)) continue;
      const weekday = weekdayFactors[weekdayOf(firstDay + day)];
      const level = fixed.get(day);
      if (level === undefined) scalable += days[day] * weekday;
      else wanted -= level * weekday;
    }
    for (let day = from; day < to; day++) {
      days[day] = fixed.get(day) ?? (days[day] * wanted) / scalable;
    }
  }
}
