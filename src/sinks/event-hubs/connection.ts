/** A connection to an event hub: its address and credentials. */
import type { TokenCredential } from '@azure/identity';
import type { ConnectionString } from './connection-string.ts';

/** Authenticated by a connection string, or by the identity of the user or service. */
export type Connection =
  | {
      readonly by: 'connection-string';
      readonly parsed: ConnectionString;
      readonly eventHub: string;
      /** Where the connection string was found, for messages. */
      readonly origin: string;
    }
  | {
      readonly by: 'identity';
      /** Host name of the namespace, such as `shop.servicebus.windows.net`. */
      readonly host: string;
      readonly eventHub: string;
      readonly origin: string;
      /** Creates the credential; its library is loaded on first use. */
      readonly credential: () => Promise<TokenCredential>;
    };

/** Returns the name of a connection for messages. */
export function connectionName(connection: Connection): string {
  const host = connection.by === 'identity' ? connection.host : connection.parsed.host;
  return `event hub "${connection.eventHub}" at ${host}`;
}
