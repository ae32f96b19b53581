import type { Substream } from '../engine/substream.ts';

/** Weights scaled to a sum of 1. */
export function sharesOf(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Draws one of several ways whose shares are changed by factors; the first one if none is left. */
export function drawChanged(
  shares: readonly number[],
  factorOf: (way: number) => number,
  stream: Substream,
): number {
  const changed = shares.map((share, way) => share * factorOf(way));
  const total = changed.reduce((sum, share) => sum + share, 0);
  return total > 0 ? stream.weighted(changed, total) : 0;
}
