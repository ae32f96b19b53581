import { describe, expect, it } from 'vitest';
import { DEPARTMENTS } from '../../src/domain/values.ts';
import { civilFromDays, daysFromCivil, weekdayOf } from '../../src/engine/time.ts';
import {
  departmentIndex,
  HOUR_SHARES,
  ONLINE_HOUR_SHARES,
  ONLINE_INDEX_LIMIT,
  ONLINE_WEEKDAY_SHARES,
  onlineIndex,
  openingHours,
  trafficIndex,
  visitsIndex,
} from '../../src/policy/calendar-effects.ts';
import { DEPARTMENT_SHARES } from '../../src/policy/departments.ts';
import { holidayDay } from '../../src/policy/holidays.ts';
import { MISSION_VISITS, missionIndex } from '../../src/policy/mission-season.ts';
import { DEPARTMENT_MIX, MISSION } from '../../src/policy/missions.ts';
import { MONTH_INDICES } from '../../src/policy/month-indices.ts';
import { WEEKDAY_FACTORS } from '../../src/policy/store-rhythm.ts';
import { departmentLineShares } from '../../src/world/demand-mix.ts';

const YEARS = [2023, 2024, 2025, 2026, 2027];
const GROCERY = 0;
const ELECTRONICS = DEPARTMENTS.indexOf('Electronics');
const TOYS = DEPARTMENTS.indexOf('Baby & Kids');

function daysOf(year: number): number[] {
  const first = daysFromCivil(year, 1, 1);
  return Array.from({ length: daysFromCivil(year + 1, 1, 1) - first }, (_, day) => first + day);
}

/** Sales of a department on a day relative to its mean day. */
function sales(department: number, day: number): number {
  if (openingHours(day) === undefined) return 0;
  return departmentIndex(department, day) * WEEKDAY_FACTORS[weekdayOf(day)];
}

