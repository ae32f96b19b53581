/** Which effects of scenarios hold at an instant. */

/** A stretch of time in which an effect holds, with its ramps. */
export interface Stretch<T> {
  readonly startMs: number;
  readonly endMs: number;
  readonly upMs: number;
  readonly downMs: number;
  readonly effect: T;
}

const NOTHING: readonly never[] = [];

/** How strongly a stretch is felt at an instant within it, 0 to 1. */
export function strength(stretch: Stretch<unknown>, atMs: number): number {
  const { startMs, endMs, upMs, downMs } = stretch;
  if (atMs < startMs + upMs) return (atMs - startMs) / upMs;
  return atMs > endMs - downMs ? (endMs - atMs) / downMs : 1;
}

/** Stretches over time; finding those that hold is a comparison as long as questions stay close. */
export class Timeline<T> {
  private readonly stretches: readonly Stretch<T>[];
  /** Instants at which the set of stretches changes, ascending; between two of them it is the same. */
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

/** The numbers in order, each once. */
export function ascending(numbers: Iterable<number>): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** Index of the first of the ascending numbers that is greater than `value`. */
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
