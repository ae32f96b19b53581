/** A store: its day from unlocking to locking up, its shoppers, its stock reviews. */
import { setup } from 'xstate';
import type { StorePort } from '../src/domain/ports.ts';

type Events =
  | { type: 'VISIT_DUE'; argument: number }
  | { type: 'RETURN_DUE'; argument: number }
  | { type: 'SHOPPER_LEFT'; argument: number }
  | { type: 'EVENING_REVIEW_DUE'; argument: number };

export const store = setup({
  types: {} as { context: StorePort; input: StorePort; events: Events },
  actions: {
    openDoors: ({ context }) => context.openDoors(),
    admitArrival: ({ context }) => context.admitArrival(),
    admitPlannedVisit: ({ context, event }) => context.admitPlannedVisit(argumentOf(event)),
    postponeVisit: ({ context, event }) => context.postponeVisit(argumentOf(event)),
    takeBack: ({ context, event }) => context.takeBack(argumentOf(event)),
    postponeReturn: ({ context, event }) => context.postponeReturn(argumentOf(event)),
    shutDoors: ({ context }) => context.shutDoors(),
    lockUp: ({ context }) => context.lockUp(),
    countStock: ({ context }) => context.countStock(),
    reviewStock: ({ context }) => context.reviewStock(),
  },
  guards: {
    mayOpen: ({ context }) => context.mayOpen(),
    deserted: ({ context }) => context.deserted(),
  },
  delays: {
    untilOpening: ({ context }) => context.untilOpeningMs(),
    unlocking: ({ context }) => context.unlockingMs(),
    nextArrival: ({ context }) => context.nextArrivalMs(),
    untilClosing: ({ context }) => context.untilClosingMs(),
    stockCount: ({ context }) => context.stockCountMs(),
    stockReview: ({ context }) => context.stockReviewMs(),
  },
}).createMachine({
  id: 'store',
  context: ({ input }) => input,
  initial: 'closed',
  on: {
    VISIT_DUE: { actions: 'postponeVisit' },
    RETURN_DUE: { actions: 'postponeReturn' },
  },
  states: {
    closed: {
      after: {
        untilOpening: [
          { guard: 'mayOpen', target: 'opening' },
          { target: 'closed', reenter: true },
        ],
      },
      on: { EVENING_REVIEW_DUE: '.counting' },
      initial: 'resting',
      states: {
        counting: { after: { stockCount: { target: 'reviewing', actions: 'countStock' } } },
        reviewing: { after: { stockReview: { target: 'resting', actions: 'reviewStock' } } },
        resting: {},
      },
    },
    opening: { after: { unlocking: 'open' } },
    open: {
      entry: 'openDoors',
      after: { untilClosing: 'closing' },
      on: {
        VISIT_DUE: { actions: 'admitPlannedVisit' },
        RETURN_DUE: { actions: 'takeBack' },
      },
      initial: 'trading',
      states: {
        trading: {
          after: { nextArrival: { target: 'trading', reenter: true, actions: 'admitArrival' } },
        },
      },
    },
    closing: {
      entry: 'shutDoors',
      always: { guard: 'deserted', target: 'closed.counting', actions: 'lockUp' },
      on: { SHOPPER_LEFT: {} },
    },
  },
});

function argumentOf(event: { argument?: number }): number {
  return event.argument ?? 0;
}
