/** Arrivals of shoppers without a planned visit at a store on one trading day. */
import type { Substream } from '../engine/substream.ts';
import { HOUR_MS } from '../engine/time.ts';
import { exponential } from '../engine/variates.ts';
import type { ZoneTime } from '../policy/local-time.ts';
import type { Store as StoreMaster } from '../world/world.ts';
import type { RegionWeather } from './region-weather.ts';
import type { Setting } from './services.ts';
import { arrivalRates, LAST_ENTRY_MS, type TradingDay, tradingDay } from './store-hours.ts';

const NEVER_MS = 48 * HOUR_MS;

/** A pure function of store and day, so never saved. */
export class StoreArrivals {
  readonly trading: TradingDay;
  private readonly rates: Float64Array;
  private readonly peakRate: number;

  /** @param day local day number */
  constructor(
    setting: Setting & { readonly weather: RegionWeather },
    store: StoreMaster,
    zone: ZoneTime,
    day: number,
  ) {
    const trading = tradingDay(zone, day);
    if (trading === undefined) {
      throw new Error(`Cannot trade on day ${day}: store ${store.id} is closed on that day`);
    }
    this.trading = trading;
    this.rates = arrivalRates(store, trading, setting.effects, setting.weather);
    this.peakRate = this.rates.reduce((peak, rate) => Math.max(peak, rate), 0);
  }

  /** Draws the time to the next arrival of a nonhomogeneous Poisson process, ms, by thinning. */
  nextMs(nowMs: number, stream: Substream): number {
    const { openMs, closeMs } = this.trading;
    let atMs = nowMs;
    if (this.peakRate === 0) return NEVER_MS;
    for (;;) {
      atMs += exponential(stream, 1 / this.peakRate);
      if (atMs >= closeMs - LAST_ENTRY_MS) return NEVER_MS;
      const rate = this.rates[Math.max(0, Math.floor((atMs - openMs) / HOUR_MS))];
      if (stream.unit() * this.peakRate < rate) return Math.max(1, Math.ceil(atMs - nowMs));
    }
  }
}
