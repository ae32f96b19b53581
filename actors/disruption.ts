/** A disruption of a distribution center: it strikes, lasts, and is recovered from. */
import { setup } from 'xstate';
import type { DisruptionEvent } from '../src/domain/ports.ts';

export const disruption = setup({
  types: {} as { context: DisruptionEvent; input: DisruptionEvent; events: { type: 'NONE' } },
  actions: {
    strike: ({ context }) => context.strike(),
    recover: ({ context }) => context.recover(),
  },
  delays: {
    untilStrike: ({ context }) => context.untilStrikeMs(),
    duration: ({ context }) => context.durationMs(),
  },
}).createMachine({
  id: 'disruption',
  context: ({ input }) => input,
  initial: 'planned',
  states: {
    planned: { after: { untilStrike: 'active' } },
    active: { entry: 'strike', after: { duration: 'recovered' } },
    recovered: { type: 'final', entry: 'recover' },
  },
});
