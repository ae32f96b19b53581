/**
 * On which missions households come: most of a household's visits are on a main mission of its own, the others on the
 * mix of its segment. So some households run in for a few things and others stock up, while the mix of all stays.
 */
import type { Substream } from '../engine/substream.ts';
import { Trait } from './trait.ts';

/** Share of visits on the main mission, besides those that the mix brings. */
const MAIN_SHARE = 0.7;

const MAIN_MISSION = new Trait('main-mission', (unit) => unit);

/**
 * Draws the mission of a visit, index into MISSIONS.
 * @param shares of the missions in the segment and the season @param total their sum
 */
export function missionOf(
  stream: Substream,
  nature: number,
  shares: ArrayLike<number>,
  total: number,
): number {
  if (!stream.chance(MAIN_SHARE)) return stream.weighted(shares, total);
  let left = MAIN_MISSION.standing(nature) * total;
  for (let mission = 0; mission < shares.length - 1; mission++) {
    left -= shares[mission];
    if (left < 0) return mission;
  }
  return shares.length - 1;
}
