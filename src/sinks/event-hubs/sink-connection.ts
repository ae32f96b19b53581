/** A connection to an event hub as a `SinkConnection`. */
import type { Config } from '../../world/config.ts';
import type { SinkConnection } from '../stream-sink-kind.ts';
import type { Connection } from './connection.ts';
import { SERVICE_NAMES } from './connection-string.ts';
import { EventHubsSink } from './event-hubs.ts';

export function sinkConnection(connection: Connection, { realtime }: Config): SinkConnection {
  const sendTimeoutMs = realtime.send_timeout_ms;
  return {
    facts: factsOf(connection),
    sink: () => new EventHubsSink({ connection, sendTimeoutMs }),
  };
}

function factsOf(connection: Connection): SinkConnection['facts'] {
  const { eventHub, origin: source } = connection;
  if (connection.by === 'identity') {
    const service = SERVICE_NAMES['event-hubs'];
    return { source, service, host: connection.host, eventHub, access: 'by identity' };
  }
  const { service, host, keyName } = connection.parsed;
  return { source, service: SERVICE_NAMES[service], host, eventHub, access: `key "${keyName}"` };
}
