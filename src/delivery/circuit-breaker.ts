/**
 * The circuit breaker that the partitions of a stream share: closed while the service answers; open,
 * when nothing is tried; half-open, when a single batch finds out whether it answers again.
 */
import { assign, setup } from 'xstate';

export interface BreakerSettings {
  /** Failures in a row that open it. */
  readonly failureThreshold: number;
  /** How long it stays open before the first probe, ms. */
  readonly firstWaitMs: number;
  /** Each probe that fails makes the next wait longer; none is longer than this, ms. */
  readonly longestWaitMs: number;
}

/**
 * How much longer it waits after a probe that failed. Small enough that a service that is back after ten
 * seconds is found within another eight.
 */
const GROWTH = 1.5;

interface Breaker extends BreakerSettings {
  readonly failures: number;
  /** How long it stays open this time, ms. */
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
      // The answer to a batch that was under way: the service is there after all.
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
