/** Conditions in scenario files: `stockoutRate > 0.1 for 6h`. */
import type { ConditionMetric, WatchedCondition } from '../policy/effects.ts';
import { HOUR_MS, MINUTE_MS } from '../engine/time.ts';

const METRICS: readonly ConditionMetric[] = ['stockoutRate', 'visitors', 'waiting'];
const FORM = /^(\w+) *(>=|<=|>|<) *(\d+(?:\.\d+)?)(?: +for +(\d+)(m|h|d))?$/;
const UNIT_MS = { m: MINUTE_MS, h: HOUR_MS, d: 24 * HOUR_MS } as const;

export const CONDITION_FORM =
  `a condition such as "stockoutRate > 0.1 for 6h": ${METRICS.join(', ')}, then >, >=, < or <= and a number, ` +
  'then "for" and a length of time, if it must last';

/** What a condition says, wherever it is looked at. */
export type Condition = Pick<
  WatchedCondition,
  'metric' | 'isAbove' | 'includes' | 'threshold' | 'forMs'
>;

/** Returns the condition of a text; undefined if it is none. */
export function conditionOf(text: string): Condition | undefined {
  const match = FORM.exec(text.trim());
  if (match === null) return undefined;
  const [, name, sign, threshold, length = '0', unit = 'h'] = match;
  const metric = METRICS.find((known) => known === name);
  if (metric === undefined) return undefined;
  return {
    metric,
    isAbove: sign.startsWith('>'),
    includes: sign.endsWith('='),
    threshold: Number(threshold),
    forMs: Number(length) * UNIT_MS[unit as keyof typeof UNIT_MS],
  };
}
