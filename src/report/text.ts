/** A report as a table for people and as JSON for machines. */
import { distanceText, figure } from './figures.ts';
import { itemBounds, wantedQuantiles } from './judge.ts';
import type { Measured, RealismReport, StatisticResult } from './result.ts';
import type { Target } from './targets.ts';

export interface PrintOptions {
  /** Width of the terminal in columns; lines are cut to it. */
  readonly width?: number;
  /** Whether to mark verdicts in colour. */
  readonly colour?: boolean;
}

const MARKS = { met: '✓', missed: '✗', 'cannot be measured': '-' } as const;
const COLOURS = { met: '\u001b[32m', missed: '\u001b[31m', 'cannot be measured': '' } as const;
const PLAIN = '\u001b[0m';
const ID_WIDTH = 32;
/** Places of p10, p50 and p90 among the quantiles. */
const SHOWN_QUANTILES = [1, 3, 5];

/** Returns the report as text: verdict, distance and name of each statistic, target and measured below. */
export function formatRealism(report: RealismReport, options: PrintOptions = {}): string {
  const { width = 160, colour = false } = options;
  const { world, from, to, days, statistics } = report;
  const lines = [
    `World ${world}, ${from} to ${to}, ${Math.floor(days)} days`,
    '',
    ...statistics.flatMap((statistic) => linesOf(statistic, colour)),
    '',
    realismSummary(report),
  ];
  return `${lines.map((line) => cut(line, width)).join('\n')}\n`;
}

/** Returns a one-line summary. */
export function realismSummary({ met, missed, unmeasured, problems, seconds }: RealismReport) {
  const measured = met + missed;
  const share = measured === 0 ? '' : ` (${Math.floor((100 * met) / measured)} %)`;
  const faults =
    problems === 0 ? '' : ` ${problems} files or rows could not be read: see sim verify.`;
  return (
    `${met} of ${measured} targets are met${share}, ${missed} are missed, ${unmeasured} cannot be measured here ` +
    `(${seconds.toFixed(1)} s).${faults}`
  );
}

/** Returns the report as JSON with an indentation of two. */
export function realismJson(report: RealismReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

function linesOf(statistic: StatisticResult, colour: boolean): string[] {
  const { id, title, verdict, distance, target, measured, reason } = statistic;
  const mark = MARKS[verdict];
  const shown = colour && COLOURS[verdict] ? `${COLOURS[verdict]}${mark}${PLAIN}` : mark;
  const near = distance === undefined ? '    ' : distanceText(distance);
  const lines = [`${shown} ${near}  ${id.padEnd(ID_WIDTH)} ${title}`];
  const indent = ' '.repeat(8);
  lines.push(
    `${indent}target   ${targetText(target)}`,
    ...(measured === undefined ? [] : [`${indent}measured ${measuredText(measured)}`]),
  );
  if (reason !== undefined) lines.push(`${indent}${verdict}: ${reason}`);
  return lines;
}

/** A target in one line. */
export function targetText(target: Target): string {
  if ('quantiles' in target) {
    return `p10 / p50 / p90 ${threeOf(wantedQuantiles(target))}`;
  }
  if ('items' in target) {
    return Object.entries(target.items)
      .map(([name, value]) => `${name} ${rangeText(...itemBounds(value))}`)
      .join(', ');
  }
  if ('from' in target) return rangeText(target.from, target.to);
  if ('setting' in target) return `${figure(target.default)} (${target.setting})`;
  return figure(target.value);
}

/** What was measured, in one line. */
export function measuredText(measured: Measured): string {
  if (typeof measured === 'number') return figure(measured);
  if (isDistribution(measured)) {
    return `p10 / p50 / p90 ${threeOf(measured.quantiles)}, mean ${figure(measured.mean)}`;
  }
  return Object.entries(measured)
    .map(([name, value]) => `${name} ${figure(value)}`)
    .join(', ');
}

/** Tells a distribution from figures by name. */
export function isDistribution(
  measured: Exclude<Measured, number>,
): measured is Extract<Measured, { curve: unknown }> {
  return 'curve' in measured && Array.isArray(measured.curve);
}

function threeOf(quantiles: readonly number[]): string {
  return SHOWN_QUANTILES.map((at) => figure(quantiles[at])).join(' / ');
}

function rangeText(from: number, to: number): string {
  return from === to ? figure(from) : `${figure(from)} to ${figure(to)}`;
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
