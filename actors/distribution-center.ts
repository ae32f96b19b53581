/** A distribution center: receives from suppliers, picks and dispatches to stores, orders anew. */
import { setup } from 'xstate';
import type { DistributionCenterPort } from '../src/domain/ports.ts';

type Events =
  | { type: 'WORLD_OPENED' }
  | { type: 'CAPACITY_CHANGED' }
  | { type: 'DISRUPTION_DUE'; argument: number }
  | { type: 'STORE_ORDERED' }
  | { type: 'GOODS_PUT_AWAY' }
  | { type: 'GOODS_RELEASED' }
  | { type: 'TRUCK_READY' }
  | { type: 'PICK_REQUESTED' }
  | { type: 'SUPPLIER_TRUCK_ARRIVED' };

export const distributionCenter = setup({
  types: {} as { context: DistributionCenterPort; input: DistributionCenterPort; events: Events },
  actions: {
    resumeDocks: ({ context }) => context.resumeDocks(),
    strikeDisruption: ({ context, event }) =>
      context.strikeDisruption((event as { argument?: number }).argument ?? 0),
    dispatch: ({ context }) => context.dispatch(),
    startPicking: ({ context }) => context.startPicking(),
    startUnloading: ({ context }) => context.startUnloading(),
    stageShipment: ({ context }) => context.stageShipment(),
    putAway: ({ context }) => context.putAway(),
    countStock: ({ context }) => context.countStock(),
    reviewStock: ({ context }) => context.reviewStock(),
    considerDisruption: ({ context }) => context.considerDisruption(),
    bringForward: ({ context }) => context.bringForward(),
  },
  guards: {
    down: ({ context }) => !context.operating(),
    up: ({ context }) => context.operating(),
    pickPending: ({ context }) => context.operating() && context.pickPending(),
    unloadPending: ({ context }) => context.operating() && context.unloadPending(),
  },
  delays: {
    picking: ({ context }) => context.pickingMs(),
    unloading: ({ context }) => context.unloadingMs(),
    untilCount: ({ context }) => context.untilCountMs(),
    count: ({ context }) => context.countMs(),
    dispatchRound: ({ context }) => context.dispatchRoundMs(),
  },
}).createMachine({
  id: 'distributionCenter',
  context: ({ input }) => input,
  type: 'parallel',
  states: {
    site: {
      initial: 'operating',
      on: { DISRUPTION_DUE: { actions: 'strikeDisruption' } },
      states: {
        operating: {
          on: { CAPACITY_CHANGED: { guard: 'down', target: 'down' } },
        },
        down: {
          on: { CAPACITY_CHANGED: { guard: 'up', target: 'operating', actions: 'resumeDocks' } },
        },
      },
    },
    receiving: {
      initial: 'free',
      states: {
        free: {
          always: { guard: 'unloadPending', target: 'unloading' },
          on: { SUPPLIER_TRUCK_ARRIVED: {} },
        },
        unloading: {
          entry: 'startUnloading',
          after: { unloading: { target: 'free', actions: 'putAway' } },
        },
      },
    },
    picking: {
      initial: 'free',
      states: {
        free: { always: { guard: 'pickPending', target: 'picking' }, on: { PICK_REQUESTED: {} } },
        picking: {
          entry: 'startPicking',
          after: { picking: { target: 'free', actions: 'stageShipment' } },
        },
      },
    },
    dispatching: {
      initial: 'watching',
      on: {
        STORE_ORDERED: { actions: 'dispatch' },
        GOODS_PUT_AWAY: { actions: 'dispatch' },
        GOODS_RELEASED: { actions: 'dispatch' },
        TRUCK_READY: { actions: 'dispatch' },
      },
      states: {
        watching: {
          after: { dispatchRound: { target: 'watching', reenter: true, actions: 'dispatch' } },
        },
      },
    },
    purchasing: {
      initial: 'waiting',
      on: { WORLD_OPENED: { actions: 'bringForward' } },
      states: {
        waiting: { after: { untilCount: { target: 'counting', actions: 'countStock' } } },
        counting: {
          after: {
            count: { target: 'waiting', actions: ['reviewStock', 'considerDisruption'] },
          },
        },
      },
    },
  },
});
