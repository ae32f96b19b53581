/** One visit of a customer to a store, from the door to the door. */
import { setup } from 'xstate';
import type { CustomerSessionPort } from '../src/domain/ports.ts';

type Events = { type: 'CALLED' };

export const customerSession = setup({
  types: {} as { context: CustomerSessionPort; input: CustomerSessionPort; events: Events },
  actions: {
    enter: ({ context }) => context.enter(),
    walkOn: ({ context }) => context.walkOn(),
    takeGoods: ({ context }) => context.takeGoods(),
    joinQueue: ({ context }) => context.joinQueue(),
    pay: ({ context }) => context.pay(),
    collectOrder: ({ context }) => context.collectOrder(),
    freeLane: ({ context }) => context.freeLane(),
    headForExit: ({ context }) => context.headForExit(),
    leave: ({ context }) => context.leave(),
    ping: ({ context }) => context.ping(),
  },
  guards: {
    zonesLeft: ({ context }) => context.zonesLeft(),
    needsTill: ({ context }) => context.needsTill(),
    laneAssigned: ({ context }) => context.laneAssigned(),
    hasGoods: ({ context }) => context.hasGoods(),
  },
  delays: {
    entranceDwell: ({ context }) => context.entranceDwellMs(),
    zoneDwell: ({ context }) => context.zoneDwellMs(),
    checkoutService: ({ context }) => context.checkoutServiceMs(),
    authorisation: ({ context }) => context.authorisationMs(),
    exitWalk: ({ context }) => context.exitWalkMs(),
    pingInterval: ({ context }) => context.pingIntervalMs(),
  },
}).createMachine({
  id: 'customerSession',
  context: ({ input }) => input,
  initial: 'inside',
  states: {
    inside: {
      type: 'parallel',
      states: {
        shopper: {
          initial: 'entering',
          states: {
            entering: {
              entry: 'enter',
              after: { entranceDwell: 'deciding' },
            },
            browsing: {
              entry: 'walkOn',
              after: { zoneDwell: { target: 'deciding', actions: 'takeGoods' } },
            },
            deciding: {
              always: [
                { guard: 'zonesLeft', target: 'browsing' },
                { guard: 'needsTill', target: 'queueing' },
                { target: 'leaving' },
              ],
            },
            queueing: {
              entry: 'joinQueue',
              always: { guard: 'laneAssigned', target: 'atTill' },
              on: { CALLED: 'atTill' },
            },
            atTill: {
              entry: 'collectOrder',
              after: {
                checkoutService: [
                  { guard: 'hasGoods', target: 'authorising' },
                  { target: 'leaving', actions: 'freeLane' },
                ],
              },
            },
            authorising: {
              after: { authorisation: { target: 'leaving', actions: ['pay', 'freeLane'] } },
            },
            leaving: {
              entry: ['headForExit', 'ping'],
              after: { exitWalk: '#customerSession.gone' },
            },
          },
        },
        phone: {
          initial: 'advertising',
          states: {
            advertising: {
              after: {
                pingInterval: { target: 'advertising', reenter: true, actions: 'ping' },
              },
            },
          },
        },
      },
    },
    gone: { type: 'final', entry: 'leave' },
  },
});
