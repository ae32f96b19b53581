/** A campaign towards the customers of one region: impressions as long as time and budget last. */
import { setup } from 'xstate';
import type { CampaignPort } from '../src/domain/ports.ts';

export const campaign = setup({
  types: {} as { context: CampaignPort; input: CampaignPort; events: { type: 'NONE' } },
  actions: {
    showAd: ({ context }) => context.showAd(),
    end: ({ context }) => context.end(),
  },
  delays: {
    untilStart: ({ context }) => context.untilStartMs(),
    nextImpression: ({ context }) => context.nextImpressionMs(),
    untilEnd: ({ context }) => context.untilEndMs(),
  },
}).createMachine({
  id: 'campaign',
  context: ({ input }) => input,
  initial: 'planned',
  states: {
    planned: { after: { untilStart: 'running' } },
    running: {
      after: { untilEnd: 'ended' },
      initial: 'advertising',
      states: {
        advertising: {
          after: { nextImpression: { target: 'advertising', reenter: true, actions: 'showAd' } },
        },
      },
    },
    ended: { type: 'final', entry: 'end' },
  },
});
