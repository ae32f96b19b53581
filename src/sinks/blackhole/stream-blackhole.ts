/** Counts events and discards them: measures a stream without transport. */
import type { OutgoingEvent } from '../../envelopes/outgoing-event.ts';
import { partitionOfKey } from '../../hub/partition-key.ts';
import { countDelivered, notOpen, type StreamSink } from '../../delivery/stream-sink.ts';

/** @param partitions number of partitions; keys are divided among them like in an event hub */
export function blackholeSink(partitions = 8): StreamSink {
  const delivered = { events: 0, bytes: 0 };
  let isOpen = false;
  return {
    name: 'blackhole',
    maxBatchBytes: Number.MAX_SAFE_INTEGER,
    delivered,
    open: async () => {
      isOpen = true;
      return partitions;
    },
    partitionOf: (key) => partitionOfKey(key, partitions),
    sizeOf: ({ body }: OutgoingEvent) => body.length,
    send: async (_partition, batch) => {
      if (!isOpen) throw notOpen('blackhole');
      countDelivered(delivered, batch);
    },
    close: async () => {
      isOpen = false;
    },
  };
}
