/**
 * Each department's share of the lines that stores sell over a year, by department index; the sum is 1.
 * Follows from the shopping missions (missions.ts), rounded.
 */
export const DEPARTMENT_SHARES: readonly number[] = [
  0.695, 0.0105, 0.0415, 0.1255, 0.046, 0.0235, 0.034, 0.007, 0.008, 0.009,
];
