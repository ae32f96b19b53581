/** An online order, from the click to the doorstep or the pickup desk. */
import { setup } from 'xstate';
import type { OnlineOrderPort } from '../src/domain/ports.ts';

type Events = { type: 'COLLECTED' };

export const onlineOrder = setup({
  types: {} as { context: OnlineOrderPort; input: OnlineOrderPort; events: Events },
  actions: {
    place: ({ context }) => context.place(),
    recordPicked: ({ context }) => context.recordPicked(),
    recordReady: ({ context }) => context.recordReady(),
    recordCollected: ({ context }) => context.recordCollected(),
    recordShipped: ({ context }) => context.recordShipped(),
    recordDelivered: ({ context }) => context.recordDelivered(),
    cancel: ({ context }) => context.cancel(),
  },
  guards: {
    nodeOperating: ({ context }) => context.nodeOperating(),
    patienceOver: ({ context }) => context.patienceOver(),
    forPickup: ({ context }) => context.forPickup(),
  },
  delays: {
    pickWork: ({ context }) => context.pickWorkMs(),
    changeOfMind: ({ context }) => context.changeOfMindMs(),
    recheck: ({ context }) => context.recheckMs(),
    staging: ({ context }) => context.stagingMs(),
    pickupDeadline: ({ context }) => context.pickupDeadlineMs(),
    shipDelay: ({ context }) => context.shipDelayMs(),
    delivery: ({ context }) => context.deliveryMs(),
  },
}).createMachine({
  id: 'onlineOrder',
  context: ({ input }) => input,
  initial: 'created',
  states: {
    created: {
      entry: 'place',
      after: { changeOfMind: 'cancelled' },
      initial: 'picking',
      states: {
        picking: {
          after: {
            pickWork: [
              { guard: 'nodeOperating', target: '#onlineOrder.picked' },
              { target: 'held' },
            ],
          },
        },
        held: {
          after: {
            recheck: [
              { guard: 'patienceOver', target: '#onlineOrder.cancelled' },
              { target: 'picking' },
            ],
          },
        },
      },
    },
    picked: {
      entry: 'recordPicked',
      always: [{ guard: 'forPickup', target: 'staging' }, { target: 'packing' }],
    },
    staging: { after: { staging: 'ready' } },
    ready: {
      entry: 'recordReady',
      on: { COLLECTED: 'collected' },
      after: { pickupDeadline: 'cancelled' },
    },
    packing: { after: { shipDelay: 'shipped' } },
    shipped: { entry: 'recordShipped', after: { delivery: 'delivered' } },
    collected: { type: 'final', entry: 'recordCollected' },
    delivered: { type: 'final', entry: 'recordDelivered' },
    cancelled: { type: 'final', entry: 'cancel' },
  },
});
