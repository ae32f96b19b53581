/** A truck and its driver: loading, the road, unloading, the way back, and the rests the law asks for. */
import { setup } from 'xstate';
import type { TruckPort } from '../src/domain/ports.ts';

type Events =
  | { type: 'ASSIGNED' }
  | { type: 'STAGED' }
  | { type: 'DOCKS_RESUMED' }
  | { type: 'ROAD_CHANGED' }
  | { type: 'DOCK_FREE' }
  | { type: 'UNLOADED' };

export const truck = setup({
  types: {} as { context: TruckPort; input: TruckPort; events: Events },
  actions: {
    recordScheduled: ({ context }) => context.recordScheduled(),
    recordLoading: ({ context }) => context.recordLoading(),
    load: ({ context }) => context.load(),
    rest: ({ context }) => context.rest(),
    depart: ({ context }) => context.depart(),
    recordDelay: ({ context }) => context.recordDelay(),
    breakDown: ({ context }) => context.breakDown(),
    noteProgress: ({ context }) => context.noteProgress(),
    arrive: ({ context }) => context.arrive(),
    checkIn: ({ context }) => context.checkIn(),
    recordUnloading: ({ context }) => context.recordUnloading(),
    deliver: ({ context }) => context.deliver(),
    startReturn: ({ context }) => context.startReturn(),
    comeHome: ({ context }) => context.comeHome(),
  },
  guards: {
    mayLoad: ({ context }) => context.mayLoad(),
    mayLeave: ({ context }) => context.mayLeave(),
    stopped: ({ context }) => context.stopped(),
    needsRest: ({ context }) => context.needsRest(),
    brokenDown: ({ context }) => context.brokenDown(),
    unloadsAtDc: ({ context }) => context.unloadsAtDc(),
  },
  delays: {
    loading: ({ context }) => context.loadingMs(),
    dutyRest: ({ context }) => context.dutyRestMs(),
    drive: ({ context }) => context.driveMs(),
    lateness: ({ context }) => context.latenessMs(),
    repair: ({ context }) => context.repairMs(),
    dockWait: ({ context }) => context.dockWaitMs(),
    unloading: ({ context }) => context.unloadingMs(),
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
      on: { DOCKS_RESUMED: {}, ROAD_CHANGED: {} },
    },
    loading: {
      entry: 'recordLoading',
      after: { loading: 'loaded' },
    },
    loaded: {
      always: [{ guard: 'mayLoad', target: 'ready', actions: 'load' }],
      on: { DOCKS_RESUMED: {}, ROAD_CHANGED: {} },
    },
    ready: {
      always: [
        { guard: 'needsRest', target: 'restingOut' },
        { guard: 'mayLeave', target: 'enRoute' },
      ],
      on: { ROAD_CHANGED: {} },
    },
    restingOut: { after: { dutyRest: { target: 'ready', actions: 'rest' } } },
    enRoute: {
      entry: 'depart',
      after: { lateness: { actions: 'recordDelay' } },
      initial: 'settingOff',
      states: {
        settingOff: {
          always: [{ guard: 'stopped', target: 'standing' }, { target: 'driving' }],
        },
        driving: {
          after: {
            drive: [
              { guard: 'brokenDown', target: 'broken', actions: 'breakDown' },
              { target: '#truck.arrived' },
            ],
          },
          on: { ROAD_CHANGED: { target: 'settingOff', actions: 'noteProgress' } },
        },
        standing: { on: { ROAD_CHANGED: 'settingOff' } },
        broken: { after: { repair: 'settingOff' } },
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
      always: [{ guard: 'needsRest', target: 'restingBack' }, { target: 'returning' }],
    },
    restingBack: { after: { dutyRest: { target: 'returning', actions: 'rest' } } },
    returning: {
      entry: 'startReturn',
      initial: 'settingOff',
      states: {
        settingOff: {
          always: [{ guard: 'stopped', target: 'standing' }, { target: 'driving' }],
        },
        driving: {
          after: { drive: { target: '#truck.idle', actions: 'comeHome' } },
          on: { ROAD_CHANGED: { target: 'settingOff', actions: 'noteProgress' } },
        },
        standing: { on: { ROAD_CHANGED: 'settingOff' } },
      },
    },
  },
});
