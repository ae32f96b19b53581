/**
 * The circuit breaker that the partitions of a stream share: closed while the service answers; open
 * while no batch is sent; half-open while a single batch tests whether the service answers again.
 */
import { assign, setup } from 'xstate';

export interface BreakerSettings {
  /** Consecutive failures that open the breaker. */
  readonly failureThreshold: number;
  /** Time from opening to the first probe, ms. */
  readonly firstWaitMs: number;
  /** Each failed probe makes the next wait longer, up to this, ms. */
  readonly longestWaitMs: number;
}

/**
 * Factor on the wait after a failed probe. Small enough to detect within eight seconds that a service is back
 * after an outage of ten.
 */
const GROWTH = 1.5;

interface Breaker extends BreakerSettings {
  readonly failures: number;
  /** Present wait before the next probe, ms. */
  readonly waitMs: number;
}

export type BreakerEvent = { type: 'SUCCEEDED' } | { type: 'FAILED' } | { type: 'PROBED' };

export const circuitBreaker = setup({
  types: {} as { context: Breaker; input: BreakerSettings; events: BreakerEvent },
  actions: {
    countFailure: assign({ failures: ({ context }) => context.failures + 1 }),
    forgetFailures: assign({ failures: 0, waitMs: ({ context }) => firstWaitOf(context) }),
    waitLonger: assign({
      waitMs: ({ context }) => Math.min(context.longestWaitMs, context.waitMs * GROWTH),
    }),
  },
  guards: {
    isLastStraw: ({ context }) => context.failures + 1 >= context.failureThreshold,
  },
  delays: { recovery: ({ context }) => context.waitMs },
}).createMachine({
  id: 'circuitBreaker',
  context: ({ input }) => ({ ...input, failures: 0, waitMs: firstWaitOf(input) }),
  initial: 'closed',
  states: {
    closed: {
      entry: 'forgetFailures',
      on: {
        SUCCEEDED: { actions: 'forgetFailures' },
        FAILED: [
          { guard: 'isLastStraw', target: 'open', actions: 'countFailure' },
          { actions: 'countFailure' },
        ],
      },
    },
    open: {
      after: { recovery: 'halfOpen' },
      // A batch that was under way was acknowledged: the service is available.
      on: { SUCCEEDED: 'closed' },
    },
    halfOpen: {
      initial: 'ready',
      on: { SUCCEEDED: 'closed', FAILED: { target: 'open', actions: 'waitLonger' } },
      states: {
        ready: { on: { PROBED: 'probing' } },
        probing: {},
      },
    },
  },
});

function firstWaitOf({ firstWaitMs, longestWaitMs }: BreakerSettings): number {
  return Math.min(firstWaitMs, longestWaitMs);
}
