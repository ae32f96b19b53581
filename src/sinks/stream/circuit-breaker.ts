/**
 * The circuit breaker that the partitions of a stream share: closed while the service answers; open,
 * when nothing is tried; half-open, when a single batch finds out whether it answers again.
 */
import { assign, setup } from 'xstate';

export interface BreakerSettings {
  /** Failures in a row that open it. */
  readonly failureThreshold: number;
  /** How long it stays open, ms. */
  readonly recoveryMs: number;
}

interface Breaker extends BreakerSettings {
  readonly failures: number;
}

export type BreakerEvent = { type: 'SUCCEEDED' } | { type: 'FAILED' } | { type: 'PROBED' };

export const circuitBreaker = setup({
  types: {} as { context: Breaker; input: BreakerSettings; events: BreakerEvent },
  actions: {
    countFailure: assign({ failures: ({ context }) => context.failures + 1 }),
    forgetFailures: assign({ failures: 0 }),
  },
  guards: {
    isLastStraw: ({ context }) => context.failures + 1 >= context.failureThreshold,
  },
  delays: { recovery: ({ context }) => context.recoveryMs },
}).createMachine({
  id: 'circuitBreaker',
  context: ({ input }) => ({ ...input, failures: 0 }),
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
      on: { SUCCEEDED: 'closed', FAILED: 'open' },
      states: {
        ready: { on: { PROBED: 'probing' } },
        probing: {},
      },
    },
  },
});
