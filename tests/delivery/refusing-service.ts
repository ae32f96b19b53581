/** A service that lets nobody in: it refuses every token, as Event Hubs does for a wrong key. */
import type { AddressInfo } from 'node:net';
import rhea, { type EventContext, type Sender } from 'rhea';
import { onTestFinished } from 'vitest';

/** Its port. */
export async function refusingService(reason: string): Promise<number> {
  const container = rhea.create_container();
  const sockets = new Set<{ destroy(): void }>();
  container.on('sender_open', ({ sender }: EventContext) => {
    if (sender === undefined) return;
    const { address } = sender.source ?? {};
    sender.set_source({ address });
  });
  container.on('message', ({ connection, message }: EventContext) => {
    if (message === undefined) return;
    const replies = Object.values(
      (connection as unknown as { local_channel_map: Record<string, { links: object }> })
        .local_channel_map,
    ).flatMap(({ links }) => Object.values(links)) as Sender[];
    const reply = replies.find((link) => 'send' in link && link.is_open());
    reply?.send({
      correlation_id: message.message_id,
      application_properties: {
        'status-code': rhea.types.wrap_int(401),
        'status-description': reason,
      },
      body: undefined,
    });
  });
  const server = container.listen({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.once('listening', () => resolve()));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}
