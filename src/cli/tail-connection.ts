/** The connection of `sim tail`: the stream's target, or the hub on this machine. */
import { InputError } from '../domain/errors.ts';
import { connectionString } from '../hub/connection-string.ts';
import { AMQP_PORT, DEFAULT_ENTITY } from '../hub/hub.ts';
import { type CredentialSources, findConnection } from '../sinks/event-hubs/credentials.ts';
import type { Connection } from '../sinks/event-hubs/connection.ts';
import { parseConnectionString } from '../sinks/event-hubs/connection-string.ts';
import type { Config } from '../world/config.ts';

export interface TailConnection {
  readonly connection: Connection;
  readonly consumerGroup: string;
  /** Whether it is the hub on this machine, which is used if nothing else is configured. */
  readonly isLocal: boolean;
}

export interface TailConnectionFlags {
  readonly hub?: string;
  readonly consumerGroup?: string;
  readonly port?: number;
}

/** Returns the connection given by flags and settings. Throws InputError that says which part is missing. */
export async function tailConnection(
  { hub, consumerGroup, port }: TailConnectionFlags,
  config: Pick<Config, 'realtime' | 'stream'>,
  sources: CredentialSources = {},
): Promise<TailConnection> {
  const configured = port === undefined ? await findConnection(config, sources) : undefined;
  const found = configured ?? localHub(port ?? AMQP_PORT, config.stream.hub);
  const isLocal = configured === undefined;
  return {
    connection: hub === undefined ? found : withHub(found, hub),
    consumerGroup: consumerGroup ?? (isLocal ? DEFAULT_ENTITY.consumerGroups[0] : '$Default'),
    isLocal,
  };
}

function localHub(port: number, eventHub: string): Connection {
  const origin = 'the hub of this machine';
  const parsed = parseConnectionString(connectionString(port), origin);
  return { by: 'connection-string', parsed, eventHub, origin };
}

function withHub(connection: Connection, eventHub: string): Connection {
  if (connection.by === 'connection-string') {
    const { entity } = connection.parsed;
    if (entity !== undefined && entity !== eventHub) {
      throw new InputError(
        `Cannot read --hub ${eventHub}: the connection string from ${connection.origin} is for ` +
          `"${entity}" (EntityPath) only; leave --hub out, or use a string of the namespace`,
      );
    }
  }
  return { ...connection, eventHub };
}
