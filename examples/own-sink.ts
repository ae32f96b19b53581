/** A stream into a sink of one's own: `startStream` with a `StreamSink`. */
import { generate, startStream } from 'synthetic-retail';
import { countDelivered, partitionOfKey, type StreamSink } from 'synthetic-retail/sink';
import { TINY, temporaryFolder } from './tiny-world.ts';

/** Counts events by their type. A sink of the real world would send them somewhere, and wait for the answer. */
function countingSink(counts: Map<string, number>): StreamSink {
  const delivered = { events: 0, bytes: 0 };
  return {
    name: 'counting',
    maxBatchBytes: 1_000_000,
    delivered,
    open: () => Promise.resolve(4),
    partitionOf: (key) => partitionOfKey(key, 4),
    sizeOf: ({ body }) => body.length,
    send: (_partition, batch) => {
      for (const { body } of batch) {
        const { event_type: type } = JSON.parse(new TextDecoder().decode(body));
        counts.set(type, (counts.get(type) ?? 0) + 1);
      }
      countDelivered(delivered, batch);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}

const { folder, remove } = temporaryFolder();
await generate(TINY, { out: folder, from: '2024-01-01', days: 1 });

const counts = new Map<string, number>();
const stream = await startStream(TINY, {
  out: folder,
  sink: countingSink(counts),
  speed: Number.POSITIVE_INFINITY,
  to: '2024-01-02T18:00:00Z',
  types: ['receipt_created', 'payment_processed', 'store_opened'],
});
const { settled } = await stream.ended;
console.log(settled ? 'everything is delivered' : 'some events are pending');
for (const [type, count] of [...counts].sort()) console.log(`${type}: ${count}`);
remove();
