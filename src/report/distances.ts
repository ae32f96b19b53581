/** How near two figures, two sets of shares or two distributions are: 1 is the same, 0 nothing alike. */
import { LEVELS } from './targets.ts';

/** Values in rising order, each with the number of rows that have it. */
export interface Distribution {
  readonly values: readonly number[];
  readonly weights: readonly number[];
}

/** One less the relative distance of a figure from its target, or from the nearer end of a range. */
export function closeness(measured: number, from: number, to = from): number {
  const off = Math.max(from - measured, measured - to, 0);
  if (off === 0) return 1;
  const scale = Math.abs(measured < from ? from : to);
  return scale === 0 ? 0 : Math.max(0, 1 - off / scale);
}

/** Total variation of two sets of shares, each scaled to a sum of one. */
export function totalVariation(a: readonly number[], b: readonly number[]): number {
  const [sumA, sumB] = [sum(a), sum(b)];
  if (sumA === 0 || sumB === 0) return 1;
  return a.reduce((total, value, at) => total + Math.abs(value / sumA - b[at] / sumB), 0) / 2;
}

/**
 * Kolmogorov-Smirnov distance of a distribution from one that is known by its quantiles alone: the largest
 * difference there. Quantiles that are the same value bound its probability, so that whole numbers are compared
 * fairly.
 */
export function ksOfQuantiles(measured: Distribution, quantiles: readonly number[]): number {
  let distance = 0;
  for (const [at, value] of quantiles.entries()) {
    const { below, upTo } = shares(measured, value);
    distance = Math.max(distance, LEVELS[at] - upTo, below - LEVELS[at]);
  }
  return distance;
}

/** Shares of the rows that are less than a value, and at most it. */
function shares({ values, weights }: Distribution, value: number): { below: number; upTo: number } {
  // Values were rounded to a few digits on the way.
  const slack = Math.abs(value) * 1e-3 * 0.5;
  let [below, upTo, all] = [0, 0, 0];
  for (const [at, weight] of weights.entries()) {
    all += weight;
    if (values[at] < value - slack) below += weight;
    if (values[at] <= value + slack) upTo += weight;
  }
  return { below: below / all, upTo: upTo / all };
}

/** Quantiles of a distribution at the levels of targets: the first value that reaches the level. */
export function quantilesOf(distribution: Distribution): number[] {
  return LEVELS.map((level) => quantileAt(distribution, level));
}

export function quantileAt({ values, weights }: Distribution, level: number): number {
  const wanted = level * sum(weights);
  let reached = 0;
  const at = weights.findIndex((weight) => {
    reached += weight;
    return reached >= wanted - 1e-9;
  });
  return values[at < 0 ? values.length - 1 : at];
}

export function meanOf({ values, weights }: Distribution): number {
  return values.reduce((total, value, at) => total + value * weights[at], 0) / sum(weights);
}

/** The same distribution in another unit. */
export function dividedBy({ values, weights }: Distribution, unit: number): Distribution {
  return { values: values.map((value) => value / unit), weights };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
