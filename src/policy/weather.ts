/**
 * The weather of a region, day by day.
 *
 * The generator of Richardson (1981): whether a day is wet follows a Markov chain of first order, so that wet days come
 * in spells; the temperature is an autoregressive process around the mean of the season. The days of a year are computed
 * together, from a month before it on, as a pure function of seed, region and year.
 */
import { SKIES } from '../domain/values.ts';
import { ln } from '../engine/elementary.ts';
import { hashUnit, purposeKey } from '../engine/substream.ts';
import { civilFromDays, daysFromCivil, daysInMonth } from '../engine/time.ts';
import { climateOf, type Place, seasonalMeanC } from './climate.ts';

/** Index into SKIES. */
export const SKY = { clear: 0, cloudy: 1, rain: 2, rainAllDay: 3, snow: 4, heat: 5 } as const;

const WET = purposeKey('weather', 'wet');
const KIND = purposeKey('weather', 'kind');
const WARMTH = [
  purposeKey('weather', 'warmth 1'),
  purposeKey('weather', 'warmth 2'),
  purposeKey('weather', 'warmth 3'),
];
const AMOUNT = purposeKey('weather', 'amount');

/** Correlation of wet days with the day before. */
const SPELLS = 0.28;
/** One wet day in four stays wet. */
const ALL_DAY_SHARE = 0.25;
/** Share of the dry days that are clear. */
const CLEAR_SHARE = 0.62;
/** Deviation of the temperature from the mean of the season, °C, and its correlation with the day before. */
const DEVIATION_C = 4;
const MEMORY = 0.65;
/** Rain falls as snow below this mean temperature; a dry day is hot above this highest one. */
const SNOW_BELOW_C = 0.5;
const HOT_FROM_C = 34;
/** Highest and lowest temperature relative to the mean of the day, °C: dry, wet. */
const HIGH_ABOVE_C = [5.5, 3];
const LOW_BELOW_C = [5.5, 3.5];
const RAIN_MM = 6;
const RAIN_ALL_DAY_MM = 18;
/** Days before a year from which its chain starts. */
const BURN_IN_DAYS = 31;

/** The weather of a local day. */
export interface DayWeather {
  /** Index into SKIES. */
  readonly sky: number;
  /** Whole °C. */
  readonly highC: number;
  readonly lowC: number;
  /** Rain, or snow as water. */
  readonly precipitationMm: number;
}

/** Returns the weather of each day of a year in a region. @param regionId number of its DC */
export function weatherOfYear(
  seed: number,
  regionId: number,
  place: Place,
  year: number,
): DayWeather[] {
  const climate = climateOf(place);
  const firstDay = daysFromCivil(year, 1, 1);
  const endDay = daysFromCivil(year + 1, 1, 1);
  const days: DayWeather[] = [];
  let wet = false;
  let anomaly = 0;
  for (let day = firstDay - BURN_IN_DAYS; day < endDay; day++) {
    const { month, day: dayOfMonth } = civilFromDays(day);
    const odds = climate.wetOdds[month - 1];
    wet = hashUnit(seed, WET, regionId, day) < odds * (1 - SPELLS) + (wet ? SPELLS : 0);
    anomaly = MEMORY * anomaly + FRESH * standardNormal(seed, regionId, day);
    if (day < firstDay) continue;
    const within = (dayOfMonth - 0.5) / daysInMonth(year, month);
    const meanC = seasonalMeanC(climate, month, within) + DEVIATION_C * anomaly;
    days.push(dayWeather(seed, regionId, day, wet, meanC));
  }
  return days;
}

/** √(1 − MEMORY²), so that the deviation keeps its size. */
const FRESH = 0.75993420767853;

function dayWeather(
  seed: number,
  regionId: number,
  day: number,
  wet: boolean,
  meanC: number,
): DayWeather {
  const kind = hashUnit(seed, KIND, regionId, day);
  const highC = Math.round(meanC + HIGH_ABOVE_C[wet ? 1 : 0]);
  const lowC = Math.round(meanC - LOW_BELOW_C[wet ? 1 : 0]);
  if (!wet) {
    const plain = kind < CLEAR_SHARE ? SKY.clear : SKY.cloudy;
    return { sky: highC >= HOT_FROM_C ? SKY.heat : plain, highC, lowC, precipitationMm: 0 };
  }
  const allDay = kind < ALL_DAY_SHARE;
  const meanMm = allDay ? RAIN_ALL_DAY_MM : RAIN_MM;
  const drawn = -meanMm * ln(1 - hashUnit(seed, AMOUNT, regionId, day));
  const precipitationMm = Math.max(1, Math.round(drawn));
  const rain = allDay ? SKY.rainAllDay : SKY.rain;
  return { sky: meanC < SNOW_BELOW_C ? SKY.snow : rain, highC, lowC, precipitationMm };
}

/** What a day must at least have of what its sky brings: mm of rain or snow, °C of heat. */
const SET_MM = [0, 0, 6, 25, 15, 0];
const SET_HEAT_C = 37;
const WARMEST_SNOW_C = 3;

/** Returns a day with another sky: its temperature and rain changed only as far as the sky asks for. @param sky index into SKIES */
export function withSky(day: DayWeather, sky: number): DayWeather {
  const wet = SET_MM[sky] > 0;
  const spread = wet ? HIGH_ABOVE_C[1] + LOW_BELOW_C[1] : HIGH_ABOVE_C[0] + LOW_BELOW_C[0];
  let highC = sky === SKY.heat ? Math.max(day.highC, SET_HEAT_C) : day.highC;
  if (sky === SKY.clear || sky === SKY.cloudy) highC = Math.min(highC, HOT_FROM_C - 1);
  if (sky === SKY.snow) highC = Math.min(highC, WARMEST_SNOW_C - 2);
  if (sky === SKY.rain || sky === SKY.rainAllDay) highC = Math.max(highC, WARMEST_SNOW_C + 1);
  const lowC = highC - Math.round(spread);
  return {
    sky,
    highC,
    lowC,
    precipitationMm: wet ? Math.max(day.precipitationMm, SET_MM[sky]) : 0,
  };
}

/** A sum of three uniform variates with variance 1: near enough to a normal one for the weather. */
function standardNormal(seed: number, regionId: number, day: number): number {
  let sum = -1.5;
  for (const key of WARMTH) sum += hashUnit(seed, key, regionId, day);
  return 2 * sum;
}

/** Years of weather over which a climate's normals are taken. */
const NORMAL_YEARS = 40;
const NORMALS_SEED = 20_260_101;
/** A year without a leap day. */
const NORMAL_YEAR = 2001;

const normals = new Map<string, readonly Float64Array[]>();

/** Returns the share of each sky by month in the climate of a place: what people there are used to. */
export function skyNormals(place: Place): readonly Float64Array[] {
  const key = `${place.latitude},${place.longitude}`;
  let shares = normals.get(key);
  if (shares === undefined) {
    shares = computeNormals(place);
    normals.set(key, shares);
  }
  return shares;
}

function computeNormals(place: Place): Float64Array[] {
  const shares = Array.from({ length: 12 }, () => new Float64Array(SKIES.length));
  const firstDay = daysFromCivil(NORMAL_YEAR, 1, 1);
  for (let number = 1; number <= NORMAL_YEARS; number++) {
    const year = weatherOfYear(NORMALS_SEED, number, place, NORMAL_YEAR);
    for (const [at, { sky }] of year.entries()) {
      const { month } = civilFromDays(firstDay + at);
      shares[month - 1][sky] += 1 / (NORMAL_YEARS * daysInMonth(NORMAL_YEAR, month));
    }
  }
  return shares;
}
