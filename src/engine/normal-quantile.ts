/** Quantiles of the standard normal distribution, the same bits on every runtime. */
import { ln } from './elementary.ts';

const CENTRE_TOP = [
  -39.6968302866538, 220.946098424521, -275.928510446969, 138.357751867269, -30.6647980661472,
  2.50662827745924,
];
const CENTRE_BOTTOM = [
  -54.4760987982241, 161.585836858041, -155.698979859887, 66.8013118877197, -13.2806815528857, 1,
];
const TAIL_TOP = [
  -0.00778489400243029, -0.322396458041136, -2.40075827716184, -2.54973253934373, 4.37466414146497,
  2.93816398269878,
];
const TAIL_BOTTOM = [0.00778469570904146, 0.32246712907004, 2.445134137143, 3.75440866190742, 1];
const TAIL = 0.02425;

/** Returns the value below which a share `unit` in (0, 1) lies, to 1e-9 (the rational approximation of Acklam). */
export function normalQuantile(unit: number): number {
  if (unit > 1 - TAIL) return -normalQuantile(1 - unit);
  if (unit < TAIL) {
    const q = Math.sqrt(-2 * ln(unit));
    return polynomial(TAIL_TOP, q) / polynomial(TAIL_BOTTOM, q);
  }
  const q = unit - 0.5;
  return (q * polynomial(CENTRE_TOP, q * q)) / polynomial(CENTRE_BOTTOM, q * q);
}

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}
