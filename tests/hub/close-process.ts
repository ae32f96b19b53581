/** A process with a hub in every state a hub can be in, which then must end by itself. */
import rhea from 'rhea';
import { startHub } from '../../src/hub/hub.ts';

const hub = await startHub({ port: 0, healthPort: 0 });
// A raw client that asks for heartbeats, so that the hub has timers of its own for it.
const connection = rhea.create_container().connect({
  host: '127.0.0.1',
  port: hub.port,
  username: 'anyone',
  idle_time_out: 60_000,
  reconnect: false,
});
connection.on('disconnected', () => {});
connection.on('connection_error', () => {});
const sender = connection.open_sender('retail-events/Partitions/0');
connection.open_receiver('retail-events/ConsumerGroups/tail/Partitions/0');
await new Promise((resolve) => sender.once('sendable', resolve));
sender.send({ body: 'plain' });
await new Promise((resolve) => sender.once('accepted', resolve));
// The partition is silent, with a batch waiting, and an outage has begun.
hub.faults.next({ kind: 'silence', forMs: 600_000 });
sender.send({ body: 'never answered' });
await new Promise((resolve) => setTimeout(resolve, 50));
const outage = hub.outage(600_000);
await Promise.all([hub.close(), hub.close(), outage]);
process.stdout.write('closed\n');
