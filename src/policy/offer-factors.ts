/** What the offers of a week and the season of goods do to the demand for each product, as planners expect it. */
import { DEPARTMENTS } from '../domain/values.ts';
import { DAY_MS } from '../engine/time.ts';
import { markdownOf, SEASONAL_GOODS, seasonalAppeal, seasonalGoodsOf } from './clearance.ts';
import { offerLift, percentOff, promotionWeekStartMs } from './promotions.ts';

/** Products by column, index is id - 1. */
export interface OfferedProducts {
  readonly count: number;
  readonly department: Uint8Array;
  readonly popularity: Float64Array;
  readonly subcategory: readonly string[];
}

/**
 * Returns factors by product on everyday demand in a promotion week: the product's lift over the mean lift of its
 * department.
 * @param guess returns what a lift is taken for; it is known if missing
 */
export function offerFactors(
  seed: number,
  week: number,
  products: OfferedProducts,
  guess?: (productId: number, lift: number) => number,
): Float64Array {
  const { count, department, popularity, subcategory } = products;
  // The season as it stands in the middle of the week.
  const day = Math.floor(promotionWeekStartMs(week) / DAY_MS) + 3;
  const marked = SEASONAL_GOODS.map((_, goods) => markdownOf(goods, day) !== undefined);
  const appeal = SEASONAL_GOODS.map((_, goods) => seasonalAppeal(goods, day));
  const factors = new Float64Array(count);
  const lifted = new Float64Array(DEPARTMENTS.length);
  const plain = new Float64Array(DEPARTMENTS.length);
  for (let index = 0; index < count; index++) {
    const percent = percentOff(seed, week, index + 1, department[index]);
    const goods = seasonalGoodsOf(department[index], subcategory[index]);
    const lift = percent > 0 && !marked[goods] ? offerLift(percent) : 1;
    const season = goods < 0 ? 1 : appeal[goods];
    lifted[department[index]] += popularity[index] * lift * season;
    plain[department[index]] += popularity[index];
    factors[index] = season * (guess !== undefined && lift > 1 ? guess(index + 1, lift) : lift);
  }
  for (let index = 0; index < count; index++) {
    factors[index] *= plain[department[index]] / lifted[department[index]];
  }
  return factors;
}
