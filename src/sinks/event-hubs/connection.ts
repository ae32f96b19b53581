/** Where events go, and how one gets in. */
import type { TokenCredential } from '@azure/identity';
import type { ConnectionString } from './connection-string.ts';

/** By a connection string, or by the identity of whoever runs this. */
export type Connection =
  | {
      readonly by: 'connection-string';
      readonly parsed: ConnectionString;
      readonly eventHub: string;
      /** Where it was found, in words. */
      readonly origin: string;
    }
  | {
      readonly by: 'identity';
      /** Host name of the namespace, such as `shop.servicebus.windows.net`. */
      readonly host: string;
      readonly eventHub: string;
      readonly origin: string;
      /** Makes the credential; loaded when it is needed. */
      readonly credential: () => Promise<TokenCredential>;
    };

/** Names a connection in messages. */
export function connectionName(connection: Connection): string {
  const host = connection.by === 'identity' ? connection.host : connection.parsed.host;
  return `event hub "${connection.eventHub}" at ${host}`;
}
