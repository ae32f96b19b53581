/** The planners' view of the weekly offers: how they shift demand between products. */
import { DEPARTMENTS } from '../domain/values.ts';
import { offerLift, percentOff, promotionWeek } from '../policy/promotions.ts';
import type { Products } from '../world/world.ts';

/** Weeks kept in memory: reviews look a day back and a few days ahead. */
const KEPT = 3;

export class OfferPlan {
  private readonly seed: number;
  private readonly products: Products;
  private readonly weeks = new Map<number, Float64Array>();

  constructor(seed: number, products: Products) {
    this.seed = seed;
    this.products = products;
  }

  /**
   * Returns factors by product on everyday demand in the promotion week of an instant: the product's
   * lift over the mean lift of its department.
   */
  during(atMs: number): Float64Array {
    const week = promotionWeek(atMs);
    let factors = this.weeks.get(week);
    if (factors === undefined) {
      factors = this.factorsOf(week);
      this.weeks.set(week, factors);
      this.weeks.delete(week - KEPT);
    }
    return factors;
  }

  private factorsOf(week: number): Float64Array {
    const { count, department, popularity } = this.products;
    const factors = new Float64Array(count);
    const lifted = new Float64Array(DEPARTMENTS.length);
    const plain = new Float64Array(DEPARTMENTS.length);
    for (let index = 0; index < count; index++) {
      const percent = percentOff(this.seed, week, index + 1, department[index]);
      factors[index] = percent > 0 ? offerLift(percent) : 1;
      lifted[department[index]] += popularity[index] * factors[index];
      plain[department[index]] += popularity[index];
    }
    for (let index = 0; index < count; index++) {
      factors[index] *= plain[department[index]] / lifted[department[index]];
    }
    return factors;
  }
}
