/**
 * The days of a US year that shoppers care about, for any year.
 *
 * Computed by integer rules: the federal holidays and their observed days (5 U.S.C. 6103), customary observances,
 * and days that only retailers celebrate. A test compares them with the library date-holidays, year by year; that
 * library takes a quarter of a second to load and 40 MB of packages.
 */
import { daysFromCivil, weekdayOf } from '../engine/time.ts';

export const HOLIDAYS = [
  'new-years-day',
  'martin-luther-king-day',
  'super-bowl',
  'valentines-day',
  'presidents-day',
  'st-patricks-day',
  'easter',
  'mothers-day',
  'memorial-day',
  'fathers-day',
  'independence-day',
  'back-to-school',
  'labor-day',
  'columbus-day',
  'halloween',
  'veterans-day',
  'thanksgiving',
  'black-friday',
  'cyber-monday',
  'christmas-eve',
  'christmas',
  'new-years-eve',
] as const;
export type Holiday = (typeof HOLIDAYS)[number];

/** Public holidays on a weekday of their month. */
const MOVING_HOLIDAYS: readonly Holiday[] = [
  'martin-luther-king-day',
  'presidents-day',
  'memorial-day',
  'labor-day',
  'columbus-day',
  'thanksgiving',
];
/** Public holidays on a fixed date: on a weekend, the nearest working day is free as well. */
const FIXED_HOLIDAYS: readonly Holiday[] = [
  'new-years-day',
  'independence-day',
  'veterans-day',
  'christmas',
];
/** The year in which June 19 became one of them. */
const JUNETEENTH_SINCE = 2021;
const MONDAY = 0;
const THURSDAY = 3;
const SATURDAY = 5;
const SUNDAY = 6;

interface HolidayYear {
  readonly days: ReadonlyMap<Holiday, number>;
  /** Days on which offices and schools are closed, including observed days. */
  readonly free: ReadonlySet<number>;
}

const years = new Map<number, HolidayYear>();

/** Day number of a holiday in a year. */
export function holidayDay(holiday: Holiday, year: number): number {
  return yearOf(year).days.get(holiday) as number;
}

/** Whether offices and schools are closed: on a public holiday, or on the day on which one is observed. */
export function isPublicHoliday(day: number, year: number): boolean {
  return yearOf(year).free.has(day);
}

function yearOf(year: number): HolidayYear {
  let known = years.get(year);
  if (known === undefined) {
    known = compute(year);
    years.set(year, known);
  }
  return known;
}

function compute(year: number): HolidayYear {
  const on = (month: number, day: number) => daysFromCivil(year, month, day);
  /** The nth of a weekday in a month, from 1. */
  const nth = (month: number, weekday: number, n: number) =>
    firstFrom(on(month, 1), weekday) + 7 * (n - 1);
  const laborDay = nth(9, MONDAY, 1);
  const thanksgiving = nth(11, THURSDAY, 4);
  const days = new Map<Holiday, number>([
    ['new-years-day', on(1, 1)],
    ['martin-luther-king-day', nth(1, MONDAY, 3)],
    // The second Sunday of February since the NFL season grew in 2021, the first one before.
    ['super-bowl', nth(2, SUNDAY, year >= 2022 ? 2 : 1)],
    ['valentines-day', on(2, 14)],
    ['presidents-day', nth(2, MONDAY, 3)],
    ['st-patricks-day', on(3, 17)],
    ['easter', easterSunday(year)],
    ['mothers-day', nth(5, SUNDAY, 2)],
    ['memorial-day', firstFrom(on(5, 25), MONDAY)],
    ['fathers-day', nth(6, SUNDAY, 3)],
    ['independence-day', on(7, 4)],
    // The Monday three weeks before Labor Day, when the season peaks.
    ['back-to-school', laborDay - 21],
    ['labor-day', laborDay],
    ['columbus-day', nth(10, MONDAY, 2)],
    ['halloween', on(10, 31)],
    ['veterans-day', on(11, 11)],
    ['thanksgiving', thanksgiving],
    ['black-friday', thanksgiving + 1],
    ['cyber-monday', thanksgiving + 4],
    ['christmas-eve', on(12, 24)],
    ['christmas', on(12, 25)],
    ['new-years-eve', on(12, 31)],
  ]);
  const free = new Set(MOVING_HOLIDAYS.map((holiday) => days.get(holiday) as number));
  const fixed = FIXED_HOLIDAYS.map((holiday) => days.get(holiday) as number);
  if (year >= JUNETEENTH_SINCE) fixed.push(on(6, 19));
  // The next year's first day may be observed on the last of this one.
  const nextYear = daysFromCivil(year + 1, 1, 1);
  if (weekdayOf(nextYear) === SATURDAY) free.add(nextYear - 1);
  for (const day of fixed) {
    free.add(day);
    const weekday = weekdayOf(day);
    if (weekday === SATURDAY && day !== on(1, 1)) free.add(day - 1);
    if (weekday === SUNDAY) free.add(day + 1);
  }
  return { days, free };
}

/** Returns the first day with a weekday, from a given day on. */
function firstFrom(day: number, weekday: number): number {
  return day + ((weekday - weekdayOf(day) + 7) % 7);
}

/** Day number of Easter Sunday by the Gregorian computus (the anonymous algorithm of 1876). */
function easterSunday(year: number): number {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const leapCenturies = Math.floor(century / 4);
  const moon = Math.floor((century + 8) / 25);
  const correction = Math.floor((century - moon + 1) / 3);
  const epact = (19 * golden + century - leapCenturies - correction + 15) % 30;
  const ofCentury = year % 100;
  const toSunday =
    (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const place = epact + toSunday - 7 * late + 114;
  return daysFromCivil(year, Math.floor(place / 31), (place % 31) + 1);
}
