/** The weather station of a region: it records the weather of each day at local midnight, and of the first at once. */
import { setup } from 'xstate';
import type { WeatherStationPort } from '../src/domain/ports.ts';

export const weatherStation = setup({
  types: {} as { context: WeatherStationPort; input: WeatherStationPort; events: { type: 'NONE' } },
  actions: { record: ({ context }) => context.record() },
  delays: { untilRecord: ({ context }) => context.untilRecordMs() },
}).createMachine({
  id: 'weatherStation',
  context: ({ input }) => input,
  initial: 'watching',
  states: {
    watching: {
      after: { untilRecord: { target: 'watching', reenter: true, actions: 'record' } },
    },
  },
});
