/** The weather station of a region: records the weather of each local day as it begins. */
import { idBase } from '../domain/ids.ts';
import type { Sections } from '../domain/plain-data.ts';
import type { WeatherStationPort } from '../domain/ports.ts';
import { DAY_MS } from '../engine/time.ts';
import { ZoneTime } from '../policy/local-time.ts';
import { VISITS_PERCENT } from '../policy/weather-effects.ts';
import type { RegionWeather } from './region-weather.ts';
import type { RegionServices } from './services.ts';
import type { SavedState, StatefulPart } from './state.ts';

export interface WeatherRegion extends RegionServices {
  readonly weather: RegionWeather;
}

type SavedStation = { handle: number; recorded: number };

export class WeatherStation implements WeatherStationPort, StatefulPart {
  private readonly region: WeatherRegion;
  private readonly zone: ZoneTime;
  private readonly base: number;
  handle = 0;
  private recorded = 0;

  constructor(region: WeatherRegion) {
    this.region = region;
    this.zone = new ZoneTime(region.plan.dc.timeZone);
    this.base = idBase('weather', region.plan.id);
  }

  /** Returns the time to the next record, ms: local midnight; the first is that of the day in which the world begins. */
  untilRecordMs(): number {
    const { nowMs } = this.region;
    if (this.recorded === 0) return 1;
    return this.zone.localMidnightMs(this.zone.localDay(nowMs) + 1) - nowMs;
  }

  /** Records the weather of the local day. */
  record(): void {
    const { region } = this;
    const day = this.zone.localDay(region.nowMs);
    const { sky, highC, lowC, precipitationMm } = region.weather.on(day);
    const row = region.scratch.weather;
    row.traceId = this.base + this.recorded++;
    row.eventMs = region.nowMs;
    row.dcId = region.plan.id;
    row.localDateMs = day * DAY_MS;
    row.sky = sky;
    row.highC = highC;
    row.lowC = lowC;
    row.precipitationMm = precipitationMm;
    row.visitsPercent = VISITS_PERCENT[sky];
    region.facts.weather(row);
  }

  save(): Sections {
    const station: SavedStation = { handle: this.handle, recorded: this.recorded };
    return { weatherStation: station };
  }

  restore(saved: SavedState): void {
    Object.assign(this, saved.json<SavedStation>('weatherStation'));
  }

  actors(): WeatherStation[] {
    return [this];
  }
}
