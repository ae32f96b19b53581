/**
 * How the season shifts missions: before Christmas more visits are made for gifts, not only more gifts in each basket.
 *
 * A mission's visits follow the demand for what is bought on it. The lines of a department then follow its own index
 * exactly: visits of the mission × the department's share of its list = base × index, whatever the other departments do.
 */
import { DEPARTMENT_MIX, MISSION_SHARES, MISSIONS } from './missions.ts';
import { SEGMENT_SHARES } from './segments.ts';

/** Share of the mean day's visits on each mission, over all segments. */
export const MISSION_VISITS: readonly number[] = MISSIONS.map((_, mission) =>
  SEGMENT_SHARES.reduce((sum, share, segment) => sum + share * MISSION_SHARES[segment][mission], 0),
);

/**
 * Visits on a mission relative to its mean day.
 * @param indexOf demand for a department relative to its mean day
 */
export function missionIndex(mission: number, indexOf: (department: number) => number): number {
  let index = 0;
  const mix = DEPARTMENT_MIX[mission];
  for (let department = 0; department < mix.length; department++) {
    index += mix[department] * indexOf(department);
  }
  return index;
}
