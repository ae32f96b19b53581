/**
 * A sink as a user writes one: events go into a file for each partition, the keys divided by its own rule. It refuses
 * events of the types in its file `refuses`, and loses its answers while there is a file `silent`.
 */
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import {
  countDelivered,
  DeliveryFailure,
  notOpen,
  type StreamSink,
} from '../../../src/delivery/stream-sink.ts';
import { InputError } from '../../../src/domain/errors.ts';
import type { StreamSinkKind } from '../../../src/sinks/stream-sink-kind.ts';

const FOLDER = 'shelf';
const SETTINGS = z.strictObject({
  /** Where it is; in the world's folder by default. */
  place: z.string({ error: 'the path of a folder' }).optional(),
  partitions: z
    .int({ error: 'a whole number from 1' })
    .min(1, { error: 'a whole number from 1' })
    .default(3),
  key: z.string({ error: 'a text' }).max(8, { error: 'at most 8 letters' }).optional(),
});
type Settings = z.infer<typeof SETTINGS>;

/** File of a partition. */
export function shelfFile(folder: string, partition: number): string {
  return path.join(folder, FOLDER, `${partition}.txt`);
}

/** File with the types of events that are refused, a line each. */
export function refusesFile(folder: string): string {
  return path.join(folder, FOLDER, 'refuses');
}

/** While it is there, batches are stored and nobody hears of it. */
export function silentFile(folder: string): string {
  return path.join(folder, FOLDER, 'silent');
}

export function shelfSink(folder: string, partitions = 3): StreamSink {
  const delivered = { events: 0, bytes: 0 };
  let isOpen = false;
  return {
    name: 'shelf',
    maxBatchBytes: 1 << 20,
    delivered,
    async open() {
      if (fs.existsSync(path.join(folder, 'gone'))) {
        throw new InputError(`Cannot reach the shelf "${folder}": it is gone; put it back`);
      }
      fs.mkdirSync(path.join(folder, FOLDER), { recursive: true });
      isOpen = true;
      return partitions;
    },
    partitionOf: (key) =>
      [...key].reduce((sum, { length }, at) => sum + length + key.charCodeAt(at), 0) % partitions,
    sizeOf: ({ body }) => body.length + 1,
    async send(partition, batch) {
      if (!isOpen) throw notOpen('shelf');
      const refused = fs.existsSync(refusesFile(folder))
        ? fs.readFileSync(refusesFile(folder), 'utf8').split('\n')
        : [];
      if (batch.some(({ eventType }) => refused.includes(eventType))) {
        throw new DeliveryFailure('rejected', 'the shelf takes no such event');
      }
      const lines = batch.map(({ body }) => `${body.toString()}\n`);
      await fs.promises.appendFile(shelfFile(folder, partition), lines.join(''));
      if (fs.existsSync(silentFile(folder))) {
        throw new DeliveryFailure('unknown', 'the shelf did not answer');
      }
      countDelivered(delivered, batch);
    },
    async close() {
      isOpen = false;
    },
  };
}

export const shelf: StreamSinkKind<Settings> = {
  name: 'shelf',
  about: 'onto a shelf, a file for each partition',
  settings: SETTINGS,
  secrets: ['key'],
  isOwnFile: ([folder, name = '', ...more]) =>
    folder === FOLDER && more.length === 0 && /^(\d+\.txt|refuses|silent)$/.test(name),
  connections: {
    async find({ settings: { place, partitions } }) {
      if (place === undefined) return undefined;
      return { facts: { topShelf: place }, sink: () => shelfSink(place, partitions) };
    },
    missing: 'no shelf is configured; expected sinks.shelf.place',
  },
  target({ folder, settings: { place = folder, partitions } }) {
    const another = () => shelfSink(place, partitions);
    return { sink: another(), about: `the shelf "${place}"`, isOurs: true, another };
  },
};
