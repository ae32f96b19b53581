/** The wait before a batch is sent again. */

export interface BackoffSettings {
  /** Wait before the first retry of a round, ms. */
  readonly firstMs: number;
  readonly multiplier: number;
  /** The longest wait, ms. */
  readonly longestMs: number;
  /** Retries of a round. A rest follows, then the next round. */
  readonly retriesPerRound: number;
  /** The first rest, ms; each rest is twice as long as the previous one. The longest wait by default. */
  readonly firstRestMs?: number;
}

/**
 * Returns the wait before a retry, ms: between half of its nominal length and all of it, so that partitions
 * that failed at the same time do not retry at the same time.
 * @param retry number of the retry, from 1
 * @param unit random number, uniform in [0, 1)
 */
export function backoffMs(settings: BackoffSettings, retry: number, unit: number): number {
  const { firstMs, multiplier, longestMs, retriesPerRound, firstRestMs = longestMs } = settings;
  const place = (retry - 1) % (retriesPerRound + 1);
  const round = Math.floor((retry - 1) / (retriesPerRound + 1));
  const nominalMs =
    place === retriesPerRound ? firstRestMs * 2 ** round : firstMs * multiplier ** place;
  return Math.round(Math.min(longestMs, nominalMs) * (0.5 + unit / 2));
}
