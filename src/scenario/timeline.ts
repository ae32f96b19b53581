/** Finds the effects of scenarios that apply at an instant. */

/** A period in which an effect applies, with its ramps. */
export interface Stretch<T> {
  readonly startMs: number;
  readonly endMs: number;
  readonly upMs: number;
  readonly downMs: number;
  readonly effect: T;
}

const NOTHING: readonly never[] = [];

/** Strength of the effect at an instant within a period, 0 to 1. */
export function strength(stretch: Stretch<unknown>, atMs: number): number {
  const { startMs, endMs, upMs, downMs } = stretch;
  if (atMs < startMs + upMs) return (atMs - startMs) / upMs;
  return atMs > endMs - downMs ? (endMs - atMs) / downMs : 1;
}

/** Periods over time. Finding those that apply is one comparison while queries stay close together. */
export class Timeline<T> {
  private readonly stretches: readonly Stretch<T>[];
  /** Instants at which the set of periods changes, ascending; it is constant between two of them. */
  private readonly edgesMs: readonly number[];
  private fromMs = Number.NEGATIVE_INFINITY;
  private toMs = Number.NEGATIVE_INFINITY;
  private holding: readonly Stretch<T>[] = NOTHING;

  constructor(stretches: readonly Stretch<T>[]) {
    this.stretches = stretches;
    this.edgesMs = ascending(stretches.flatMap(({ startMs, endMs }) => [startMs, endMs]));
  }

  at(atMs: number): readonly Stretch<T>[] {
    if (atMs < this.fromMs || atMs >= this.toMs) this.seek(atMs);
    return this.holding;
  }

  private seek(atMs: number): void {
    const next = firstAfter(this.edgesMs, atMs);
    this.fromMs = this.edgesMs[next - 1] ?? Number.NEGATIVE_INFINITY;
    this.toMs = this.edgesMs[next] ?? Number.POSITIVE_INFINITY;
    this.holding = this.stretches.filter(({ startMs, endMs }) => startMs <= atMs && atMs < endMs);
  }
}

/** Periods of which some hold only while a condition is met. */
export class ConditionalTimeline<T> extends Timeline<T> {
  private readonly isMet: (effect: T) => boolean;

  constructor(stretches: readonly Stretch<T>[], isMet: (effect: T) => boolean) {
    super(stretches);
    this.isMet = isMet;
  }

  override at(atMs: number): readonly Stretch<T>[] {
    return super.at(atMs).filter(({ effect }) => this.isMet(effect));
  }
}

/** Returns the numbers in order, without repeats. */
export function ascending(numbers: Iterable<number>): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** Returns the index of the first of the ascending numbers that is greater than `value`. */
export function firstAfter(numbers: readonly number[], value: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
