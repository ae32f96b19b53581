/** The crews that stores plan for the season: as many hands as the visits of the week around a day call for. */
import { visitsIndex } from './calendar-effects.ts';

/** Days before and after a day that count as its week. */
const HALF_WEEK = 3;
const REMEMBERED = 64;
const remembered = new Map<number, number>();

/** Staff of a local day over that of the mean day. Recent days are remembered, since all stores ask for the same ones. */
export function crewSeason(day: number): number {
  let season = remembered.get(day);
  if (season === undefined) {
    let sum = 0;
    for (let other = day - HALF_WEEK; other <= day + HALF_WEEK; other++) sum += visitsIndex(other);
    season = sum / (2 * HALF_WEEK + 1);
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(day, season);
  }
  return season;
}
