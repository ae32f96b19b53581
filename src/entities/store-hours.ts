/** When a store opens and closes in local time, and its expected shoppers by the hour. */
import { HOUR_MS } from '../engine/time.ts';
import { HOUR_SHARES, openingHours, trafficIndex } from '../policy/calendar-effects.ts';
import type { Effects } from '../policy/effects.ts';
import type { ZoneTime } from '../policy/local-time.ts';
import type { Store } from '../world/world.ts';

/** Staff unlock this long before the doors open. */
export const UNLOCK_LEAD_MS = 10 * 60_000;
/** No new shoppers in the last minutes before closing. */
export const LAST_ENTRY_MS = 12 * 60_000;

export interface TradingDay {
  /** Local day number. */
  readonly day: number;
  readonly openMs: number;
  readonly closeMs: number;
}

/** Returns the first trading day that opens after `nowMs`. Closed days (Christmas) are skipped. */
export function nextTradingDay(zone: ZoneTime, nowMs: number): TradingDay {
  for (let day = zone.localDay(nowMs); ; day++) {
    const trading = tradingDay(zone, day);
    if (trading !== undefined && trading.openMs > nowMs) return trading;
  }
}

/** Returns the latest trading day that has opened by `nowMs`. */
export function lastTradingDay(zone: ZoneTime, nowMs: number): TradingDay {
  for (let day = zone.localDay(nowMs); ; day--) {
    const trading = tradingDay(zone, day);
    if (trading !== undefined && trading.openMs <= nowMs) return trading;
  }
}

/** Returns the opening hours of a local day as instants; undefined for a closed day. */
export function tradingDay(zone: ZoneTime, day: number): TradingDay | undefined {
  const hours = openingHours(day);
  if (hours === undefined) return undefined;
  return {
    day,
    openMs: zone.localMinuteMs(day, hours.openMinute),
    closeMs: zone.localMinuteMs(day, hours.closeMinute),
  };
}

/**
 * Expected arrivals per millisecond in each clock hour of a trading day, from its first hour on:
 * base × retail year × weekday × hour × weather × scenarios.
 */
export function arrivalRates(
  store: Store,
  trading: TradingDay,
  effects: Effects,
  weather: { visits(day: number): number },
): Float64Array {
  const perDay = store.visitsPerDay * trafficIndex(trading.day) * weather.visits(trading.day);
  const midnightHourMs = trading.openMs;
  const hours = Math.ceil((trading.closeMs - trading.openMs) / HOUR_MS);
  const firstHour = openingHours(trading.day)?.openMinute ?? 0;
  return Float64Array.from({ length: hours }, (_, index) => {
    const share = HOUR_SHARES[Math.floor(firstHour / 60) + index] ?? 0;
    const atMs = midnightHourMs + index * HOUR_MS;
    const open = effects.closed(store.id, atMs) ? 0 : effects.traffic(store.id, atMs);
    return (perDay * share * open) / HOUR_MS;
  });
}
