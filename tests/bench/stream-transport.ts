/** Made-up events through the publisher, journal included: what the transport takes by itself. */
import path from 'node:path';
import { Substream } from '../../src/engine/substream.ts';
import { startHub } from '../../src/hub/hub.ts';
import { blackholeSink } from '../../src/sinks/blackhole/stream-blackhole.ts';
import { parseConnectionString } from '../../src/sinks/event-hubs/connection-string.ts';
import { EventHubsSink } from '../../src/sinks/event-hubs/event-hubs.ts';
import { openJournal } from '../../src/delivery/journal-access.ts';
import type { OutgoingEvent } from '../../src/envelopes/outgoing-event.ts';
import { Publisher } from '../../src/delivery/publisher.ts';
import { cpuUs } from './harness.ts';
import type { StreamCase, StreamFigures } from './stream-case.ts';

const BODY_BYTES = 560;
const REGIONS = 5;
const KEYS = 100;
const TYPES = ['receipt_created', 'receipt_line_added', 'ble_ping_detected', 'inventory_updated'];

export async function transport(given: StreamCase, folder: string): Promise<StreamFigures> {
  const hub = await startHub({ port: 0, retentionBytes: 8 << 20 });
  try {
    return await intoSink(given, folder, hub.connectionString());
  } finally {
    await hub.close();
  }
}

async function intoSink(
  { sink: name, warmUpEvents, events }: StreamCase,
  folder: string,
  connectionString: string,
): Promise<StreamFigures> {
  const eventHub = 'retail-events';
  const parsed = parseConnectionString(connectionString, 'the bench');
  const connection = { by: 'connection-string', parsed, eventHub, origin: 'the bench' } as const;
  const sink =
    name === 'blackhole'
      ? blackholeSink()
      : new EventHubsSink({ connection, sendTimeoutMs: 10_000 });
  const partitions = await sink.open();
  const memory = openJournal(path.join(folder, 'bench.journal'), { base: 'bench', partitions });
  const publisher = new Publisher({
    sink,
    partitions,
    memory,
    deadLetters: undefined,
    random: Substream.of(1, 1),
    settings: {
      maxBatchEvents: 256,
      batchTimeoutMs: 1_000,
      maxBufferEvents: 10_000,
      backoff: { firstMs: 100, multiplier: 2, longestMs: 30_000, retriesPerRound: 3 },
      throttle: { firstMs: 1_000, multiplier: 2, longestMs: 10_000, retriesPerRound: 8 },
      breaker: { failureThreshold: 5, firstWaitMs: 5_000, longestWaitMs: 60_000 },
      closeTimeoutMs: 2_000,
    },
  });
  let sequence = 0;
  const publish = async (most: number) => {
    for (; sequence < most; sequence++) {
      const place = Math.floor(sequence / REGIONS);
      const room = publisher.offer(eventOf(sequence), sequence % REGIONS, place);
      if (room !== true) await room;
    }
    await publisher.flush();
    return { wallMs: performance.now(), cpuUs: cpuUs() };
  };
  const warm = await publish(warmUpEvents);
  const end = await publish(warmUpEvents + events);
  const { lastBatches } = publisher.status();
  await publisher.close();
  return {
    events,
    seconds: (end.wallMs - warm.wallMs) / 1e3,
    cpuSeconds: (end.cpuUs - warm.cpuUs) / 1e6,
    batchEvents: lastBatches.reduce((sum, size) => sum + size, 0) / lastBatches.length,
  };
}

function eventOf(sequence: number): OutgoingEvent {
  const body = Buffer.allocUnsafe(BODY_BYTES).fill(0x20);
  body.write(`{"sequence":${sequence}}`);
  return {
    eventId: `event-${sequence}`,
    worldId: '0123456789abcdef',
    eventType: TYPES[sequence % TYPES.length],
    partitionKey: `S${sequence % KEYS}`,
    eventMs: sequence,
    body,
  };
}
