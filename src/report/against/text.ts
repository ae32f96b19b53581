/** A comparison as text for people and as JSON for machines. */
import { distanceText } from '../figures.ts';
import type { Comparison, Likeness, TableLikeness } from './compare.ts';

/** The worst pairs of a table that are listed. */
const LISTED_PAIRS = 3;

/** Returns the comparison as text: tables with their columns, and the pairs of columns that are least alike. */
export function formatComparison(comparison: Comparison, bar: number): string {
  const { first, second, tables, skipped } = comparison;
  const lines = [
    `${first} against ${second}: 1 is alike`,
    '',
    ...tables.flatMap((table) => linesOf(table, bar)),
    ...(skipped.length === 0
      ? []
      : ['', `Not compared (absent, or too few rows): ${skipped.join(', ')}`]),
    '',
    comparisonSummary(comparison, bar),
  ];
  return `${lines.join('\n')}\n`;
}

/** Returns the comparison as JSON with an indentation of two. */
export function comparisonJson(comparison: Comparison): string {
  return `${JSON.stringify(comparison, null, 2)}\n`;
}

function comparisonSummary({ tables, least, seconds }: Comparison, bar: number): string {
  const all = tables.flatMap(({ columns, pairs }) => [...columns, ...pairs]);
  const unlike = all.filter(({ distance }) => distance < bar).length;
  return (
    `${all.length - unlike} of ${all.length} columns and pairs are at least ${bar} alike; ` +
    `the least is ${distanceText(least)} (${seconds.toFixed(1)} s).`
  );
}

function linesOf({ table, rows, columns, pairs }: TableLikeness, bar: number): string[] {
  const worst = [...pairs].sort((a, b) => a.distance - b.distance).slice(0, LISTED_PAIRS);
  return [
    `${table} (${rows[0]} and ${rows[1]} rows)`,
    ...columns.map((likeness) => lineOf(likeness, bar)),
    ...worst.map((likeness) => lineOf(likeness, bar)),
  ];
}

function lineOf({ columns, distance }: Likeness, bar: number): string {
  return `  ${distance < bar ? '✗' : '✓'} ${distanceText(distance)}  ${columns.join(' × ')}`;
}
