/** What the offers of a week do to the demand for each product, as planners expect it. */
import { DEPARTMENTS } from '../domain/values.ts';
import { offerLift, percentOff } from './promotions.ts';

/** Products by column, index is id - 1. */
export interface OfferedProducts {
  readonly count: number;
  readonly department: Uint8Array;
  readonly popularity: Float64Array;
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
  const { count, department, popularity } = products;
  const factors = new Float64Array(count);
  const lifted = new Float64Array(DEPARTMENTS.length);
  const plain = new Float64Array(DEPARTMENTS.length);
  for (let index = 0; index < count; index++) {
    const percent = percentOff(seed, week, index + 1, department[index]);
    factors[index] = percent > 0 ? offerLift(percent) : 1;
    lifted[department[index]] += popularity[index] * factors[index];
    plain[department[index]] += popularity[index];
    if (guess !== undefined && percent > 0) factors[index] = guess(index + 1, factors[index]);
  }
  for (let index = 0; index < count; index++) {
    factors[index] *= plain[department[index]] / lifted[department[index]];
  }
  return factors;
}
