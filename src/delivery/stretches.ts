/** Stretches of simulated time that were streamed, and not only written to files. */

/** From, inclusive, to, exclusive, epoch ms; the last one is not over, so its end is null. */
export type Stretch = [fromMs: number, toMs: number | null];

/** How many are remembered, the last ones. */
const MOST = 200;

/**
 * The stretches once a stream goes on at an instant.
 * @param settledToMs how far the last one came
 */
export function withStretch(
  stretches: readonly Stretch[],
  fromMs: number,
  settledToMs: number,
): Stretch[] {
  const closed = stretches
    .map(([from, to]): [number, number] => [from, to ?? Math.min(fromMs, settledToMs)])
    // Killed as it was about to begin.
    .filter(([from, to]) => from < to);
  const last = closed.at(-1);
  if (last?.[1] !== fromMs) return [...closed, [fromMs, null] as Stretch].slice(-MOST);
  return [...closed.slice(0, -1), [last[0], null] as Stretch];
}
