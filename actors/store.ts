/** A store: its day from unlocking to locking up, its shoppers, its shelves, its stock reviews. */
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
    fillBeforeOpening: ({ context }) => context.fillBeforeOpening(),
    loseGoods: ({ context }) => context.loseGoods(),
    fillShelves: ({ context }) => context.fillShelves(),
    walkShelves: ({ context }) => context.walkShelves(),
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
    morningRound: ({ context }) => context.untilMorningRoundMs(),
    fillRound: ({ context }) => context.untilFillRoundMs(),
    shelfWalk: ({ context }) => context.untilWalkMs(),
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
        resting: { after: { morningRound: { target: 'filled', actions: 'fillBeforeOpening' } } },
        filled: {},
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
      type: 'parallel',
      states: {
        door: {
          initial: 'watching',
          states: {
            watching: {
              after: {
                nextArrival: { target: 'watching', reenter: true, actions: 'admitArrival' },
              },
            },
          },
        },
        shelves: {
          initial: 'filling',
          states: {
            filling: {
              after: {
                fillRound: {
                  target: 'filling',
                  reenter: true,
                  actions: ['loseGoods', 'fillShelves'],
                },
              },
            },
          },
        },
        gaps: {
          initial: 'unseen',
          states: {
            unseen: { after: { shelfWalk: { target: 'walked', actions: 'walkShelves' } } },
            walked: {},
          },
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
