/** The online shop of a region: orders come in around the clock; campaigns are set up day by day. */
import { setup } from 'xstate';
import type { OnlineShopPort } from '../src/domain/ports.ts';

export const onlineShop = setup({
  types: {} as { context: OnlineShopPort; input: OnlineShopPort; events: { type: 'NONE' } },
  actions: {
    takeOrder: ({ context }) => context.takeOrder(),
    planCampaigns: ({ context }) => context.planCampaigns(),
  },
  delays: {
    nextOrder: ({ context }) => context.nextOrderMs(),
    untilPlanning: ({ context }) => context.untilPlanningMs(),
  },
}).createMachine({
  id: 'onlineShop',
  context: ({ input }) => input,
  type: 'parallel',
  states: {
    selling: {
      initial: 'taking',
      states: {
        taking: {
          after: { nextOrder: { target: 'taking', reenter: true, actions: 'takeOrder' } },
        },
      },
    },
    advertising: {
      initial: 'planning',
      states: {
        planning: {
          after: { untilPlanning: { target: 'planning', reenter: true, actions: 'planCampaigns' } },
        },
      },
    },
  },
});
