/** Units a day that a store is expected to sell of each product: the initial values of its forecasts. */
import { DEPARTMENTS } from '../domain/values.ts';
import { DEPARTMENT_MIX, MISSION_SHARES, PURCHASE_CHANCE } from '../policy/missions.ts';
import { SEGMENT_SHARES } from '../policy/segments.ts';
import type { Store, World } from '../world/world.ts';

const UNITS_PER_LINE = 1.32;

/** Returns units a day, by product index. @param carried 1 for each product that the store carries */
export function expectedDemand(world: World, store: Store, carried: Uint8Array): Float64Array {
  const { department, popularity, launchMs } = world.products;
  const demand = new Float64Array(carried.length);
  const receiptsPerVisit = purchaseChance();
  const lines = store.visitsPerDay * receiptsPerVisit * world.config.volume.items_per_ticket_mean;
  const sold = (product: number) => carried[product] === 1 && launchMs[product] <= world.startMs;
  // Shoppers choose only among the products that the store carries.
  const carriedAppeal = new Float64Array(DEPARTMENTS.length);
  for (let product = 0; product < carried.length; product++) {
    if (sold(product)) carriedAppeal[department[product]] += popularity[product];
  }
  const linesByDepartment = DEPARTMENTS.map((_, index) => lines * departmentShare(index));
  for (let product = 0; product < carried.length; product++) {
    if (!sold(product)) continue;
    const share = popularity[product] / carriedAppeal[department[product]];
    demand[product] = linesByDepartment[department[product]] * share * UNITS_PER_LINE;
  }
  return demand;
}

function purchaseChance(): number {
  return overMissions((mission) => PURCHASE_CHANCE[mission]);
}

/** A department's share of lines: the mean over missions, weighted by how often each one buys. */
function departmentShare(department: number): number {
  const buying = purchaseChance();
  return (
    overMissions((mission) => PURCHASE_CHANCE[mission] * DEPARTMENT_MIX[mission][department]) /
    buying
  );
}

function overMissions(value: (mission: number) => number): number {
  let sum = 0;
  SEGMENT_SHARES.forEach((segmentShare, segment) => {
    MISSION_SHARES[segment].forEach((missionShare, mission) => {
      sum += segmentShare * missionShare * value(mission);
    });
  });
  return sum;
}
