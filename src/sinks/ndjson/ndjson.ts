/** Appends events to a file, one in a line; a batch is delivered when it is on disk. */
import fs from 'node:fs';
import { reasonOf } from '../../domain/errors.ts';
import { outputFault } from '../../tables/output-fault.ts';
import { AppendFile, type AppendPort } from '../../delivery/append-file.ts';
import { linesOf, MAX_LINES_BYTES } from '../../delivery/lines.ts';
import type { OutgoingEvent } from '../../envelopes/outgoing-event.ts';
import {
  countDelivered,
  DeliveryFailure,
  notOpen,
  type StreamSink,
} from '../../delivery/stream-sink.ts';
import { repairedSize } from '../../delivery/torn-tail.ts';

/** Name of the file in the folder of a world's stream. */
export const EVENTS_FILE = 'events.ndjson';

/** @param port replaces the file system in tests */
export function ndjsonSink(file: string, port: AppendPort = fs): StreamSink {
  const delivered = { events: 0, bytes: 0 };
  let output: AppendFile | undefined;
  return {
    name: 'ndjson',
    maxBatchBytes: MAX_LINES_BYTES,
    delivered,
    async open() {
      // A line that a crash cut off was not acknowledged, so it is sent again.
      output ??= new AppendFile(file, repairedSize(file), port);
      return 1;
    },
    partitionOf: () => 0,
    sizeOf: ({ body }: OutgoingEvent) => body.length + 1,
    async send(_partition, batch) {
      if (output === undefined) throw notOpen('ndjson');
      if (batch.length === 0) return;
      try {
        output.append(linesOf(batch));
        await output.sync();
      } catch (error) {
        const fault = outputFault(file, error);
        throw new DeliveryFailure('stopped', reasonOf(fault), undefined, fault);
      }
      countDelivered(delivered, batch);
    },
    async close() {
      const closing = output;
      output = undefined;
      await closing?.close();
    },
  };
}
