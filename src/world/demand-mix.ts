/** How the network's lines divide over departments, as its shoppers' missions imply. */
import {
  DEPARTMENT_MIX,
  MISSION_SHARES,
  MISSIONS,
  meanLinesByMission,
  PURCHASE_CHANCE,
} from '../policy/missions.ts';
import { SEGMENT_SHARES } from '../policy/segments.ts';

/** Receipts per visit that sizing assumes; the simulated share comes out of the missions. */
export function expectedConversion(): number {
  let receipts = 0;
  for (const [segment, share] of SEGMENT_SHARES.entries()) {
    for (const mission of MISSIONS.keys()) {
      receipts += share * MISSION_SHARES[segment][mission] * PURCHASE_CHANCE[mission];
    }
  }
  return receipts;
}

/** Share of all lines by department (index into DEPARTMENTS); sums to 1. */
export function departmentLineShares(): number[] {
  // Long baskets, so that the least of one line per basket doesn't bend the ratios.
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
