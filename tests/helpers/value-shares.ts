/** What a world's stores are expected to sell by department, by value. */
import { DEPARTMENTS } from '../../src/domain/values.ts';
import { SINGLE_UNIT_CENTS, UNIT_SHARES } from '../../src/policy/missions.ts';
import {
  discountedCents,
  offerLift,
  percentOff,
  promotionWeek,
} from '../../src/policy/promotions.ts';
import { departmentLineShares } from '../../src/world/demand-mix.ts';
import type { World } from '../../src/world/world.ts';

const WEEKS = 10;

/** Share of each department in sales by value; the sum is 1. */
export function valueShares({ seed, startMs, products }: World): number[] {
  const units = UNIT_SHARES.reduce<number>((sum, share, index) => sum + share * (index + 1), 0);
  const cents = DEPARTMENTS.map(() => 0);
  const weight = DEPARTMENTS.map(() => 0);
  for (let week = promotionWeek(startMs); week < promotionWeek(startMs) + WEEKS; week++) {
    for (let index = 0; index < products.count; index++) {
      const department = products.department[index];
      const listCents = products.salePriceCents[index];
      const percent = percentOff(seed, week, index + 1, department);
      const lines = products.popularity[index] * (percent > 0 ? offerLift(percent) : 1);
      const paidCents = percent > 0 ? discountedCents(listCents, percent) : listCents;
      cents[department] += lines * paidCents * (listCents > SINGLE_UNIT_CENTS ? 1 : units);
      weight[department] += lines;
    }
  }
  const value = departmentLineShares().map((share, department) =>
    weight[department] === 0 ? 0 : (share * cents[department]) / weight[department],
  );
  const total = value.reduce((sum, each) => sum + each, 0);
  return value.map((each) => each / total);
}
