/** The weather of a region, and what it does to shopping there: a pure function of the day, so never saved. */
import { civilFromDays, DAY_MS, daysFromCivil } from '../engine/time.ts';
import type { Place } from '../policy/climate.ts';
import type { Effects } from '../policy/effects.ts';
import type { ZoneTime } from '../policy/local-time.ts';
import { type DayWeather, weatherOfYear, withSky } from '../policy/weather.ts';
import { WeatherEffects } from '../policy/weather-effects.ts';

/** What scenarios say of the weather, and the zone in whose days they say it. */
interface SetWeather {
  readonly effects: Pick<Effects, 'touches' | 'sky'>;
  readonly zone: ZoneTime;
}

export class RegionWeather {
  private readonly seed: number;
  private readonly regionId: number;
  private readonly place: Place;
  private readonly effects: WeatherEffects;
  private readonly scenarios: SetWeather | undefined;
  private year = Number.NaN;
  private firstDay = 0;
  private days: readonly DayWeather[] = [];

  /**
   * @param place of the region's DC
   * @param scenarios what they set of the weather; nothing without them
   */
  constructor(seed: number, regionId: number, place: Place, scenarios?: SetWeather) {
    this.scenarios = scenarios?.effects.touches.weather ? scenarios : undefined;
    this.seed = seed;
    this.regionId = regionId;
    this.place = place;
    this.effects = new WeatherEffects(place);
  }

  /** Returns the weather of a local day, as it is or as scenarios set it. */
  on(day: number): DayWeather {
    if (this.scenarios === undefined) return this.natural(day);
    const { effects, zone } = this.scenarios;
    const sky = effects.sky(this.regionId, zone.localMidnightMs(day) + DAY_MS / 2);
    return sky < 0 ? this.natural(day) : withSky(this.natural(day), sky);
  }

  private natural(day: number): DayWeather {
    const at = day - this.firstDay;
    if (at >= 0 && at < this.days.length) return this.days[at];
    const { year } = civilFromDays(day);
    if (year !== this.year) {
      this.year = year;
      this.firstDay = daysFromCivil(year, 1, 1);
      this.days = weatherOfYear(this.seed, this.regionId, this.place, year);
    }
    return this.days[day - this.firstDay];
  }

  /** Factor on visits on a local day; the mean of a month is 1. */
  visits(day: number): number {
    return this.effects.visits(this.on(day).sky, civilFromDays(day).month);
  }

  /** Factor on demand for a department on a local day. */
  department(department: number, day: number): number {
    return this.effects.department(department, this.on(day).sky, civilFromDays(day).month);
  }

  /** Factor on demand for the products of a category on a local day, within their department. */
  category(name: string, day: number): number {
    return this.effects.category(name, this.on(day).sky, civilFromDays(day).month);
  }
}
