/**
 * A store's local time: UTC and local time of an IANA zone, including daylight saving.
 *
 * The runtime's zone data is read once for each zone and year, for the instants at which the offset
 * changes; afterwards a conversion is a comparison and an addition.
 */
import {
  civilFromDays,
  DAY_MS,
  daysFromCivil,
  HOUR_MS,
  MINUTE_MS,
  SECOND_MS,
} from '../engine/time.ts';

/** A period with one offset. */
interface Period {
  readonly fromMs: number;
  readonly toMs: number;
  readonly offsetMs: number;
}

/** No zone changes its clocks twice within this time. */
const SAMPLE_MS = 10 * DAY_MS;

const zones = new Map<string, ZoneRules>();

export class ZoneTime {
  readonly zone: string;
  private readonly rules: ZoneRules;
  private period: Period;

  /** @param zone IANA name. @throws RangeError if the runtime does not know it */
  constructor(zone: string) {
    this.zone = zone;
    this.rules = rulesOf(zone);
    this.period = this.rules.periodAt(0);
  }

  /** Local time minus UTC at an instant. */
  offsetMs(utcMs: number): number {
    if (utcMs < this.period.fromMs || utcMs >= this.period.toMs) {
      this.period = this.rules.periodAt(utcMs);
    }
    return this.period.offsetMs;
  }

  /** Number of the local calendar day (day 0 is 1 January 1970). */
  localDay(utcMs: number): number {
    return Math.floor((utcMs + this.offsetMs(utcMs)) / DAY_MS);
  }

  /** Minute of the local day, 0 to 1439. */
  localMinute(utcMs: number): number {
    const localMs = utcMs + this.offsetMs(utcMs);
    return Math.floor((localMs - Math.floor(localMs / DAY_MS) * DAY_MS) / MINUTE_MS);
  }

  /** First instant of a local day. */
  localMidnightMs(day: number): number {
    return this.localMinuteMs(day, 0);
  }

  /**
   * The instant at which the local clock shows a minute of a local day. For a time that occurs twice this is
   * the first; a time that is skipped is moved later by the length of the clock change.
   */
  localMinuteMs(day: number, minuteOfDay: number): number {
    const wallMs = day * DAY_MS + minuteOfDay * MINUTE_MS;
    const before = this.offsetMs(wallMs - DAY_MS);
    const after = this.offsetMs(wallMs + DAY_MS);
    if (before === after || this.offsetMs(wallMs - before) === before) return wallMs - before;
    return this.offsetMs(wallMs - after) === after ? wallMs - after : wallMs - before;
  }
}

function rulesOf(zone: string): ZoneRules {
  let rules = zones.get(zone);
  if (rules === undefined) {
    rules = new ZoneRules(zone);
    zones.set(zone, rules);
  }
  return rules;
}

class ZoneRules {
  private readonly clock: Intl.DateTimeFormat;
  private readonly years = new Map<number, Period[]>();

  constructor(zone: string) {
    this.clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  periodAt(utcMs: number): Period {
    const { year } = civilFromDays(Math.floor(utcMs / DAY_MS));
    let periods = this.years.get(year);
    if (periods === undefined) {
      periods = this.periodsOf(year);
      this.years.set(year, periods);
    }
    return periods.find(({ toMs }) => utcMs < toMs) as Period;
  }

  private periodsOf(year: number): Period[] {
    const endMs = daysFromCivil(year + 1, 1, 1) * DAY_MS;
    const periods: Period[] = [];
    let fromMs = daysFromCivil(year, 1, 1) * DAY_MS;
    let offsetMs = this.askOffsetMs(fromMs);
    for (let atMs = fromMs; atMs < endMs; atMs += SAMPLE_MS) {
      const nextMs = Math.min(atMs + SAMPLE_MS, endMs);
      if (this.askOffsetMs(nextMs) === offsetMs) continue;
      const changeMs = this.changeBetween(atMs, nextMs, offsetMs);
      periods.push({ fromMs, toMs: changeMs, offsetMs });
      fromMs = changeMs;
      offsetMs = this.askOffsetMs(changeMs);
    }
    periods.push({ fromMs, toMs: endMs, offsetMs });
    return periods;
  }

  /** The first whole minute with another offset; clocks change on the minute. */
  private changeBetween(fromMs: number, toMs: number, offsetMs: number): number {
    let low = fromMs / MINUTE_MS;
    let high = toMs / MINUTE_MS;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.askOffsetMs(middle * MINUTE_MS) === offsetMs) low = middle;
      else high = middle;
    }
    return high * MINUTE_MS;
  }

  private askOffsetMs(utcMs: number): number {
    const shown = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
    for (const { type, value } of this.clock.formatToParts(utcMs)) {
      if (type in shown) shown[type as keyof typeof shown] = Number(value);
    }
    const localMs =
      daysFromCivil(shown.year, shown.month, shown.day) * DAY_MS +
      shown.hour * HOUR_MS +
      shown.minute * MINUTE_MS +
      shown.second * SECOND_MS;
    return localMs - Math.floor(utcMs / SECOND_MS) * SECOND_MS;
  }
}
