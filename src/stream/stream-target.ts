/** Where a stream's events go: `--sink`, and for Event Hubs a hub of our own if none is configured. */
import { hubLock } from '../hub/disk/hub-files.ts';
import { DEFAULT_ENTITY, type Hub, startHub } from '../hub/hub.ts';
import { type Connection, connectionName } from '../sinks/event-hubs/connection.ts';
import { parseConnectionString } from '../sinks/event-hubs/connection-string.ts';
import { EventHubsSink } from '../sinks/event-hubs/event-hubs.ts';
import { loadEventHubs } from '../sinks/event-hubs/event-hubs-client.ts';
import type { StreamSink } from '../delivery/stream-sink.ts';
import type { Config } from '../world/config.ts';
import { findConnection } from './credentials.ts';
import { takeLock, watchLock } from '../store/lock.ts';
import { makeStreamSink, type StreamSinkName } from './open-stream.ts';
import type { WorldPaths } from '../store/paths.ts';
import { reachTarget, type TargetWait } from './reach-target.ts';

export interface StreamTarget {
  readonly sink: StreamSink;
  /** In words, without secrets. */
  readonly about: string;
  /** Whether nobody else has to be there: a file, or a hub that is started here. */
  readonly isOurs: boolean;
  /** Undefined for what is no event hub. */
  readonly connection?: Connection;
  /** The hub that was started for want of another. */
  readonly hub?: Hub;
}

/**
 * @param name of a sink of the program's, or a sink of the caller's
 * @throws InputError for a connection that makes no sense
 */
export async function streamTarget(
  name: StreamSinkName | StreamSink,
  config: Config,
  paths: WorldPaths,
  onNote?: (sentence: string) => void,
): Promise<StreamTarget> {
  if (typeof name === 'object') return { sink: name, about: name.name, isOurs: true };
  if (name !== 'event-hubs') {
    const about = name === 'ndjson' ? `"${paths.events}"` : name;
    return { sink: makeStreamSink(name, config, paths, undefined), about, isOurs: true };
  }
  const configured = await findConnection(config);
  const { connection, hub } = configured
    ? { connection: configured, hub: undefined }
    : await ownHub(config, paths, onNote);
  const about = `${connectionName(connection)}${hub === undefined ? '' : ', started here'}`;
  const isOurs = hub !== undefined;
  const sink = makeStreamSink(name, config, paths, connection);
  return { sink, about, isOurs, connection, hub };
}

/**
 * Sees that a configured event hub lets events in, before hours of history are caught up; waits for one
 * that is not there yet unless told otherwise.
 * @throws InputError or OutputError that says what is wrong, TargetGivenUp
 */
export async function requireTarget(
  name: StreamSinkName,
  config: Config,
  wait: TargetWait = { failFast: true },
): Promise<void> {
  if (name !== 'event-hubs') return;
  await loadEventHubs();
  const connection = await findConnection(config);
  if (connection === undefined) return;
  const sendTimeoutMs = config.realtime.send_timeout_ms;
  const sink = new EventHubsSink({ connection, sendTimeoutMs });
  try {
    await reachTarget(() => sink.open(), wait);
  } finally {
    await sink.close();
  }
}

/** A hub that keeps its events in the world's folder: a consumer goes on where it was, life after life. */
async function ownHub(
  { stream }: Config,
  paths: WorldPaths,
  onNote: ((sentence: string) => void) | undefined,
): Promise<{ connection: Connection; hub: Hub }> {
  const eventHub = stream.hub;
  await watchLock(hubLock(paths.hub), { onNote });
  const hub = await startHub({
    entities: [{ ...DEFAULT_ENTITY, name: eventHub }],
    data: { folder: paths.hub, lock: takeLock },
    onNote,
  });
  const origin = 'the hub of this process';
  const parsed = parseConnectionString(hub.connectionString(eventHub), origin);
  return { connection: { by: 'connection-string', parsed, eventHub, origin }, hub };
}
