/** The planners' view of the weekly offers: how they shift demand between products. */
import { offerFactors } from '../policy/offer-factors.ts';
import { promotionWeek } from '../policy/promotions.ts';
import { expectedLift } from '../policy/supply-errors.ts';
import type { Products } from '../world/world.ts';

/** Weeks kept in memory: reviews look a day back and a few days ahead. */
const KEPT = 3;

export class OfferPlan {
  private readonly seed: number;
  private readonly products: Products;
  private readonly weeks = new Map<number, Float64Array>();
  private readonly guesses = new Map<number, Float64Array>();

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
      factors = offerFactors(this.seed, week, this.products);
      this.weeks.set(week, factors);
      this.weeks.delete(week - KEPT);
    }
    return factors;
  }

  /** Returns what planners expect these factors to be. */
  expected(atMs: number): Float64Array {
    const week = promotionWeek(atMs);
    let factors = this.guesses.get(week);
    if (factors === undefined) {
      factors = offerFactors(this.seed, week, this.products, (productId, lift) =>
        expectedLift(this.seed, week, productId, lift),
      );
      this.guesses.set(week, factors);
      this.guesses.delete(week - KEPT);
    }
    return factors;
  }
}
