/** Whether what was measured meets its target, and how far off it is. */
import {
  closeness,
  type Distribution,
  dividedBy,
  ksOfQuantiles,
  meanOf,
  quantileAt,
  quantilesOf,
  totalVariation,
} from './distances.ts';
import { figure } from './figures.ts';
import type { Measured, StatisticResult } from './result.ts';
import type { Target, TargetEntry, Tolerance } from './targets.ts';

/** What a query tells of one statistic: figures by name ('' for one alone), or a distribution with such figures. */
export interface Finding {
  readonly items: ReadonlyMap<string, number>;
  readonly distribution?: Distribution;
}

type Judged = Pick<StatisticResult, 'measured' | 'distance' | 'verdict' | 'reason'>;
type ItemsTarget = Extract<Target, { items: unknown }>;
type QuantilesTarget = Extract<Target, { quantiles: unknown }>;

/** Items of a finding that change what its distribution is compared with. */
const AT_MOST = 'at most';
const UNIT = 'unit';
const CURVE_LEVELS = Array.from({ length: 99 }, (_, at) => (at + 1) / 100);

/** Compares a finding with its target; `without` says why there is none. */
export function judge(entry: TargetEntry, finding: Finding | undefined): Judged {
  const { target, tolerance = {}, without = 'the world has too few rows for it' } = entry;
  if (finding === undefined) return unmeasured(without);
  if ('quantiles' in target) return judgeDistribution(target, tolerance, finding, without);
  if ('items' in target) return judgeItems(target, tolerance, finding.items, without);
  const value = finding.items.get('');
  if (value === undefined) return unmeasured(without);
  const [from, to] = boundsOf(target);
  const missed = offBy(value, from, to, tolerance);
  return {
    measured: value,
    distance: closeness(value, from, to),
    ...verdictOf(missed > 0 ? [`${figure(value)} is off by ${figure(missed)}`] : []),
  };
}

/** A statistic without a value. @param reason a clause */
export function unmeasured(reason: string): Judged {
  return { verdict: 'cannot be measured', reason };
}

function judgeItems(
  target: ItemsTarget,
  tolerance: Tolerance,
  found: ReadonlyMap<string, number>,
  without: string,
): Judged {
  if (found.size === 0) return unmeasured(without);
  const names = Object.keys(target.items).filter((name) => !target.some || found.has(name));
  const missing = names.find((name) => !found.has(name));
  if (missing !== undefined && tolerance.tv === undefined) {
    return unmeasured(`the world has no value for ${missing}`);
  }
  const measured = Object.fromEntries(names.map((name) => [name, found.get(name) ?? 0]));
  if (tolerance.tv !== undefined) return judgeShares(target, tolerance.tv, measured);
  const misses: string[] = [];
  let distance = 1;
  for (const name of names) {
    const [from, to] = itemBounds(target.items[name]);
    const own = tolerance.items?.[name];
    const allowed = own === undefined ? tolerance : { absolute: own };
    distance = Math.min(distance, closeness(measured[name], from, to));
    const missed = offBy(measured[name], from, to, allowed);
    if (missed > 0) misses.push(`${name} ${figure(measured[name])} is off by ${figure(missed)}`);
  }
  const shares = asShares(target);
  if (shares !== undefined) distance = 1 - totalVariation(Object.values(measured), shares);
  return { measured, distance, ...verdictOf(misses) };
}

/** The targets, if they are shares of a whole. */
function asShares({ items }: ItemsTarget): number[] | undefined {
  const values = Object.values(items);
  if (!values.every((value): value is number => typeof value === 'number')) return undefined;
  const total = values.reduce((sum, value) => sum + value, 0);
  return total > 0.97 && total < 1.03 ? values : undefined;
}

function judgeShares(
  { items }: ItemsTarget,
  most: number,
  measured: Readonly<Record<string, number>>,
): Judged {
  const wanted = Object.values(items).map((value) => itemBounds(value)[0]);
  const variation = totalVariation(Object.values(measured), wanted);
  const misses =
    variation > most ? [`the total variation is ${figure(variation)}, at most ${most} is met`] : [];
  return { measured, distance: 1 - variation, ...verdictOf(misses) };
}

function judgeDistribution(
  target: QuantilesTarget,
  { ks = 0 }: Tolerance,
  { items, distribution }: Finding,
  without: string,
): Judged {
  if (distribution === undefined || distribution.values.length === 0) return unmeasured(without);
  const most = items.get(AT_MOST) ?? Number.POSITIVE_INFINITY;
  const unit = target.relative ? (items.get(UNIT) ?? meanOf(distribution)) : 1;
  const found = dividedBy(distribution, unit);
  const wanted = wantedQuantiles(target).map((value) => Math.min(value, most));
  const distance = ksOfQuantiles(found, wanted);
  const misses =
    distance > ks + 1e-9
      ? [`the Kolmogorov-Smirnov distance is ${figure(distance)}, at most ${ks} is met`]
      : [];
  const measured: Measured = {
    quantiles: quantilesOf(found),
    mean: meanOf(found),
    rows: found.weights.reduce((sum, weight) => sum + weight, 0),
    curve: CURVE_LEVELS.map((level) => quantileAt(found, level)),
  };
  return { measured, distance: 1 - distance, ...verdictOf(misses) };
}

/** The quantiles of a target in the unit of what is measured. */
export function wantedQuantiles({ quantiles, scale = 1, mean, relative }: QuantilesTarget) {
  const unit = relative ? (mean ?? 1) : 1;
  return quantiles.map((value) => (value * scale) / unit);
}

function boundsOf(target: Exclude<Target, ItemsTarget | QuantilesTarget>): [number, number] {
  if ('from' in target) return [target.from, target.to];
  const value = 'setting' in target ? target.default : target.value;
  return [value, value];
}

/** Ends of the range of an item's target; the same number twice for one number. */
export function itemBounds(value: number | readonly [number, number]): readonly [number, number] {
  return typeof value === 'number' ? [value, value] : value;
}

/** How much a figure lies outside of its range and the tolerance; 0 if it doesn't. */
function offBy(
  value: number,
  from: number,
  to: number,
  { relative = 0, absolute = 0 }: Tolerance,
): number {
  const low = from - Math.max(absolute, relative * Math.abs(from));
  const high = to + Math.max(absolute, relative * Math.abs(to));
  // Sums of binary fractions may miss an end by a last bit.
  if (value >= low - 1e-9 && value <= high + 1e-9) return 0;
  return value < from ? from - value : value - to;
}

function verdictOf(misses: readonly string[]): Pick<StatisticResult, 'verdict' | 'reason'> {
  if (misses.length === 0) return { verdict: 'met' };
  return { verdict: 'missed', reason: misses.join('; ') };
}
