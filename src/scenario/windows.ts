/** When an effect applies: the windows of scenario files as periods. */
import { parseMoment } from '../engine/moment.ts';
import {
  civilFromDays,
  DAY_MS,
  daysFromCivil,
  daysInMonth,
  HOUR_MS,
  weekdayOf,
} from '../engine/time.ts';
import { holidayDay } from '../policy/holidays.ts';
import { ZoneTime } from '../policy/local-time.ts';
import { type KnownWindow, type Ramp, RECURRENCES, type Window } from './window-shape.ts';

/** Windows that come again are computed for this many years from the opening of a world. */
export const YEARS = 20;

/** Openings that give different lengths, for windows whose length depends on the opening. */
const SAMPLE_ANCHORS = [0, HOUR_MS, 400 * DAY_MS];

/** [startMs, endMs). */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
  /** The year of the holiday, for windows around one. */
  readonly year?: number;
  /** Tells the periods of a window apart, alike in all time zones: a local day, the first month, or nothing. */
  readonly number?: number;
}

/**
 * Returns the periods of a window in time order.
 *
 * @param worldStartMs the origin of windows relative to the run: the same for every continuation
 * @param timeZone IANA name of the zone whose midnights bound holidays, days of the week and of the month
 */
export function spansOf(window: KnownWindow, worldStartMs: number, timeZone: string): Span[] {
  if ('every' in window) return recurringSpans(window, worldStartMs, new ZoneTime(timeZone));
  if ('monthDay' in window) return monthlySpans(window, worldStartMs, new ZoneTime(timeZone));
  if ('from' in window) {
    const at = (text: string) => parseMoment(text, worldStartMs);
    return [{ startMs: at(window.from), endMs: at(window.to) }];
  }
  if ('fromHours' in window) {
    return [after(worldStartMs, window.fromHours * HOUR_MS, window.toHours * HOUR_MS)];
  }
  if (!('holiday' in window)) {
    return [after(worldStartMs, window.fromDays * DAY_MS, window.toDays * DAY_MS)];
  }
  const { holiday, fromDays, toDays } = window;
  const zone = new ZoneTime(timeZone);
  const { year: firstYear } = civilFromDays(Math.floor(worldStartMs / DAY_MS));
  const spans: Span[] = [];
  for (let year = firstYear - 1; year <= firstYear + YEARS; year++) {
    const day = holidayDay(holiday, year);
    const endMs = zone.localMidnightMs(day + toDays);
    if (endMs <= worldStartMs) continue;
    spans.push({ startMs: zone.localMidnightMs(day + fromDays), endMs, year });
  }
  return spans;
}

type Recurring = Extract<KnownWindow, { every: unknown }>;
type Monthly = Extract<KnownWindow, { monthDay: unknown }>;

const FIRST_WEEKDAY = RECURRENCES.indexOf('monday');

/** Whether a window that comes again comes on a weekday, 0 Monday. */
function comesOn(every: Recurring['every'], weekday: number): boolean {
  const named = Array.isArray(every) ? every : [every];
  const general = weekday < 5 ? 'weekday' : 'weekend';
  return named.some(
    (day) => day === 'day' || day === general || day === RECURRENCES[FIRST_WEEKDAY + weekday],
  );
}

function recurringSpans(window: Recurring, worldStartMs: number, zone: ZoneTime): Span[] {
  const { every, fromHour, toHour, from, to } = window;
  const sinceMs = from === undefined ? worldStartMs : parseMoment(from, worldStartMs);
  const untilMs =
    to === undefined ? worldStartMs + YEARS * 366 * DAY_MS : parseMoment(to, worldStartMs);
  const hourMs = (day: number, hour: number) => {
    const later = Math.floor(hour / 24);
    return zone.localMinuteMs(day + later, Math.round((hour - later * 24) * 60));
  };
  const spans: Span[] = [];
  for (let day = zone.localDay(sinceMs) - 1; ; day++) {
    const startMs = Math.max(sinceMs, hourMs(day, fromHour));
    if (startMs >= untilMs) return spans;
    const endMs = Math.min(untilMs, hourMs(day, toHour));
    if (endMs > startMs && comesOn(every, weekdayOf(day))) {
      spans.push({ startMs, endMs, number: day });
    }
  }
}

function monthlySpans(window: Monthly, worldStartMs: number, zone: ZoneTime): Span[] {
  const { monthDay, fromDays, toDays } = window;
  const { year: firstYear } = civilFromDays(Math.floor(worldStartMs / DAY_MS));
  const spans: Span[] = [];
  for (let year = firstYear - 1; year <= firstYear + YEARS; year++) {
    for (let month = 1; month <= 12; month++) {
      const day = daysFromCivil(year, month, Math.min(monthDay, daysInMonth(year, month)));
      const endMs = zone.localMidnightMs(day + toDays);
      if (endMs <= worldStartMs) continue;
      spans.push({ startMs: zone.localMidnightMs(day + fromDays), endMs, number: day });
    }
  }
  return spans;
}

/**
 * Returns the length of a window's periods; a day is 24 hours. Not positive if the window is inverted; undefined
 * if
 * it depends on the opening of a world.
 */
export function windowLengthMs(window: Window): number | undefined {
  if ('every' in window)
    return Math.min(boundedMs(window), (window.toHour - window.fromHour) * HOUR_MS);
  if ('when' in window) return boundedMs(window);
  if ('weather' in window) {
    return (window.atLeastDays - 1 + window.toDays - window.fromDays) * DAY_MS;
  }
  if ('from' in window) {
    const lengths = SAMPLE_ANCHORS.map(
      (anchorMs) => parseMoment(window.to, anchorMs) - parseMoment(window.from, anchorMs),
    );
    return new Set(lengths).size === 1 ? lengths[0] : undefined;
  }
  if ('fromHours' in window) return (window.toHours - window.fromHours) * HOUR_MS;
  return (window.toDays - window.fromDays) * DAY_MS;
}

/** The time between the bounds of a window that comes again, as a world would have it that opens at any of the samples. */
function boundedMs({ from, to }: { readonly from?: string; readonly to?: string }): number {
  if (from === undefined || to === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(
    ...SAMPLE_ANCHORS.map((anchorMs) => parseMoment(to, anchorMs) - parseMoment(from, anchorMs)),
  );
}

/** Returns how long a ramp builds up and fades. */
export function rampMs(ramp: Ramp | undefined): { upMs: number; downMs: number } {
  if (ramp === undefined) return { upMs: 0, downMs: 0 };
  if ('upDays' in ramp) return { upMs: ramp.upDays * DAY_MS, downMs: ramp.downDays * DAY_MS };
  return { upMs: ramp.upHours * HOUR_MS, downMs: ramp.downHours * HOUR_MS };
}

function after(startMs: number, fromMs: number, toMs: number): Span {
  return { startMs: startMs + fromMs, endMs: startMs + toMs };
}
