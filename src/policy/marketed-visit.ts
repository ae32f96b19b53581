/**
 * How a visit because of an ad differs from others: more of them end in a purchase, and those who buy take longer
 * lists, more of each product, and more time. All else is as on other visits, missions included.
 */
import { MISSION_SHARES } from './missions.ts';
import { SEGMENT_SHARES } from './segments.ts';

/** A list that is longer by a share makes a visit longer by this part of the share (measured over generated worlds). */
const STAY_BY_LIST = 0.57;
/** Share of a buyer's stay that is spent in departments; the rest is doors, queue and till (measured). */
const DEPARTMENT_TIME_SHARE = 0.92;
const STEPS = 50;

/**
 * Returns the chance that a visit because of an ad ends in a purchase, by mission: in proportion to other visits, so that the
 * missions of buyers are the same, and `rate` over all.
 * @param baseline the chance on other visits, by mission
 */
export function marketedPurchaseChances(baseline: readonly number[], rate: number): number[] {
  if (meanOverMissions(baseline) === 0) return baseline.map(() => rate);
  const scaled = (factor: number) => baseline.map((chance) => Math.min(1, chance * factor));
  const least = baseline.reduce((low, chance) => (chance > 0 ? Math.min(low, chance) : low), 1);
  let [low, high] = [0, 1 / least];
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    if (meanOverMissions(scaled(middle)) < rate) low = middle;
    else high = middle;
  }
  return scaled(high);
}

function meanOverMissions(values: readonly number[]): number {
  let mean = 0;
  for (const [segment, share] of SEGMENT_SHARES.entries()) {
    for (const [mission, value] of values.entries()) {
      mean += share * MISSION_SHARES[segment][mission] * value;
    }
  }
  return mean;
}

/** Returns the factor on the time in departments for which a buyer stays `stayUplift` longer with a longer list. */
export function marketedStay(stayUplift: number, linesUplift: number): number {
  const beyondList = (1 + stayUplift) / (1 + STAY_BY_LIST * linesUplift) - 1;
  return Math.max(0.1, 1 + beyondList / DEPARTMENT_TIME_SHARE);
}
