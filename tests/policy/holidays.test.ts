import { describe, expect, it } from 'vitest';
import { formatDay, weekdayOf } from '../../src/engine/time.ts';
import { HOLIDAYS, type Holiday, holidayDay, isPublicHoliday } from '../../src/policy/holidays.ts';

const SUNDAY = 6;

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

  it('tell the observed day of a holiday on a weekend', () => {
    const fourth = holidayDay('independence-day', 2026);
    expect(isPublicHoliday(fourth, 2026)).toBe(true);
    expect(isPublicHoliday(fourth - 1, 2026)).toBe(true);
    expect(isPublicHoliday(fourth - 2, 2026)).toBe(false);
    expect(isPublicHoliday(holidayDay('valentines-day', 2026), 2026)).toBe(false);
  });
});
