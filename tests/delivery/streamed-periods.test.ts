/** The periods of simulated time that were streamed. */
import { expect, it } from 'vitest';
import { type StreamedPeriod, withPeriod } from '../../src/delivery/streamed-periods.ts';

it('begins a period, continues the last one without a gap, and leaves out time that was only written to files', () => {
  let periods: StreamedPeriod[] = withPeriod([], 10, 10);
  expect(periods).toEqual([[10, null]]);
  periods = withPeriod(periods, 20, 20);
  expect(periods).toEqual([[10, null]]);
  periods = withPeriod(periods, 50, 30);
  expect(periods).toEqual([
    [10, 30],
    [50, null],
  ]);
});

it('leaves out an empty period, and keeps only the latest 200', () => {
  // The process was killed before the checkpoint at 50.
  const killed = withPeriod([[10, null]], 50, 30);
  expect(withPeriod(killed, 60, 30)).toEqual([
    [10, 30],
    [60, null],
  ]);
  let many: StreamedPeriod[] = [];
  for (let at = 0; at < 1_000; at += 2) many = withPeriod(many, at, at - 1);
  expect(many).toHaveLength(200);
  expect(many.at(-1)).toEqual([998, null]);
});
