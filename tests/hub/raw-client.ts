/** A client in plain AMQP, without anything that Microsoft's clients do. */
import { once } from 'node:events';
import rhea, { type Connection } from 'rhea';
import { onTestFinished } from 'vitest';
import type { Hub } from '../../src/hub/hub.ts';

/** A connection to a hub that is open; it ends with the test, and errors are the test's to look for. */
export async function connected(hub: Hub, options: object = {}): Promise<Connection> {
  const connection = rhea.create_container().connect({
    host: '127.0.0.1',
    port: hub.port,
    username: 'anyone',
    reconnect: false,
    ...options,
  });
  for (const event of ['disconnected', 'connection_error', 'sender_error', 'receiver_error']) {
    connection.on(event, () => {});
  }
  onTestFinished(() => void connection.close());
  await once(connection, 'connection_open');
  return connection;
}
