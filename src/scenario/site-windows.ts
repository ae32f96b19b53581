/** The periods of a window at a place of a world: also of windows that weather or chance decides, region by region. */
import { hashUnit, purposeKey } from '../engine/substream.ts';
import { parseMoment } from '../engine/moment.ts';
import { civilFromDays, DAY_MS, daysFromCivil } from '../engine/time.ts';
import type { Place } from '../policy/climate.ts';
import { ZoneTime } from '../policy/local-time.ts';
import { weatherOfYear } from '../policy/weather.ts';
import { SKIES } from '../domain/values.ts';
import type { KnownWindow, Window } from './window-shape.ts';
import { type Span, spansOf, YEARS } from './windows.ts';

/** Where a window is looked at. */
export interface WindowSite {
  readonly seed: number;
  readonly worldStartMs: number;
  /** IANA name of the place's zone. */
  readonly timeZone: string;
  /** Number of the region's DC, where it lies, and its zone: the weather of a region is that of its DC. */
  readonly regionId: number;
  readonly region: Place & { readonly timeZone: string };
}

type WeatherWindow = Extract<Window, { weather: unknown }>;

/** Whether the calendar alone decides a window, so that it is the same everywhere in a time zone. */
export function isKnown(window: Window): window is KnownWindow {
  return !('weather' in window) && !('when' in window) && window.probability === undefined;
}

/** Returns the periods of a window in time order. @param scenario name of the scenario, which chance is drawn for */
export function spansAt(window: Window, site: WindowSite, scenario: string): Span[] {
  if ('when' in window) return [watchedSpan(window, site)];
  const spans =
    'weather' in window
      ? weatherSpans(window, site)
      : spansOf(window, site.worldStartMs, site.timeZone);
  const { probability } = window;
  if (probability === undefined) return spans;
  const key = purposeKey('scenario window', scenario);
  return spans.filter(
    ({ year = 0, number = year }) =>
      hashUnit(site.seed, key, site.regionId, Math.abs(number)) < probability,
  );
}

/** The time in which a condition counts. */
function watchedSpan(
  { from, to }: { readonly from?: string; readonly to?: string },
  { worldStartMs }: WindowSite,
): Span {
  return {
    startMs: from === undefined ? worldStartMs : parseMoment(from, worldStartMs),
    endMs: to === undefined ? worldStartMs + YEARS * 366 * DAY_MS : parseMoment(to, worldStartMs),
  };
}

/** Returns a period around each spell of days with the sky; those that meet are one. */
function weatherSpans(window: WeatherWindow, site: WindowSite): Span[] {
  const { weather, atLeastDays, fromDays, toDays } = window;
  const wanted = new Set((Array.isArray(weather) ? weather : [weather]).map(skyIndex));
  const zone = new ZoneTime(site.timeZone);
  const openingDay = new ZoneTime(site.region.timeZone).localDay(site.worldStartMs);
  const skies = skiesFrom(openingDay, site);
  const spans: Span[] = [];
  for (let at = 0; at < skies.length; at++) {
    if (!wanted.has(skies[at])) continue;
    const first = at;
    while (at + 1 < skies.length && wanted.has(skies[at + 1])) at++;
    if (at - first + 1 < atLeastDays) continue;
    const startMs = zone.localMidnightMs(openingDay + first + fromDays);
    const endMs = zone.localMidnightMs(openingDay + at + toDays);
    const last = spans.at(-1);
    if (last !== undefined && startMs <= last.endMs) {
      spans[spans.length - 1] = { ...last, endMs: Math.max(endMs, last.endMs) };
    } else spans.push({ startMs, endMs, number: openingDay + first });
  }
  return spans;
}

function skyIndex(name: (typeof SKIES)[number]): number {
  return SKIES.indexOf(name);
}

/** The skies of the years of a world by local day, from its opening on. */
function skiesFrom(openingDay: number, { seed, regionId, region }: WindowSite): number[] {
  const { year } = civilFromDays(openingDay);
  const skies: number[] = [];
  for (let ahead = 0; ahead <= YEARS; ahead++) {
    for (const { sky } of weatherOfYear(seed, regionId, region, year + ahead)) skies.push(sky);
  }
  return skies.slice(openingDay - daysFromCivil(year, 1, 1));
}
