/** The status of a stream as a user sees it. */
import { expect, it } from 'vitest';
import { statusText } from '../../src/cli/stream-report.ts';
import type { StreamStatus } from '../../src/stream/stream-status.ts';

const STATUS = {
  simulatedMs: Date.UTC(2024, 2, 2, 12, 30, 5),
  resumesToMs: null,
  speed: 184,
  heldPerSecond: null,
  capPerSecond: null,
  waiting: 0,
  eventsPerSecond: 498,
  lagMs: 35,
  breaker: 'closed',
  total: { acknowledged: 1200, inFlight: 4, retried: 1, deadLettered: 0 },
} as unknown as StreamStatus;

it.each<[Partial<StreamStatus>, string]>([
  [{}, 'x184'],
  [{ speed: 'max' }, 'max'],
  [{ heldPerSecond: 500 }, 'x184 to hold 500/s'],
  [{ capPerSecond: 50, waiting: 1200 }, 'x184 under a cap of 50/s, 1.2 k wait'],
  [{ resumesToMs: Date.UTC(2024, 2, 2, 13) }, 'resuming to 2024-03-02 13:00:00'],
])('tells the pace of %j as "%s"', (more, pace) => {
  expect(statusText({ ...STATUS, ...more })).toBe(
    `2024-03-02 12:30:05 ${pace}, 1.2 k acknowledged (498/s), lag 35 ms, ` +
      '4 in flight, breaker closed, 1 retried, 0 dead letters',
  );
});
