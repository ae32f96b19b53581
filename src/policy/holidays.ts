/**
 * The days of a US year that shoppers care about, for any year.
 *
 * Public holidays, their observed days and the observances come from the library date-holidays; days that
 * only retailers celebrate are computed from those.
 */
import { createRequire } from 'node:module';
import type Holidays from 'date-holidays';
import { daysFromCivil, parseDay, weekdayOf } from '../engine/time.ts';

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

/** The library's names for the holidays that it knows. */
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

interface HolidayYear {
  readonly days: ReadonlyMap<Holiday, number>;
  /** Days on which offices and schools are closed, including observed days. */
  readonly free: ReadonlySet<number>;
}

let library: Holidays | undefined;
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

/** Loaded on first use, with `require`: importing its many files at the start would take a quarter of a second. */
function holidaysOf(year: number) {
  if (library === undefined) {
    const require = createRequire(import.meta.url);
    const Library = require('date-holidays') as typeof Holidays;
    library = new Library('US');
  }
  return library.getHolidays(year);
}

function compute(year: number): HolidayYear {
  const days = new Map<Holiday, number>();
  const free = new Set<number>();
  for (const { name, date, type, substitute } of holidaysOf(year)) {
    const day = parseDay(date.slice(0, 10));
    if (type === 'public' || (type === 'bank' && substitute)) free.add(day);
    const holiday = LIBRARY_NAMES[name];
    if (holiday !== undefined && !substitute) days.set(holiday, day);
  }
  for (const name of Object.values(LIBRARY_NAMES)) {
    if (!days.has(name)) throw new Error(`date-holidays has no ${name} in ${year}`);
  }
  days.set('super-bowl', superBowlSunday(year));
  // The Monday three weeks before Labor Day, when the season peaks.
  days.set('back-to-school', (days.get('labor-day') as number) - 21);
  days.set('cyber-monday', (days.get('thanksgiving') as number) + 4);
  return { days, free };
}

/** The second Sunday of February since the NFL season grew in 2021, the first one before. */
function superBowlSunday(year: number): number {
  const first = daysFromCivil(year, 2, 1);
  const firstSunday = first + (6 - weekdayOf(first));
  return year >= 2022 ? firstSunday + 7 : firstSunday;
}
