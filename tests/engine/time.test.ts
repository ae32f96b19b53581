import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  civilFromDays,
  DAY_MS,
  daysFromCivil,
  daysInMonth,
  formatDay,
  formatInstant,
  parseDay,
  parseInstant,
  weekdayOf,
} from '../../src/engine/time.ts';

const day = fc.integer({ min: -700_000, max: 2_900_000 });
const instant = fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 });

describe('civil dates', () => {
  it('agree with the platform', () => {
    fc.assert(
      fc.property(day, (days) => {
        const date = new Date(days * DAY_MS);
        const civil = civilFromDays(days);
        expect(civil).toEqual({
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
        });
        expect(daysFromCivil(civil.year, civil.month, civil.day)).toBe(days);
        expect(weekdayOf(days)).toBe((date.getUTCDay() + 6) % 7);
      }),
    );
  });

  it('know leap years', () => {
    expect([1900, 2000, 2023, 2024].map((year) => daysInMonth(year, 2))).toEqual([28, 29, 28, 29]);
    expect(daysInMonth(2024, 12)).toBe(31);
  });
});

describe('instants', () => {
  it('come back from their text', () => {
    fc.assert(fc.property(instant, (ms) => parseInstant(formatInstant(ms)) === ms));
    fc.assert(
      fc.property(
        day.filter((days) => days > -700_000),
        (days) => {
          if (civilFromDays(days).year < 0 || civilFromDays(days).year > 9999) return;
          expect(parseDay(formatDay(days))).toBe(days);
          expect(parseInstant(formatDay(days))).toBe(days * DAY_MS);
        },
      ),
    );
  });

  it('may leave out what is zero', () => {
    const atMs = Date.UTC(2024, 0, 6, 13, 37);
    expect(parseInstant('2024-01-06T13:37Z')).toBe(atMs);
    expect(parseInstant('2024-01-06T13:37:11Z')).toBe(atMs + 11_000);
    expect(parseInstant('2024-01-06T13:37:11.5Z')).toBe(atMs + 11_500);
  });

  it.each([
    ['yesterday', 'expected YYYY-MM-DD'],
    ['2024-1-6', 'expected YYYY-MM-DD'],
    ['2024-01-06T13:37:11+2', 'expected YYYY-MM-DD'],
    ['2024-01-06+02:00', 'expected YYYY-MM-DD'],
    ['2024-01-06T13:37:11+15:00', 'no such offset'],
    ['2024-01-06T13:37:11-02:60', 'no such offset'],
    [' 2024-01-06', 'expected YYYY-MM-DD'],
    ['2023-02-29', 'no such day'],
    ['2024-13-01', 'no such day'],
    ['2024-00-10', 'no such day'],
    ['2024-01-06T24:00:00Z', 'no such time'],
    ['2024-01-06T12:60:00Z', 'no such time'],
  ])('refuses %j', (text, reason) => {
    expect(() => parseInstant(text)).toThrow(reason);
    expect(() => parseInstant(text)).toThrow(`"${text}"`);
  });

  it.each([
    ['2024-01-06T13:37:11', 11_000],
    ['2024-01-06 13:37:11', 11_000],
    ['2024-01-06t13:37:11z', 11_000],
    ['2024-01-06T13:37:11+00:00', 11_000],
    ['2024-01-06T13:37:11-00:00', 11_000],
    ['2024-01-06T15:37:11+02:00', 11_000],
    ['2024-01-06T06:07:11.25-0730', 11_250],
    ['2024-01-07T03:37:11+14:00', 11_000],
    ['2024-01-06T13:37:11.250999+00:00', 11_250],
    ['2024-01-06T13:37:11.250999999', 11_250],
    ['2024-01-06T13:37+00:00', 0],
  ])('reads %j as programs write it', (text, ms) => {
    expect(parseInstant(text)).toBe(Date.UTC(2024, 0, 6, 13, 37) + ms);
  });

  it('refuses a time of day where a date is wanted', () => {
    expect(() => parseDay('2024-01-06T00:00:00Z')).toThrow('is not a date');
  });
});
