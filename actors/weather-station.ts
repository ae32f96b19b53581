/** The weather station of a region: it records the weather of each day at local midnight. */
import { setup } from 'xstate';
import type { WeatherStationPort } from '../src/domain/ports.ts';

export const weatherStation = setup({
  types: {} as { context: WeatherStationPort; input: WeatherStationPort; events: { type: 'NONE' } },
  actions: { record: ({ context }) => context.record() },
  delays: { untilMidnight: ({ context }) => context.untilMidnightMs() },
}).createMachine({
  id: 'weatherStation',
  context: ({ input }) => input,
  initial: 'watching',
  states: {
    watching: {
      after: { untilMidnight: { target: 'watching', reenter: true, actions: 'record' } },
    },
  },
});
