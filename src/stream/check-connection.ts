/** Whether the stream's credentials are whole, and whether they open the door. */
import type { Connection } from '../sinks/event-hubs/connection.ts';
import { SERVICE_NAMES } from '../sinks/event-hubs/connection-string.ts';
import { EventHubsSink } from '../sinks/event-hubs/event-hubs.ts';

/** What may be said about a connection. */
export interface ConnectionFacts {
  /** Where it comes from. */
  readonly source: string;
  readonly service: string;
  readonly host: string;
  readonly eventHub: string;
  /** By what it is entered, without the secret. */
  readonly access: string;
}

export interface Reached {
  readonly partitions: number;
  readonly maxBatchBytes: number;
  readonly answerMs: number;
}

export function connectionFacts(connection: Connection): ConnectionFacts {
  const { eventHub, origin: source } = connection;
  if (connection.by === 'identity') {
    const service = SERVICE_NAMES['event-hubs'];
    return { source, service, host: connection.host, eventHub, access: 'by identity' };
  }
  const { service, host, keyName } = connection.parsed;
  return { source, service: SERVICE_NAMES[service], host, eventHub, access: `key "${keyName}"` };
}

/** Connects within ten seconds, and sends nothing. @throws InputError that says why it can't */
export async function reachConnection(connection: Connection): Promise<Reached> {
  const sink = new EventHubsSink({ connection, sendTimeoutMs: 9_000 });
  const startedMs = performance.now();
  try {
    const partitions = await sink.open();
    const answerMs = Math.round(performance.now() - startedMs);
    return { partitions, maxBatchBytes: sink.maxBatchBytes, answerMs };
  } finally {
    await sink.close();
  }
}
