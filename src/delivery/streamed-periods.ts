/** Periods of simulated time that were streamed, and not only written to files; `stretches` in a journal. */

/** Begin (inclusive) and end (exclusive), epoch ms; the end is null while the period is not over. */
export type StreamedPeriod = [fromMs: number, toMs: number | null];

/** Number of periods that are kept: the latest ones. */
const MOST = 200;

/**
 * Returns the periods when a stream begins or continues at an instant.
 * @param settledToMs simulated time that the last period reached
 */
export function withPeriod(
  periods: readonly StreamedPeriod[],
  fromMs: number,
  settledToMs: number,
): StreamedPeriod[] {
  const closed = periods
    .map(([from, to]): [number, number] => [from, to ?? Math.min(fromMs, settledToMs)])
    // An empty period: the process was killed before it sent an event.
    .filter(([from, to]) => from < to);
  const last = closed.at(-1);
  if (last?.[1] !== fromMs) return [...closed, [fromMs, null] as StreamedPeriod].slice(-MOST);
  return [...closed.slice(0, -1), [last[0], null] as StreamedPeriod];
}
