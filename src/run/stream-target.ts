/** Where a stream's events go: `--sink`. */
import path from 'node:path';
import { type Hub, startHub } from '../hub/hub.ts';
import type { Connection } from '../sinks/stream/connection.ts';
import { connectionName } from '../sinks/stream/connection.ts';
import { parseConnectionString } from '../sinks/stream/connection-string.ts';
import { blackholeSink } from '../sinks/stream/blackhole.ts';
import { EventHubsSink } from '../sinks/stream/event-hubs.ts';
import { ndjsonSink } from '../sinks/stream/ndjson.ts';
import { stdoutSink } from '../sinks/stream/stdout.ts';
import type { StreamSink } from '../sinks/stream/stream-sink.ts';
import type { Config } from '../world/config.ts';
import { findConnection } from './credentials.ts';
import type { WorldPaths } from './paths.ts';

export const STREAM_SINKS = ['event-hubs', 'ndjson', 'stdout', 'blackhole'] as const;
export type StreamSinkName = (typeof STREAM_SINKS)[number];

export interface StreamTarget {
  readonly sink: StreamSink;
  /** In words, without secrets. */
  readonly about: string;
  /** The hub that was started for want of another. */
  readonly hub?: Hub;
}

/** File of the sink `ndjson`. */
export function eventsFile({ stream }: WorldPaths): string {
  return path.join(stream, 'events.ndjson');
}

/**
 * The sink of that name. For `event-hubs` that is the configured connection; without one a hub is
 * started in this process. Throws InputError for a connection that makes no sense.
 */
export async function streamTarget(
  name: StreamSinkName,
  config: Config,
  paths: WorldPaths,
): Promise<StreamTarget> {
  switch (name) {
    case 'ndjson':
      return { sink: ndjsonSink(eventsFile(paths)), about: `"${eventsFile(paths)}"` };
    case 'stdout':
      return { sink: stdoutSink(), about: 'stdout' };
    case 'blackhole':
      return { sink: blackholeSink(), about: 'nowhere (blackhole)' };
    case 'event-hubs':
      return eventHubsTarget(config);
  }
}

async function eventHubsTarget(config: Config): Promise<StreamTarget> {
  const configured = await findConnection(config);
  if (configured !== undefined)
    return { sink: sinkOf(configured, config), about: connectionName(configured) };
  const eventHub = config.stream.hub;
  const hub = await startHub({
    entities: [{ name: eventHub, partitionCount: 8, consumerGroups: ['tail'] }],
  });
  const origin = 'the hub of this process';
  const parsed = parseConnectionString(hub.connectionString(eventHub), origin);
  const connection: Connection = { by: 'connection-string', parsed, eventHub, origin };
  return {
    sink: sinkOf(connection, config),
    about: `${connectionName(connection)}, started here`,
    hub,
  };
}

function sinkOf(connection: Connection, config: Config): StreamSink {
  return new EventHubsSink({ connection, sendTimeoutMs: config.realtime.send_timeout_ms });
}
