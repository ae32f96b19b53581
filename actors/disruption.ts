/** A disruption of a distribution center: it strikes, lasts, and is recovered from; one from outside may be cancelled. */
import { setup } from 'xstate';
import type { DisruptionPort } from '../src/domain/ports.ts';

export const disruption = setup({
  types: {} as { context: DisruptionPort; input: DisruptionPort; events: { type: 'CANCELLED' } },
  actions: {
    strike: ({ context }) => context.strike(),
    recover: ({ context }) => context.recover(),
    drop: ({ context }) => context.drop(),
  },
  guards: { due: ({ context }) => context.due() },
  delays: {
    untilStrike: ({ context }) => context.untilStrikeMs(),
    duration: ({ context }) => context.durationMs(),
  },
}).createMachine({
  id: 'disruption',
  context: ({ input }) => input,
  initial: 'announced',
  states: {
    announced: { always: [{ guard: 'due', target: 'active' }, { target: 'planned' }] },
    planned: { after: { untilStrike: 'active' }, on: { CANCELLED: 'dropped' } },
    active: {
      entry: 'strike',
      after: { duration: 'recovered' },
      on: { CANCELLED: 'recovered' },
    },
    recovered: { type: 'final', entry: 'recover' },
    dropped: { type: 'final', entry: 'drop' },
  },
});
