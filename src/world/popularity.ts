/**
 * Popularity of products: a power law with a cut-off within each department, over ranks that follow from what the
 * products are.
 *
 * With x the share of a department's products that rank higher, popularity ∝ (x + SHIFT)^-EXPONENT · e^(-CUT·x): the head
 * of a Zipf–Mandelbrot law, and a tail that falls faster, since shops drop what hardly sells. Fitted to the products of
 * the Complete Journey 2017: the top 1, 5, 10, 20, 50 % of those sold in the year have 31, 57, 72, 86, 97 % of the lines.
 *
 * Ranks follow appeal: cheap goods and goods that are soon needed again sell more often than dear ones and ones that
 * last; the rest is chance.
 */
import { DEPARTMENTS, type Department } from '../domain/values.ts';
import { exp, ln } from '../engine/elementary.ts';
import { normalQuantile } from '../engine/normal-quantile.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import { cycleDays } from '../policy/household-repertoire.ts';

const EXPONENT = 0.95;
const SHIFT = 0.0003;
const CUT = 2.5;
/** Departments of goods that are used up and bought again; of others, what is wanted does not depend on the price. */
const CONSUMABLES: readonly Department[] = [
  'Grocery',
  'Health & Beauty',
  'Baby & Kids',
  'Pet Supplies',
];
/** Above this price, a price e times higher takes as much from an appeal that varies by 1 by chance. */
const DEAR_CENTS = 450;
const DEARNESS = 1.2;
/** What a need that comes e times sooner adds. */
const FREQUENCY = 0.4;

const RANK = purposeKey('product', 'rank');

/** What popularity depends on: columns of the products. */
export interface RankedProducts {
  readonly department: Uint8Array;
  readonly category: readonly string[];
  readonly priceCents: ArrayLike<number>;
  readonly launchMs: Float64Array;
}

/**
 * Popularity of each product, summing to 1 per department. Products that are launched after `startMs` rank in the
 * lower half.
 */
export function popularityOf(
  seed: number,
  products: RankedProducts,
  startMs: number,
): Float64Array {
  const { department, launchMs } = products;
  const popularity = new Float64Array(department.length);
  const appeal = Float64Array.from(department, (_, index) => appealOf(seed, products, index));
  for (const members of membersByDepartment(department)) {
    const ranked = rankedMembers(members, appeal, launchMs, startMs);
    const weights = sharesByRank(ranked.length);
    for (const [rank, index] of ranked.entries()) popularity[index] = weights[rank];
  }
  return popularity;
}

function appealOf(seed: number, products: RankedProducts, index: number): number {
  const chance = normalQuantile(Substream.of(seed, RANK, index + 1).openUnit());
  if (!CONSUMABLES.includes(DEPARTMENTS[products.department[index]])) return chance;
  const dearness = Math.max(0, ln(products.priceCents[index] / DEAR_CENTS));
  return chance - DEARNESS * dearness - FREQUENCY * ln(cycleDays(products.category[index]));
}

/** Shares of `count` products by rank; sums to 1. */
function sharesByRank(count: number): Float64Array {
  const weights = Float64Array.from({ length: count }, (_, rank) => {
    const x = (rank + 0.5) / count;
    return exp(-EXPONENT * ln(x + SHIFT) - CUT * x);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
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
  appeal: Float64Array,
  launchMs: Float64Array,
  startMs: number,
): number[] {
  const ordered = [...members].sort((a, b) => appeal[b] - appeal[a] || a - b);
  const half = Math.ceil(members.length / 2);
  const upper = ordered.filter((index) => launchMs[index] <= startMs).slice(0, half);
  const taken = new Set(upper);
  return [...upper, ...ordered.filter((index) => !taken.has(index))];
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
