/** The online shop of a region: orders and clicks on ads come in around the clock; campaigns are set up day by day. */
import { setup } from 'xstate';
import type { OnlineShopPort } from '../src/domain/ports.ts';

type Events = { type: 'CLICK_DUE'; argument: number } | { type: 'AD_ORDER_DUE'; argument: number };

export const onlineShop = setup({
  types: {} as { context: OnlineShopPort; input: OnlineShopPort; events: Events },
  actions: {
    takeOrder: ({ context }) => context.takeOrder(),
    planCampaigns: ({ context }) => context.planCampaigns(),
    recordClick: ({ context, event }) => context.recordClick(argumentOf(event)),
    takeAdOrder: ({ context, event }) => context.takeAdOrder(argumentOf(event)),
  },
  delays: {
    nextOrder: ({ context }) => context.nextOrderMs(),
    untilPlanning: ({ context }) => context.untilPlanningMs(),
  },
}).createMachine({
  id: 'onlineShop',
  context: ({ input }) => input,
  type: 'parallel',
  on: {
    CLICK_DUE: { actions: 'recordClick' },
    AD_ORDER_DUE: { actions: 'takeAdOrder' },
  },
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

function argumentOf(event: { argument?: number }): number {
  return event.argument ?? 0;
}
