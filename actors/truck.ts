/** A truck and its driver: loading, the road, unloading, the way back, and the rests the law asks for. */
import { setup } from 'xstate';
import type { Trip } from '../src/domain/ports.ts';

type Events =
  | { type: 'ASSIGNED' }
  | { type: 'STAGED' }
  | { type: 'DOCKS_RESUMED' }
  | { type: 'DOCK_FREE' }
  | { type: 'UNLOADED' };

export const truck = setup({
  types: {} as { context: Trip; input: Trip; events: Events },
  actions: {
    recordScheduled: ({ context }) => context.recordScheduled(),
    recordLoading: ({ context }) => context.recordLoading(),
    load: ({ context }) => context.load(),
    rest: ({ context }) => context.rest(),
    depart: ({ context }) => context.depart(),
    recordDelay: ({ context }) => context.recordDelay(),
    breakDown: ({ context }) => context.breakDown(),
    arrive: ({ context }) => context.arrive(),
    checkIn: ({ context }) => context.checkIn(),
    recordUnloading: ({ context }) => context.recordUnloading(),
    deliver: ({ context }) => context.deliver(),
    startReturn: ({ context }) => context.startReturn(),
    comeHome: ({ context }) => context.comeHome(),
  },
  guards: {
    mayLoad: ({ context }) => context.mayLoad(),
    needsRestOut: ({ context }) => context.needsRest(true),
    needsRestBack: ({ context }) => context.needsRest(false),
    brokenDown: ({ context }) => context.brokenDown(),
    unloadsAtDc: ({ context }) => context.unloadsAtDc(),
  },
  delays: {
    loading: ({ context }) => context.loadingMs(),
    dutyRest: ({ context }) => context.dutyRestMs(),
    driveOut: ({ context }) => context.driveOutMs(),
    lateness: ({ context }) => context.latenessMs(),
    repair: ({ context }) => context.repairMs(),
    dockWait: ({ context }) => context.dockWaitMs(),
    unloading: ({ context }) => context.unloadingMs(),
    driveBack: ({ context }) => context.driveBackMs(),
  },
}).createMachine({
  id: 'truck',
  context: ({ input }) => input,
  initial: 'idle',
  states: {
    idle: { on: { ASSIGNED: 'scheduled' } },
    scheduled: {
      entry: 'recordScheduled',
      on: { STAGED: 'atDock' },
    },
    atDock: {
      always: { guard: 'mayLoad', target: 'loading' },
      on: { DOCKS_RESUMED: {} },
    },
    loading: {
      entry: 'recordLoading',
      after: { loading: 'loaded' },
    },
    loaded: {
      always: [{ guard: 'mayLoad', target: 'ready', actions: 'load' }],
      on: { DOCKS_RESUMED: {} },
    },
    ready: {
      always: [{ guard: 'needsRestOut', target: 'restingOut' }, { target: 'enRoute' }],
    },
    restingOut: { after: { dutyRest: { target: 'enRoute', actions: 'rest' } } },
    enRoute: {
      entry: 'depart',
      after: { lateness: { actions: 'recordDelay' } },
      initial: 'driving',
      states: {
        driving: {
          after: {
            driveOut: [
              { guard: 'brokenDown', target: 'broken', actions: 'breakDown' },
              { target: '#truck.arrived' },
            ],
          },
        },
        broken: { after: { repair: 'driving' } },
      },
    },
    arrived: {
      entry: 'arrive',
      after: {
        dockWait: [{ guard: 'unloadsAtDc', target: 'inYard' }, { target: 'unloading' }],
      },
    },
    inYard: { entry: 'checkIn', on: { DOCK_FREE: 'unloadingAtDc' } },
    unloadingAtDc: {
      entry: 'recordUnloading',
      on: { UNLOADED: { target: 'emptied', actions: 'deliver' } },
    },
    unloading: {
      entry: 'recordUnloading',
      after: { unloading: { target: 'emptied', actions: 'deliver' } },
    },
    emptied: {
      always: [{ guard: 'needsRestBack', target: 'restingBack' }, { target: 'returning' }],
    },
    restingBack: { after: { dutyRest: { target: 'returning', actions: 'rest' } } },
    returning: {
      entry: 'startReturn',
      after: { driveBack: { target: 'idle', actions: 'comeHome' } },
    },
  },
});
