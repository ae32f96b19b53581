/**
 * Demand by month and department: a month's total over the mean month's, January to December.
 *
 * Grocery, Electronics and Home & Garden: US Census retail adjustment factors 2024–25; Clothing: the
 * same for 2012–13. The other departments have no row there: they follow all retail (.917 .878 1.001
 * 1.001 1.050 .987 1.025 1.014 .965 1.018 1.020 1.113), adjusted to what each one sells – toys before
 * Christmas, sports in summer, paper and pens in August – so that the total keeps to that series
 * whether departments are weighted by lines or by revenue.
 */
export const MONTH_INDICES: readonly (readonly number[])[] = [
  // Grocery
  [1.003, 0.912, 0.991, 0.982, 1.041, 0.985, 1.026, 1.019, 0.969, 1.007, 1.018, 1.039],
  // Electronics
  [0.943, 0.88, 0.942, 0.892, 0.977, 0.943, 0.977, 0.983, 0.952, 0.967, 1.169, 1.373],
  // Clothing
  [0.753, 0.863, 1.017, 0.932, 1.021, 0.927, 0.914, 1.033, 0.914, 0.942, 1.097, 1.557],
  // Health & Beauty
  [0.91, 0.9, 1.01, 1.01, 1.05, 0.99, 1.02, 1.02, 0.98, 1.03, 1.01, 1.07],
  // Home & Garden
  [0.816, 0.787, 0.979, 1.104, 1.173, 1.087, 1.079, 1.007, 1.006, 1.081, 0.969, 0.907],
  // Baby & Kids
  [0.83, 0.86, 1, 1, 1.02, 0.98, 1.01, 1.05, 0.98, 1.01, 1.09, 1.17],
  // Pet Supplies
  [0.94, 0.92, 1.02, 1.01, 1.04, 1, 1.02, 1.02, 0.99, 1.02, 1, 1.02],
  // Automotive
  [0.92, 0.9, 1.03, 1.03, 1.06, 1.04, 1.06, 1.04, 0.98, 1.01, 0.97, 0.96],
  // Office Supplies
  [0.95, 0.9, 0.97, 0.96, 0.97, 0.97, 1.11, 1.31, 1.06, 0.96, 0.93, 0.91],
  // Seasonal & Sports
  [0.8, 0.82, 0.97, 1.04, 1.17, 1.14, 1.13, 0.97, 0.87, 0.96, 1.03, 1.1],
];
