/**
 * A stream over the wire to a hub in this process, and a client of Azure Event Hubs that reads it: `startHub` and
 * `startStream`. With the connection string of a real namespace the same code goes to Azure.
 */
import { EventHubConsumerClient, earliestEventPosition } from '@azure/event-hubs';
import { generate, startStream } from 'synthetic-retail';
import { startHub } from 'synthetic-retail/hub';
import { TINY, temporaryFolder } from './tiny-world.ts';

const { folder, remove } = temporaryFolder();
await generate(TINY, { out: folder, from: '2024-01-01', days: 1 });

const hub = await startHub({ port: 0 });
const connectionString = hub.connectionString();
const world = { ...TINY, realtime: { azure_connection_string: connectionString } };
const stream = await startStream(world, {
  out: folder,
  speed: Number.POSITIVE_INFINITY,
  to: '2024-01-02T15:00:00Z',
  types: ['store_opened', 'receipt_created'],
});
await stream.ended;
const { acknowledged } = stream.status().total;

const received = new Map<string, number>();
const client = new EventHubConsumerClient('$Default', connectionString, 'retail-events');
await new Promise<void>((resolve, reject) => {
  let left = acknowledged;
  client.subscribe(
    {
      processEvents: async (events) => {
        for (const { body } of events) {
          received.set(body.event_type, (received.get(body.event_type) ?? 0) + 1);
        }
        left -= events.length;
        if (left === 0) resolve();
      },
      processError: async (error) => reject(error),
    },
    { startPosition: earliestEventPosition },
  );
});
console.log(`${acknowledged} events acknowledged`);
for (const [type, count] of [...received].sort()) console.log(`${type}: ${count} received`);

await client.close();
await hub.close();
remove();
