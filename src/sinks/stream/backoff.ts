/** How long to wait before a batch is sent again. */

export interface BackoffSettings {
  /** Wait before the first retry of a round, ms. */
  readonly firstMs: number;
  readonly multiplier: number;
  /** No wait is longer, ms. */
  readonly longestMs: number;
  /** Retries of a round; then comes the longest wait, and the next round. */
  readonly retriesPerRound: number;
}

/**
 * The wait before a retry, between half of its nominal length and all of it, so that partitions that
 * failed together do not come back together.
 * @param retry 1 for the first
 * @param unit drawn uniformly from [0, 1)
 */
export function backoffMs(settings: BackoffSettings, retry: number, unit: number): number {
  const { firstMs, multiplier, longestMs, retriesPerRound } = settings;
  const place = (retry - 1) % (retriesPerRound + 1);
  const nominalMs =
    place === retriesPerRound ? longestMs : Math.min(longestMs, firstMs * multiplier ** place);
  return Math.round(nominalMs * (0.5 + unit / 2));
}
