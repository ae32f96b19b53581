/**
 * Popularity of products: a Zipf–Mandelbrot law within each department.
 *
 * With a department's products ranked, popularity ∝ 1 / (rank + SHIFT)^EXPONENT, where the shift is a
 * share of the department's products. With the departments' shares of the lines (demand-mix.ts) the
 * constants give 20 % of all lines to the top 1 % of 10,000 products and 64 % to the top 20 %
 * (Complete Journey).
 */
import { exp, ln } from '../engine/elementary.ts';
import { purposeKey, Substream } from '../engine/substream.ts';

const EXPONENT = 0.72;
const SHIFT_SHARE = 0.0004;

const RANK = purposeKey('product', 'rank');

/**
 * Popularity of each product, summing to 1 per department. Ranks are shuffled by department; products
 * that are launched after `startMs` rank in the lower half.
 */
export function popularityOf(
  seed: number,
  department: Uint8Array,
  launchMs: Float64Array,
  startMs: number,
): Float64Array {
  const popularity = new Float64Array(department.length);
  for (const [number, members] of membersByDepartment(department).entries()) {
    const ranked = rankedMembers(members, launchMs, startMs, Substream.of(seed, RANK, number));
    const weights = zipfMandelbrot(ranked.length);
    for (const [rank, index] of ranked.entries()) popularity[index] = weights[rank];
  }
  return popularity;
}

/** Shares of `count` products by rank; sums to 1. */
function zipfMandelbrot(count: number): Float64Array {
  const shift = count * SHIFT_SHARE;
  const weights = new Float64Array(count);
  let total = 0;
  for (let rank = 0; rank < count; rank++) {
    weights[rank] = exp(-EXPONENT * ln(rank + 1 + shift));
    total += weights[rank];
  }
  return weights.map((weight) => weight / total);
}

function membersByDepartment(department: Uint8Array): number[][] {
  const members: number[][] = [];
  for (const [index, number] of department.entries()) {
    while (members.length <= number) members.push([]);
    members[number].push(index);
  }
  return members;
}

function rankedMembers(
  members: readonly number[],
  launchMs: Float64Array,
  startMs: number,
  stream: Substream,
): number[] {
  const shuffled = shuffle(members, stream);
  const half = Math.ceil(members.length / 2);
  const onSale = shuffled.filter((index) => launchMs[index] <= startMs);
  const upper = onSale.slice(0, half);
  const taken = new Set(upper);
  return [...upper, ...shuffled.filter((index) => !taken.has(index))];
}

/** Returns the items in random order (Fisher and Yates). */
export function shuffle<T>(items: readonly T[], stream: Substream): T[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = stream.below(last + 1);
    [shuffled[last], shuffled[other]] = [shuffled[other], shuffled[last]];
  }
  return shuffled;
}
