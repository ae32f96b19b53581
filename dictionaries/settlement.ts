/** How many places an area has, and how large they are. */
import { purposeKey, Substream } from '../src/engine/substream.ts';

const LARGEST = 900_000;
const SMALLEST = 4000;
/**
 * Exponents of the discrete generalised beta distribution of ranks (Martínez-Mekler et al. 2009),
 * Zipf's law bent down at the end as lists of towns are.
 */
const HEAD = 0.42;
const TAIL = 0.5;
/** Places leave the smooth curve by up to this share. */
const SCATTER = 0.08;

const SIZE = purposeKey('geography', 'size');
const OWNER = purposeKey('geography', 'owner');

/** Places per area, at least one each, the rest by highest averages (D'Hondt) of the people. */
export function placesPerArea(places: number, people: readonly number[]): number[] {
  const counts = people.map(() => 1);
  for (let left = places - people.length; left > 0; left--) {
    let best = 0;
    for (let area = 1; area < people.length; area++) {
      if (people[area] / counts[area] > people[best] / counts[best]) best = area;
    }
    counts[best]++;
  }
  return counts;
}

/**
 * Populations of the places of every area: sizes by rank, the largest first, each given to an area
 * drawn in proportion to the people that it still lacks.
 */
export function sizesPerArea(
  seed: number,
  counts: readonly number[],
  people: readonly number[],
): number[][] {
  const sizes = rankSizes(
    seed,
    counts.reduce((sum, count) => sum + count, 0),
  );
  const perPerson = sum(sizes) / sum(people);
  const lacking = people.map((count) => count * perPerson);
  const given: number[][] = counts.map(() => []);
  sizes.forEach((size, rank) => {
    const weights = lacking.map((left, area) =>
      given[area].length < counts[area] ? Math.max(left - size / 2, left / 1000, 1) : 0,
    );
    const area = Substream.of(seed, OWNER, rank).weighted(weights, sum(weights));
    given[area].push(size);
    lacking[area] -= size;
  });
  return given;
}

function rankSizes(seed: number, places: number): number[] {
  return Array.from({ length: places }, (_, index) => {
    const head = (index + 1) ** -HEAD;
    const tail = ((places - index) / places) ** TAIL;
    const scatter = 1 + SCATTER * (2 * Substream.of(seed, SIZE, index).unit() - 1);
    return Math.round(Math.min(LARGEST, Math.max(SMALLEST, LARGEST * head * tail * scatter)));
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
