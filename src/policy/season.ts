/** A planner's view of the season: how demand in the coming days compares with recent demand. */
import { departmentIndex } from './calendar-effects.ts';
import { DEPARTMENT_SHARES } from './departments.ts';

const LOOK_BACK_DAYS = 7;
let cachedDay = Number.NaN;
let cachedSpan = 0;
let cached: Float64Array = new Float64Array(0);

/**
 * Factor by department on the recent forecast for the next `days` days: the retail year of those days over the
 * retail year of the past week. The last result is cached, since all stores ask for the same day.
 */
export function seasonAhead(day: number, days: number): Float64Array {
  if (day === cachedDay && days === cachedSpan) return cached;
  cached = Float64Array.from(DEPARTMENT_SHARES, (_, department) => {
    const ahead = meanIndex(department, day + 1, days + 1);
    const recent = meanIndex(department, day - LOOK_BACK_DAYS + 1, LOOK_BACK_DAYS);
    return ahead / recent;
  });
  cachedDay = day;
  cachedSpan = days;
  return cached;
}

function meanIndex(department: number, firstDay: number, days: number): number {
  let sum = 0;
  for (let day = firstDay; day < firstDay + days; day++) sum += departmentIndex(department, day);
  return sum / days;
}
