/** What a report on a world's realism tells. */
import type { Target, Tolerance } from './targets.ts';

/** A distribution as a report keeps it. */
export interface MeasuredDistribution {
  /** At the levels .05, .1, .25, .5, .75, .9, .95 and .99. */
  readonly quantiles: readonly number[];
  readonly mean: number;
  /** Rows that it counts. */
  readonly rows: number;
  /** Values at the levels .01 to .99, for a plot. */
  readonly curve: readonly number[];
}

/** A number, numbers by name, or a distribution. */
export type Measured = number | Readonly<Record<string, number>> | MeasuredDistribution;

export type Verdict = 'met' | 'missed' | 'cannot be measured';

/** A statistic of a world beside its target. */
export interface StatisticResult {
  readonly id: string;
  readonly title: string;
  /** How it is computed; none if no query does. */
  readonly definition?: string;
  readonly source: string;
  readonly target: Target;
  readonly tolerance: Tolerance;
  readonly measured?: Measured;
  /** 1 less a Kolmogorov-Smirnov distance, a total variation or a relative distance: 1 is perfect. */
  readonly distance?: number;
  readonly verdict: Verdict;
  /** What misses the target, or why it can't be measured. */
  readonly reason?: string;
}

/** A table of figures in two directions. */
export interface Picture {
  readonly title: string;
  readonly cells: readonly { readonly x: string; readonly y: string; readonly value: number }[];
}

/** A world beside all targets. */
export interface RealismReport {
  /** Folder of the world. */
  readonly world: string;
  /** Opening instant, ISO 8601. */
  readonly from: string;
  /** End of the part of the history that is measured, at most a year, exclusive, ISO 8601. */
  readonly to: string;
  /** Days between the two. */
  readonly days: number;
  readonly statistics: readonly StatisticResult[];
  readonly met: number;
  readonly missed: number;
  readonly unmeasured: number;
  readonly pictures: readonly Picture[];
  /** Files and rows that could not be read; `sim verify` lists them. */
  readonly problems: number;
  /** Wall time. */
  readonly seconds: number;
}
