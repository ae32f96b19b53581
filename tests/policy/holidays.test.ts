import DateHolidays from 'date-holidays';
import { describe, expect, it } from 'vitest';
import { formatDay, parseDay, weekdayOf } from '../../src/engine/time.ts';
import { HOLIDAYS, type Holiday, holidayDay, isPublicHoliday } from '../../src/policy/holidays.ts';

const SUNDAY = 6;
const FIRST_YEAR = 1960;
const LAST_YEAR = 2150;

/** What the library calls the ones that it knows. */
const LIBRARY_NAMES: Readonly<Record<string, Holiday>> = {
  "New Year's Day": 'new-years-day',
  'Martin Luther King Jr. Day': 'martin-luther-king-day',
  "Valentine's Day": 'valentines-day',
  "Washington's Birthday": 'presidents-day',
  "St. Patrick's Day": 'st-patricks-day',
  'Easter Sunday': 'easter',
  "Mother's Day": 'mothers-day',
  'Memorial Day': 'memorial-day',
  "Father's Day": 'fathers-day',
  'Independence Day': 'independence-day',
  'Labor Day': 'labor-day',
  'Columbus Day': 'columbus-day',
  Halloween: 'halloween',
  'Veterans Day': 'veterans-day',
  'Thanksgiving Day': 'thanksgiving',
  'Day after Thanksgiving Day': 'black-friday',
  'Christmas Eve': 'christmas-eve',
  'Christmas Day': 'christmas',
  "New Year's Eve": 'new-years-eve',
};

describe('holidays', () => {
  it.each<[Holiday, number, string]>([
    ['super-bowl', 2021, '2021-02-07'],
    ['super-bowl', 2024, '2024-02-11'],
    ['easter', 2024, '2024-03-31'],
    ['easter', 2025, '2025-04-20'],
    ['mothers-day', 2024, '2024-05-12'],
    ['memorial-day', 2026, '2026-05-25'],
    ['independence-day', 2026, '2026-07-04'],
    ['back-to-school', 2024, '2024-08-12'],
    ['labor-day', 2024, '2024-09-02'],
    ['halloween', 2023, '2023-10-31'],
    ['thanksgiving', 2023, '2023-11-23'],
    ['thanksgiving', 2024, '2024-11-28'],
    ['black-friday', 2024, '2024-11-29'],
    ['cyber-monday', 2024, '2024-12-02'],
    ['christmas', 2022, '2022-12-25'],
    ['new-years-day', 2023, '2023-01-01'],
  ])('%s of %i is %s', (holiday, year, date) => {
    expect(formatDay(holidayDay(holiday, year))).toBe(date);
  });

  it('exist in every year, in that year', () => {
    for (let year = 1990; year <= 2060; year++) {
      for (const holiday of HOLIDAYS) {
        expect(formatDay(holidayDay(holiday, year)).slice(0, 4)).toBe(String(year));
      }
      expect(weekdayOf(holidayDay('super-bowl', year))).toBe(SUNDAY);
    }
  });

  it('are on the days, and free days those, that the library date-holidays has', () => {
    const library = new DateHolidays('US');
    for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
      const days: Partial<Record<Holiday, string>> = {};
      const free = new Set<number>();
      for (const { name, date, type, substitute } of library.getHolidays(year)) {
        const day = parseDay(date.slice(0, 10));
        if (type === 'public' || (type === 'bank' && substitute)) free.add(day);
        if (LIBRARY_NAMES[name] !== undefined && !substitute) {
          days[LIBRARY_NAMES[name]] = formatDay(day);
        }
      }
      const ours = Object.values(LIBRARY_NAMES).map((name) => [
        name,
        formatDay(holidayDay(name, year)),
      ]);
      expect([year, Object.fromEntries(ours)]).toEqual([year, days]);
      const first = parseDay(`${year - 1}-12-01`);
      const ourFree = Array.from({ length: 430 }, (_, at) => first + at).filter((day) =>
        isPublicHoliday(day, year),
      );
      expect(ourFree.map(formatDay)).toEqual([...free].sort((a, b) => a - b).map(formatDay));
    }
  });

  it('tell the observed day of a holiday on a weekend', () => {
    const fourth = holidayDay('independence-day', 2026);
    expect(isPublicHoliday(fourth, 2026)).toBe(true);
    expect(isPublicHoliday(fourth - 1, 2026)).toBe(true);
    expect(isPublicHoliday(fourth - 2, 2026)).toBe(false);
    expect(isPublicHoliday(holidayDay('valentines-day', 2026), 2026)).toBe(false);
  });
});
