/** Weather as shoppers notice it: a day is wet, wet all day, clear or ordinary. */
import { hashUnit, purposeKey } from '../engine/substream.ts';
import { civilFromDays } from '../engine/time.ts';

const SKY = purposeKey('weather', 'sky');

/** Factors on visits relative to an ordinary day (study of US retail traffic). */
const RAIN = 0.93;
const RAIN_ALL_DAY = 0.85;
const CLEAR = 1.03;
/** Chance of a wet day by month, a mean of US climates; one wet day in four stays wet. */
const WET_DAY_ODDS = [0.31, 0.31, 0.32, 0.31, 0.32, 0.3, 0.29, 0.28, 0.26, 0.26, 0.29, 0.31];
const ALL_DAY_SHARE = 0.25;
/** Share of the dry days that are clear. */
const CLEAR_SHARE = 0.62;

/** Factor of the weather on visits around a geography on a local day; the mean is 1. */
export function weatherFactor(seed: number, geographyId: number, day: number): number {
  const wet = WET_DAY_ODDS[civilFromDays(day).month - 1];
  const clear = (1 - wet) * CLEAR_SHARE;
  const mean =
    wet * (ALL_DAY_SHARE * RAIN_ALL_DAY + (1 - ALL_DAY_SHARE) * RAIN) +
    clear * CLEAR +
    (1 - wet - clear);
  const sky = hashUnit(seed, SKY, geographyId, day);
  if (sky < wet * ALL_DAY_SHARE) return RAIN_ALL_DAY / mean;
  if (sky < wet) return RAIN / mean;
  return (sky < wet + clear ? CLEAR : 1) / mean;
}
