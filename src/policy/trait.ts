/**
 * A trait in which households differ: a pure function of the 32 random bits that a household is born with (its
 * nature), read from a table of quantiles. So a trait takes no memory and no draw, and a new one changes no other.
 */
import { exp } from '../engine/elementary.ts';
import { normalQuantile } from '../engine/normal-quantile.ts';
import { mix, purposeKey } from '../engine/substream.ts';

const BITS = 10;
const LEVELS = 2 ** BITS;
const UINT32_SPAN = 2 ** 32;

export class Trait {
  private readonly key: number;
  private readonly table: Float64Array;

  /** @param quantile value below which a share of all households in (0, 1) lies */
  constructor(name: string, quantile: (unit: number) => number) {
    this.key = purposeKey('household', name);
    this.table = Float64Array.from({ length: LEVELS }, (_, level) =>
      quantile((level + 0.5) / LEVELS),
    );
  }

  /** Returns the trait of the household with a nature. */
  of(nature: number): number {
    return this.table[mix(nature ^ this.key) >>> (32 - BITS)];
  }

  /** Returns the household's place among all, in [0, 1), to 32 bits. */
  standing(nature: number): number {
    return (mix(nature ^ this.key) >>> 0) / UINT32_SPAN;
  }

  /** All its values, each as frequent as the others, in the order of their quantiles. */
  get values(): Readonly<Float64Array> {
    return this.table;
  }
}

/** Normal quantiles with a mean and a standard deviation. */
export const normally =
  (mean: number, sd: number) =>
  (unit: number): number =>
    mean + sd * normalQuantile(unit);

/** Lognormal quantiles with a median and the standard deviation of the logarithm. */
export const lognormally =
  (median: number, sd: number) =>
  (unit: number): number =>
    median * exp(sd * normalQuantile(unit));

/** Quantiles of a chance, normal in its log-odds. @param odds mean of the log-odds */
export const logistically =
  (odds: number, sd: number) =>
  (unit: number): number =>
    logistic(odds + sd * normalQuantile(unit));

/** Returns the chance with the given log-odds. */
export function logistic(odds: number): number {
  return 1 / (1 + exp(-odds));
}
