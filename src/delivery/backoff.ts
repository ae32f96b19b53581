/** How long to wait before a batch is sent again. */

export interface BackoffSettings {
  /** Wait before the first retry of a round, ms. */
  readonly firstMs: number;
  readonly multiplier: number;
  /** No wait is longer, ms. */
  readonly longestMs: number;
  /** Retries of a round; then comes a rest, and the next round. */
  readonly retriesPerRound: number;
  /** The first rest, ms; each is twice as long as the one before. The longest wait by default. */
  readonly firstRestMs?: number;
}

/**
 * The wait before a retry, between half of its nominal length and all of it, so that partitions that
 * failed together do not come back together.
 * @param retry 1 for the first
 * @param unit drawn uniformly from [0, 1)
 */
export function backoffMs(settings: BackoffSettings, retry: number, unit: number): number {
  const { firstMs, multiplier, longestMs, retriesPerRound, firstRestMs = longestMs } = settings;
  const place = (retry - 1) % (retriesPerRound + 1);
  const round = Math.floor((retry - 1) / (retriesPerRound + 1));
  const nominalMs =
    place === retriesPerRound ? firstRestMs * 2 ** round : firstMs * multiplier ** place;
  return Math.round(Math.min(longestMs, nominalMs) * (0.5 + unit / 2));
}
