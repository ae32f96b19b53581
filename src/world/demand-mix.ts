/** Division of the network's lines over departments, as it follows from its shoppers' missions. */
import {
  DEPARTMENT_MIX,
  MISSION_SHARES,
  MISSIONS,
  meanLinesByMission,
  PURCHASE_CHANCE,
} from '../policy/missions.ts';
import { SEGMENT_SHARES } from '../policy/segments.ts';

/** Receipts per visit assumed for sizing; the simulated share follows from the missions. */
export function expectedConversion(purchase: readonly number[] = PURCHASE_CHANCE): number {
  let receipts = 0;
  for (const [segment, share] of SEGMENT_SHARES.entries()) {
    for (const mission of MISSIONS.keys()) {
      receipts += share * MISSION_SHARES[segment][mission] * purchase[mission];
    }
  }
  return receipts;
}

/** Share of all lines by department (index into DEPARTMENTS); sums to 1. */
export function departmentLineShares(): number[] {
  // Long baskets, so that the minimum of one line per basket does not distort the ratios.
  const lines = meanLinesByMission(1000, SEGMENT_SHARES);
  const shares = DEPARTMENT_MIX[0].map(() => 0);
  let total = 0;
  for (const [segment, share] of SEGMENT_SHARES.entries()) {
    for (const mission of MISSIONS.keys()) {
      const weight =
        share * MISSION_SHARES[segment][mission] * PURCHASE_CHANCE[mission] * lines[mission];
      total += weight;
      for (const department of shares.keys()) {
        shares[department] += weight * DEPARTMENT_MIX[mission][department];
      }
    }
  }
  return shares.map((share) => share / total);
}