function monthTotals(year: number, indexOf: (day: number) => number): number[] {
  const totals = new Array(12).fill(0);
  for (const day of daysOf(year)) totals[civilFromDays(day).month - 1] += indexOf(day);
  return totals.map((total) => total / (365.25 / 12));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

describe.each(YEARS)('the retail year %i', (year) => {
  it('keeps to the month indices of every department', () => {
    for (const department of DEPARTMENTS.keys()) {
      for (const [month, total] of monthTotals(year, (day) => sales(department, day)).entries()) {
        expect(total).toBeCloseTo(MONTH_INDICES[department][month], 6);
      }
    }
  });

  it('lets a mission, and so the lines of a department, follow its own index', () => {
    // Visits of a mission × its share of lists: over all missions base × index, so a ratio to the index is constant.
    const christmas = holidayDay('christmas', year) - 3;
    for (const day of [daysFromCivil(year, 3, 12), christmas]) {
      const indexOf = (department: number) => departmentIndex(department, day);
      for (const department of DEPARTMENTS.keys()) {
        let lines = 0;
        let base = 0;
        for (const [mission, visits] of MISSION_VISITS.entries()) {
          const list = DEPARTMENT_MIX[mission].map((share, at) => share * indexOf(at));
          const ofMission = visits * missionIndex(mission, indexOf);
          lines += (ofMission * list[department]) / sum(list);
          base += visits * DEPARTMENT_MIX[mission][department];
        }
        expect(lines / base).toBeCloseTo(indexOf(department), 10);
      }
    }
    const ofFamilies = (day: number) =>
      missionIndex(MISSION.family, (at) => departmentIndex(at, day));
    const ofErrands = (day: number) =>
      missionIndex(MISSION.quick, (at) => departmentIndex(at, day));
    expect(ofFamilies(christmas) / ofErrands(christmas)).toBeGreaterThan(1.05);
  });

  it('keeps the mean of visits to 1', () => {
    expect(sum(daysOf(year).map(visitsIndex)) / 365.25).toBeCloseTo(1, 2);
  });

  it('empties the grocery aisles on Thanksgiving and fills them before Christmas', () => {
    const thanksgiving = holidayDay('thanksgiving', year);
    expect(sales(GROCERY, thanksgiving)).toBeCloseTo(0.43, 6);
    expect(sales(GROCERY, thanksgiving + 1)).toBeCloseTo(0.35, 6);
    expect(sales(GROCERY, holidayDay('christmas', year) - 2)).toBeCloseTo(1.79, 6);
  });

  it('doubles electronics and toys on Black Friday', () => {
    const day = holidayDay('black-friday', year);
    for (const department of [ELECTRONICS, TOYS]) {
      expect(sales(department, day)).toBeGreaterThan(2);
      expect(sales(department, day)).toBeLessThan(2.5);
    }
  });

  it('is positive and continuous but for holidays and turns of the month', () => {
    for (const day of daysOf(year)) {
      for (const department of DEPARTMENTS.keys()) {
        const index = departmentIndex(department, day);
        expect(index).toBeGreaterThan(0);
        expect(index).toBeLessThan(3);
      }
    }
    for (const day of daysOf(year)) {
      const { month, day: dayOfMonth } = civilFromDays(day);
      if (month !== 3 || dayOfMonth < 19 || dayOfMonth > 22) continue;
      const step = departmentIndex(ELECTRONICS, day) / departmentIndex(ELECTRONICS, day - 1);
      expect(Math.abs(step - 1)).toBeLessThan(0.02);
    }
  });

  it('shares online orders over the weekdays, and peaks on Cyber Monday', () => {
    const byWeekday = new Array(7).fill(0);
    for (const day of daysOf(year)) byWeekday[weekdayOf(day)] += onlineIndex(day);
    for (const [weekday, total] of byWeekday.entries()) {
      expect(Math.abs(total / sum(byWeekday) - ONLINE_WEEKDAY_SHARES[weekday])).toBeLessThan(0.005);
    }
    const indices = daysOf(year).map(onlineIndex);
    const peak = Math.max(...indices);
    expect(onlineIndex(holidayDay('cyber-monday', year))).toBe(peak);
    expect(peak).toBeLessThan(ONLINE_INDEX_LIMIT);
    expect(sum(indices) / 365.25).toBeCloseTo(1, 2);
  });
});

describe('rhythms', () => {
  it('give the weekday shares of store visits', () => {
    const published = [14.4, 12.7, 12.3, 12.3, 13.5, 16.7, 18.2];
    const byWeekday = new Array(7).fill(0);
    for (const day of YEARS.flatMap(daysOf)) byWeekday[weekdayOf(day)] += visitsIndex(day);
    for (const [weekday, total] of byWeekday.entries()) {
      expect(Math.abs((100 * total) / sum(byWeekday) - published[weekday])).toBeLessThan(1);
    }
  });

  it('give shares of hours that sum to 1, all within opening hours', () => {
    expect(sum(HOUR_SHARES)).toBeCloseTo(1, 12);
    expect(HOUR_SHARES).toHaveLength(24);
    expect(HOUR_SHARES.slice(0, 8).concat(HOUR_SHARES.slice(23))).toEqual(new Array(9).fill(0));
    expect(HOUR_SHARES.indexOf(Math.max(...HOUR_SHARES))).toBe(17);
  });

  it('give the hours of online orders', () => {
    expect(sum(ONLINE_HOUR_SHARES)).toBeCloseTo(1, 12);
    for (const share of ONLINE_HOUR_SHARES.slice(10, 17)) {
      expect(share).toBeGreaterThan(0.075);
      expect(share).toBeLessThan(0.09);
    }
    expect(Math.abs(sum(ONLINE_HOUR_SHARES.slice(0, 6)) - 0.016)).toBeLessThan(0.002);
  });

  it('weigh departments as the missions sell them', () => {
    expect(sum(DEPARTMENT_SHARES)).toBeCloseTo(1, 12);
    for (const [department, share] of departmentLineShares().entries()) {
      expect(Math.abs(share - DEPARTMENT_SHARES[department])).toBeLessThan(0.005);
    }
  });
});

describe('opening hours', () => {
  it('are 8 to 23 on most days, shorter on great holidays, none on Christmas', () => {
    const days = daysOf(2025);
    const regular = days.filter((day) => openingHours(day)?.closeMinute === 23 * 60);
    expect(regular.length).toBe(days.length - 6);
    expect(openingHours(holidayDay('christmas', 2025))).toBeUndefined();
    expect(trafficIndex(holidayDay('christmas', 2025))).toBe(0);
    const thanksgiving = openingHours(holidayDay('thanksgiving', 2025));
    expect(thanksgiving).toEqual({ openMinute: 480, closeMinute: 900 });
  });

  it('lose no visits when they are short', () => {
    for (const day of daysOf(2025)) {
      const hours = openingHours(day);
      if (hours === undefined) continue;
      const open = HOUR_SHARES.slice(hours.openMinute / 60, hours.closeMinute / 60);
      expect(trafficIndex(day) * sum(open)).toBeCloseTo(visitsIndex(day), 10);
    }
  });
});
