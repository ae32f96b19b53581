/** The weather as a process: shares, spells and temperatures over many regions and years, and its effects. */
import { describe, expect, it } from 'vitest';
import { DEPARTMENTS, SKIES } from '../../src/domain/values.ts';
import { civilFromDays, daysFromCivil } from '../../src/engine/time.ts';
import { RegionWeather } from '../../src/entities/region-weather.ts';
import { climateOf } from '../../src/policy/climate.ts';
import { type DayWeather, SKY, skyNormals, weatherOfYear } from '../../src/policy/weather.ts';
import { VISITS_PERCENT, WeatherEffects } from '../../src/policy/weather-effects.ts';

const CHICAGO = { latitude: 41.9, longitude: -87.6 };
const HOUSTON = { latitude: 29.8, longitude: -95.4 };
const SEATTLE = { latitude: 47.6, longitude: -122.3 };
const YEARS = Array.from({ length: 60 }, (_, number) => 2001 + number);

const isWet = ({ sky }: DayWeather) =>
  sky === SKY.rain || sky === SKY.rainAllDay || sky === SKY.snow;

function daysOf(place: typeof CHICAGO, month?: number): DayWeather[] {
  return YEARS.flatMap((year) => {
    const first = daysFromCivil(year, 1, 1);
    return weatherOfYear(5, 3, place, year).filter(
      (_, at) => month === undefined || civilFromDays(first + at).month === month,
    );
  });
}

const shareOf = (days: readonly DayWeather[], holds: (day: DayWeather) => boolean) =>
  days.filter(holds).length / days.length;
const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the weather of a region', () => {
  it('is as often wet as the climate of the month, one wet day in four all day', () => {
    for (const [place, month] of [
      [CHICAGO, 5],
      [SEATTLE, 1],
      [SEATTLE, 7],
    ] as const) {
      const days = daysOf(place, month);
      const wet = days.filter(isWet);
      expect(Math.abs(wet.length / days.length - climateOf(place).wetOdds[month - 1])).toBeLessThan(
        0.035,
      );
    }
    const wet = daysOf(HOUSTON).filter(isWet);
    expect(Math.abs(shareOf(wet, ({ sky }) => sky === SKY.rainAllDay) - 0.25)).toBeLessThan(0.02);
  });

  it('is a Markov chain: after a wet day another is likelier by the correlation of 0.28', () => {
    const days = daysOf(CHICAGO);
    const wet = days.map((day) => (isWet(day) ? 1 : 0));
    const chanceGiven = (before: number) =>
      meanOf(wet.filter((_, at) => at > 0 && wet[at - 1] === before));
    expect(Math.abs(chanceGiven(1) - chanceGiven(0) - 0.28)).toBeLessThan(0.03);
  });

  it('is warm in summer and cold in winter, by place', () => {
    const highest = (place: typeof CHICAGO, month: number) =>
      meanOf(daysOf(place, month).map(({ highC }) => highC));
    expect(Math.abs(highest(CHICAGO, 7) - 31)).toBeLessThan(3.5);
    expect(Math.abs(highest(CHICAGO, 1) - 1)).toBeLessThan(3.5);
    expect(highest(HOUSTON, 1)).toBeGreaterThan(15);
    expect(highest(SEATTLE, 7)).toBeLessThan(highest(CHICAGO, 7));
    // Each day remembers the one before.
    const days = daysOf(CHICAGO, 4).map(({ highC }) => highC);
    const steps = days.slice(1).map((high, at) => Math.abs(high - days[at]));
    expect(meanOf(steps)).toBeLessThan(5);
  });

  it('snows in the cold alone, and is hot from 34 °C on', () => {
    expect(shareOf(daysOf(CHICAGO, 1), ({ sky }) => sky === SKY.snow)).toBeGreaterThan(0.15);
    expect(shareOf(daysOf(CHICAGO, 7), ({ sky }) => sky === SKY.snow)).toBe(0);
    expect(shareOf(daysOf(HOUSTON, 8), ({ sky }) => sky === SKY.heat)).toBeGreaterThan(0.3);
    for (const day of daysOf(CHICAGO)) {
      expect(day.precipitationMm > 0).toBe(isWet(day));
      expect(day.sky === SKY.heat).toBe(!isWet(day) && day.highC >= 34);
      expect(day.highC).toBeGreaterThan(day.lowC);
      if (day.sky === SKY.snow) expect(day.lowC).toBeLessThanOrEqual(0);
    }
  });

  it('depends on seed, region and year alone', () => {
    const year = (seed: number, region: number) => weatherOfYear(seed, region, CHICAGO, 2024);
    expect(year(1, 2)).toEqual(year(1, 2));
    expect(year(1, 2)).not.toEqual(year(1, 3));
    expect(year(1, 2)).not.toEqual(year(2, 2));
    expect(year(1, 2)).toHaveLength(366);
  });
});

describe('the effects of the weather', () => {
  it('keep 7 % of visitors away in rain, 15 % when it rains all day, and bring 3 % under a clear sky', () => {
    const effects = new WeatherEffects(CHICAGO);
    const against = (sky: number) => effects.visits(sky, 5) / effects.visits(SKY.cloudy, 5);
    expect(against(SKY.rain)).toBeCloseTo(0.93, 10);
    expect(against(SKY.rainAllDay)).toBeCloseTo(0.85, 10);
    expect(against(SKY.clear)).toBeCloseTo(1.03, 10);
    expect(against(SKY.snow)).toBeCloseTo(0.82, 10);
    expect(VISITS_PERCENT).toHaveLength(SKIES.length);
  });

  it('have mean 1 in every month of a climate, on visits and on each department', () => {
    for (const place of [CHICAGO, HOUSTON, SEATTLE]) {
      const effects = new WeatherEffects(place);
      for (const [at, shares] of skyNormals(place).entries()) {
        const mean = (factor: (sky: number) => number) =>
          SKIES.reduce((sum, _, sky) => sum + shares[sky] * factor(sky), 0);
        expect(mean((sky) => effects.visits(sky, at + 1))).toBeCloseTo(1, 10);
        for (const department of DEPARTMENTS.keys()) {
          expect(mean((sky) => effects.department(department, sky, at + 1))).toBeCloseTo(1, 10);
        }
      }
    }
  });

  it('send people to drinks in the heat and to shovels in the snow', () => {
    const effects = new WeatherEffects(CHICAGO);
    const relative = (category: string, sky: number) =>
      effects.category(category, sky, 2) / effects.category(category, SKY.cloudy, 2);
    expect(relative('Beverages', SKY.heat)).toBeCloseTo(1.35, 10);
    expect(relative('Winter & Snow', SKY.snow)).toBeCloseTo(3, 10);
    expect(relative('Bedding & Bath', SKY.snow)).toBe(1);
    expect(relative('constructor', SKY.snow)).toBe(1);
  });

  it('are those of the sky on the day', () => {
    const weather = new RegionWeather(5, 3, CHICAGO);
    const effects = new WeatherEffects(CHICAGO);
    const first = daysFromCivil(2024, 1, 1);
    for (const [at, expected] of weatherOfYear(5, 3, CHICAGO, 2024).entries()) {
      const day = first + at;
      const { month } = civilFromDays(day);
      expect(weather.on(day)).toEqual(expected);
      expect(weather.visits(day)).toBe(effects.visits(expected.sky, month));
    }
    expect(weather.on(first - 1)).toEqual(weatherOfYear(5, 3, CHICAGO, 2023)[364]);
  });
});
