/** When an effect applies: the windows of scenario files as periods. */
import { parseMoment } from '../engine/moment.ts';
import { civilFromDays, DAY_MS, HOUR_MS } from '../engine/time.ts';
import { holidayDay } from '../policy/holidays.ts';
import { ZoneTime } from '../policy/local-time.ts';
import type { Ramp, Window } from './window-shape.ts';

/** Holiday windows are computed for this many years from the opening of a world. */
const HOLIDAY_YEARS = 20;

/** Openings that give different lengths, for windows whose length depends on the opening. */
const SAMPLE_ANCHORS = [0, HOUR_MS, 400 * DAY_MS];

/** [startMs, endMs). */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
  /** The year of the holiday, for windows around one. */
  readonly year?: number;
}

/**
 * Returns the periods of a window in time order.
 *
 * @param worldStartMs the origin of windows relative to the run: the same for every continuation
 * @param timeZone IANA name of the zone whose midnights bound holiday windows
 */
export function spansOf(window: Window, worldStartMs: number, timeZone: string): Span[] {
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
  for (let year = firstYear - 1; year <= firstYear + HOLIDAY_YEARS; year++) {
    const day = holidayDay(holiday, year);
    const endMs = zone.localMidnightMs(day + toDays);
    if (endMs <= worldStartMs) continue;
    spans.push({ startMs: zone.localMidnightMs(day + fromDays), endMs, year });
  }
  return spans;
}

/**
 * Returns the length of a window's periods; a day is 24 hours. Not positive if the window is inverted; undefined
 * if
 * it depends on the opening of a world.
 */
export function windowLengthMs(window: Window): number | undefined {
  if ('from' in window) {
    const lengths = SAMPLE_ANCHORS.map(
      (anchorMs) => parseMoment(window.to, anchorMs) - parseMoment(window.from, anchorMs),
    );
    return new Set(lengths).size === 1 ? lengths[0] : undefined;
  }
  if ('fromHours' in window) return (window.toHours - window.fromHours) * HOUR_MS;
  return (window.toDays - window.fromDays) * DAY_MS;
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
