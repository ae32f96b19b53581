/**
 * Expected visits and online orders of a period: the volumes of the config over the
 * retail year, by the opening hours of the stores in their local time.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../engine/time.ts';
import {
  HOUR_SHARES,
  ONLINE_HOUR_SHARES,
  onlineIndex,
  openingHours,
  trafficIndex,
} from '../policy/calendar-effects.ts';
import { ZoneTime } from '../policy/local-time.ts';
import type { Network } from '../world/network.ts';
import type { Window } from './window.ts';

/** Expected counts of a window over all regions. */
export interface Crowd {
  readonly visits: number;
  readonly orders: number;
  /** Number of days on which a store opens, summed over stores. */
  readonly storeDays: number;
}

/** The stores and centers of one time zone. */
export interface Zone {
  readonly timeZone: string;
  readonly stores: number;
  /** Visits to all its stores on a mean day. */
  readonly visitsPerDay: number;
  /** Share of the online orders, 0–1. */
  readonly ordersShare: number;
}

/** Returns the time zones of a network's stores and centers. */
export function zonesOf({ stores, dcs }: Pick<Network, 'stores' | 'dcs'>): Zone[] {
  const names = new Set([...stores, ...dcs].map(({ timeZone }) => timeZone));
  return [...names].map((timeZone) => {
    const own = stores.filter((store) => store.timeZone === timeZone);
    return {
      timeZone,
      stores: own.length,
      visitsPerDay: own.reduce((sum, { visitsPerDay }) => sum + visitsPerDay, 0),
      ordersShare: dcs.filter((dc) => dc.timeZone === timeZone).length / dcs.length,
    };
  });
}

/** Returns the expected counts of a window. @param ordersPerDay online orders of all zones on a mean day */
export function expectedCrowd(zones: readonly Zone[], ordersPerDay: number, window: Window): Crowd {
  let [visits, storeDays, orders] = [0, 0, 0];
  for (const { timeZone, stores, visitsPerDay, ordersShare } of zones) {
    const clock = new ZoneTime(timeZone);
    const { days, openings } = storeDaysIn(clock, window);
    visits += visitsPerDay * days;
    storeDays += stores * openings;
    orders += ordersPerDay * ordersShare * onlineDaysIn(clock, window);
  }
  return { visits, orders, storeDays };
}

/** Returns mean days of visits; a store that would be open when the world begins opens the next morning. */
function storeDaysIn(zone: ZoneTime, { startMs, fromMs, toMs }: Window) {
  let [days, openings] = [0, 0];
  for (let day = zone.localDay(fromMs); zone.localMidnightMs(day) < toMs; day++) {
    const hours = openingHours(day);
    if (hours === undefined) continue;
    const opensMs = zone.localMinuteMs(day, hours.openMinute);
    if (opensMs < startMs || opensMs >= toMs) continue;
    if (opensMs >= fromMs) openings++;
    const closesMs = opensMs + (hours.closeMinute - hours.openMinute) * MINUTE_MS;
    const held = shareOf(HOUR_SHARES, {
      hour: hours.openMinute / 60,
      beginMs: opensMs,
      fromMs: Math.max(fromMs, opensMs),
      toMs: Math.min(toMs, closesMs),
    });
    days += trafficIndex(day) * held;
  }
  return { days, openings };
}

/** Returns mean days of online orders. */
function onlineDaysIn(zone: ZoneTime, { fromMs, toMs }: Window): number {
  let days = 0;
  for (let day = zone.localDay(fromMs); zone.localMidnightMs(day) < toMs; day++) {
    const beginMs = zone.localMidnightMs(day);
    const held = shareOf(ONLINE_HOUR_SHARES, {
      hour: 0,
      beginMs,
      fromMs: Math.max(fromMs, beginMs),
      toMs: Math.min(toMs, beginMs + DAY_MS),
    });
    days += onlineIndex(day) * held;
  }
  return days;
}

/** Returns the sum of hourly shares over a period; `hour` begins at `beginMs`. */
function shareOf(
  shares: readonly number[],
  period: { hour: number; beginMs: number; fromMs: number; toMs: number },
): number {
  const { hour, beginMs, fromMs, toMs } = period;
  let sum = 0;
  for (let at = hour; at < shares.length; at++) {
    const startsMs = beginMs + (at - hour) * HOUR_MS;
    const overlapMs = Math.min(toMs, startsMs + HOUR_MS) - Math.max(fromMs, startsMs);
    if (overlapMs > 0) sum += (shares[at] * overlapMs) / HOUR_MS;
  }
  return sum;
}
