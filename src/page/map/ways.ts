/** What a truck was seen doing, grouped by trip: from one place to another, with its steps. */
import type { TruckDetail } from '../lib/api-types.ts';

type Leg = TruckDetail['legs'][number];

export interface Way {
  readonly from: string;
  readonly to: string;
  readonly units: number;
  readonly steps: readonly { readonly status: string; readonly atMs: number }[];
}

/** What a truck does before it departs. If it does this after it has driven, a new trip begins. */
const BEFORE: readonly string[] = ['SCHEDULED', 'LOADING'];

/** The trips in a list of statuses, the oldest first. */
export function waysOf(legs: readonly Leg[]): Way[] {
  const ways: { from: string; to: string; units: number; steps: Way['steps'][number][] }[] = [];
  for (const { from, to, status, sinceMs, loadUnits } of legs) {
    const last = ways.at(-1);
    const step = { status, atMs: sinceMs };
    if (last?.from === from && last.to === to && follows(last, status)) {
      last.steps.push(step);
      last.units = Math.max(last.units, loadUnits);
    } else ways.push({ from, to, units: loadUnits, steps: [step] });
  }
  return ways;
}

function follows({ steps }: Way, status: string): boolean {
  const hasLeft = steps.some((step) => !BEFORE.includes(step.status) && step.status !== 'RESTING');
  return !(hasLeft && BEFORE.includes(status));
}
