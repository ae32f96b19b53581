/**
 * Time as whole numbers: instants are epoch milliseconds UTC, days are numbered from 1 January 1970
 * (day 0), months from 1, weekdays from Monday (0).
 */

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const ERA_DAYS = 146_097;
const ERA_YEARS = 400;
/** 1 March of year 0, the first day of an era, to 1 January 1970. */
const EPOCH_OFFSET_DAYS = 719_468;
/** 1 January 1970 was a Thursday. */
const EPOCH_WEEKDAY = 3;

const INSTANT =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:[Zz]|([+-])(\d\d):?(\d\d))?)?$/;
const DATE_FORM = /^\d{4}-\d\d-\d\d$/;

/** Day number of a date of the proleptic Gregorian calendar (Hinnant's algorithm: years begin in March). */
export function daysFromCivil(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / ERA_YEARS);
  const yearOfEra = marchYear - era * ERA_YEARS;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * ERA_DAYS + dayOfEra - EPOCH_OFFSET_DAYS;
}

/** The date of a day number. */
export function civilFromDays(days: number): CivilDate {
  const shifted = days + EPOCH_OFFSET_DAYS;
  const era = Math.floor(shifted / ERA_DAYS);
  const dayOfEra = shifted - era * ERA_DAYS;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * ERA_YEARS + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

/** Weekday of a day number: 0 Monday to 6 Sunday. */
export function weekdayOf(days: number): number {
  return ((days % 7) + 7 + EPOCH_WEEKDAY) % 7;
}

/** Days of a month. */
export function daysInMonth(year: number, month: number): number {
  const next = month === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, month + 1, 1);
  return next - daysFromCivil(year, month, 1);
}

/**
 * Epoch ms of `2024-01-06` (00:00 UTC), `2024-01-06T13:37Z`, `…T13:37:11Z`, `…T13:37:11.250Z`, with an offset such
 * as `+02:00` in place of the Z, or with neither, which means UTC. Fractions of a millisecond are cut off.
 * @throws RangeError quoting the text and what was expected
 */
export function parseInstant(text: string): number {
  const match = INSTANT.exec(text);
  if (match === null) {
    throw new RangeError(
      `"${text}" is not an instant: expected YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS[.mmm]Z (UTC, or with an offset such as +02:00)`,
    );
  }
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    throw new RangeError(`"${text}" is not an instant: there is no such day in the calendar`);
  }
  if (hour > 23 || minute > 59 || second > 59) {
    throw new RangeError(`"${text}" is not an instant: there is no such time of day`);
  }
  const ms = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const [offsetHours, offsetMinutes] = [Number(match[9] ?? 0), Number(match[10] ?? 0)];
  if (offsetHours > 14 || offsetMinutes > 59) {
    throw new RangeError(`"${text}" is not an instant: there is no such offset from UTC`);
  }
  const offsetMs =
    (offsetHours * HOUR_MS + offsetMinutes * MINUTE_MS) * (match[8] === '-' ? -1 : 1);
  return (
    daysFromCivil(year, month, day) * DAY_MS +
    hour * HOUR_MS +
    minute * MINUTE_MS +
    second * SECOND_MS +
    ms -
    offsetMs
  );
}

/** `2024-03-01T14:05:09.123Z`. For messages and small files; tables have an encoder of their own. */
export function formatInstant(ms: number): string {
  return new Date(ms).toISOString();
}

/** `2024-03-01`: the date of a day number. */
export function formatDay(days: number): string {
  return new Date(days * DAY_MS).toISOString().slice(0, 10);
}

/** Day number of `2024-03-01`. @throws RangeError quoting the text and what was expected */
export function parseDay(text: string): number {
  if (!DATE_FORM.test(text)) {
    throw new RangeError(`"${text}" is not a date: expected YYYY-MM-DD`);
  }
  return parseInstant(text) / DAY_MS;
}
