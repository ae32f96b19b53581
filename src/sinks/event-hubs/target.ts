/** The target of a stream to Event Hubs: the configured connection, or a local hub. */
import path from 'node:path';
import { HUB_FOLDER, hubLock } from '../../hub/disk/hub-files.ts';
import { DEFAULT_ENTITY, type Hub, startHub } from '../../hub/hub.ts';
import type { SinkContext, StreamTarget } from '../stream-sink-kind.ts';
import { type Connection, connectionName } from './connection.ts';
import { connectionOfText, findConnection } from './credentials.ts';
import { EventHubsSink } from './event-hubs.ts';

/** Returns the target of a stream. @throws InputError for a wrong connection */
export async function eventHubsTarget(context: SinkContext): Promise<StreamTarget> {
  const configured = await findConnection(context.config);
  const { connection, hub } =
    configured === undefined ? await ownHub(context) : { connection: configured, hub: undefined };
  const sendTimeoutMs = context.config.realtime.send_timeout_ms;
  const another = () => new EventHubsSink({ connection, sendTimeoutMs });
  return {
    sink: another(),
    about: `${connectionName(connection)}${hub === undefined ? '' : ', started here'}`,
    isOurs: hub !== undefined,
    another,
    hub,
  };
}

/** Starts a hub that stores its events in the world's folder, so that consumers can continue after a restart. */
async function ownHub(context: SinkContext): Promise<{ connection: Connection; hub: Hub }> {
  const { config, locks, onNote } = context;
  const folder = path.join(context.folder, HUB_FOLDER);
  const name = config.stream.hub;
  await locks.watch(hubLock(folder), { onNote });
  const hub = await startHub({
    entities: [{ ...DEFAULT_ENTITY, name }],
    data: { folder, lock: locks.take },
    onNote,
  });
  const found = { text: hub.connectionString(name), origin: 'the hub of this process' };
  return { connection: connectionOfText(found, config), hub };
}
