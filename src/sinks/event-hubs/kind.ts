/** The stream sink `event-hubs`. Large modules are loaded on first use. */
import { HUB_FOLDER, isHubFile } from '../../hub/disk/hub-files.ts';
import type { StreamSinkKind } from '../stream-sink-kind.ts';
import { connectionOfText, findConnection, NO_CONNECTION } from './credentials.ts';
import { eventHubsDestination } from './destination.ts';
import { sinkConnection } from './sink-connection.ts';

export const eventHubs: StreamSinkKind = {
  name: 'event-hubs',
  about: 'to the configured connection, or to a hub in this process',
  isOwnFile: ([folder, ...names]) => folder === HUB_FOLDER && isHubFile(names),
  connections: {
    async find({ config }) {
      const connection = await findConnection(config);
      return connection && sinkConnection(connection, config);
    },
    parse: (text, origin, { config }) =>
      sinkConnection(connectionOfText({ text, origin }, config), config),
    missing: NO_CONNECTION,
  },
  destination: ({ config }) => eventHubsDestination(config),
  load: async () => (await import('./event-hubs-client.ts')).loadEventHubs(),
  target: async (context) => (await import('./target.ts')).eventHubsTarget(context),
};
