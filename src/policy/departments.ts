/**
 * Each department's share of the lines that stores sell over a year, by department index; the sum is 1.
 * Follows from the shopping missions (missions.ts), rounded.
 */
export const DEPARTMENT_SHARES: readonly number[] = [
  0.56, 0.04, 0.065, 0.115, 0.07, 0.055, 0.045, 0.015, 0.02, 0.015,
];
