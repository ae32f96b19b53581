/**
 * Divides `total` whole units in proportion to weights by largest remainders; the earlier one wins a
 * tie. The parts sum to the total.
 * @param weights non-negative, at least one positive
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (!(sum > 0)) throw new RangeError(`Cannot apportion ${total}: the weights sum to ${sum}`);
  const exact = weights.map((weight) => (total * weight) / sum);
  const parts = exact.map(Math.floor);
  const left = total - parts.reduce((all, part) => all + part, 0);
  const byRemainder = [...weights.keys()].sort(
    (a, b) => exact[b] - parts[b] - (exact[a] - parts[a]) || a - b,
  );
  for (const index of byRemainder.slice(0, left)) parts[index]++;
  return parts;
}
