/** Prints events, one in a line, and waits for a slow reader. */
import type { Writable } from 'node:stream';
import { reasonOf } from '../../domain/errors.ts';
import { linesOf, MAX_LINES_BYTES } from '../../delivery/lines.ts';
import type { OutgoingEvent } from '../../envelopes/outgoing-event.ts';
import {
  countDelivered,
  DeliveryFailure,
  notOpen,
  type StreamSink,
} from '../../delivery/stream-sink.ts';

/** @param output stdout by default */
export function stdoutSink(output: Writable = process.stdout): StreamSink {
  const delivered = { events: 0, bytes: 0 };
  let isOpen = false;
  return {
    name: 'stdout',
    maxBatchBytes: MAX_LINES_BYTES,
    delivered,
    open: async () => {
      isOpen = true;
      // One partition, so that a reader gets the events in order of time.
      return 1;
    },
    partitionOf: () => 0,
    sizeOf: ({ body }: OutgoingEvent) => body.length + 1,
    async send(_partition, batch) {
      if (!isOpen) throw notOpen('stdout');
      if (batch.length === 0) return;
      await written(output, linesOf(batch));
      countDelivered(delivered, batch);
    },
    close: async () => {
      isOpen = false;
    },
  };
}

function written(output: Writable, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    output.write(bytes, (error) => {
      if (error === null || error === undefined) resolve();
      // A reader that has closed the pipe (`| head`) does not return.
      else reject(new DeliveryFailure('stopped', `Cannot print events: ${reasonOf(error)}`));
    });
  });
}
