/** Streams for tests: events, and publishers with settings that leave no time to waste. */
import { Substream } from '../../src/engine/substream.ts';
import { parseConnectionString } from '../../src/sinks/event-hubs/connection-string.ts';
import type { Connection } from '../../src/sinks/event-hubs/connection.ts';
import type { OutgoingEvent } from '../../src/envelopes/outgoing-event.ts';
import {
  Publisher,
  type PublisherOptions,
  type PublisherSettings,
} from '../../src/delivery/publisher.ts';

const TYPES = ['receipt_created', 'ble_ping_detected', 'truck_arrived'];

/** The event at a place of the stream; always the same. */
export function eventAt(region: number, sequence: number, keys = 7, padding = 0): OutgoingEvent {
  const eventId = `${region}-${sequence}`;
  const body = { event_id: eventId, padding: 'x'.repeat(padding) };
  return {
    eventId,
    worldId: '0123456789abcdef',
    eventType: TYPES[sequence % TYPES.length],
    partitionKey: `key-${region}-${(sequence * 31) % keys}`,
    eventMs: 1_700_000_000_000 + sequence,
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** Retries fast, opens the breaker late. */
const QUICK: PublisherSettings = {
  maxBatchEvents: 16,
  batchTimeoutMs: 5,
  maxBufferEvents: 200,
  backoff: { firstMs: 2, multiplier: 2, longestMs: 20, retriesPerRound: 3 },
  throttle: { firstMs: 5, multiplier: 2, longestMs: 20, retriesPerRound: 3 },
  breaker: { failureThreshold: 3, firstWaitMs: 30, longestWaitMs: 30 },
  closeTimeoutMs: 500,
};

type Essentials = Pick<PublisherOptions, 'sink' | 'partitions' | 'memory'>;

export function quickPublisher(
  options: Essentials & Partial<Omit<PublisherOptions, 'settings'>>,
  settings: Partial<PublisherSettings> = {},
): Publisher {
  return new Publisher({
    deadLetters: undefined,
    random: Substream.of(7, 7),
    ...options,
    settings: { ...QUICK, ...settings },
  });
}

/** Offers events one by one, waiting for room as a caller must. */
export async function offerAll(
  publisher: Publisher,
  events: Iterable<readonly [OutgoingEvent, region: number, sequence: number]>,
): Promise<void> {
  for (const [event, region, sequence] of events) {
    const room = publisher.offer(event, region, sequence);
    if (room !== true) await room;
  }
}

/** `count` events of each region, in turn, as the simulation brings them. */
export function* events(
  regions: number,
  count: number,
  make = eventAt,
): Generator<readonly [OutgoingEvent, number, number]> {
  for (let sequence = 0; sequence < count; sequence++) {
    for (let region = 0; region < regions; region++) {
      yield [make(region, sequence), region, sequence];
    }
  }
}

/** The connection of a string; `retail-events` if it names no event hub. */
export function connectionTo(text: string): Connection {
  const parsed = parseConnectionString(text, 'the test');
  const eventHub = parsed.entity ?? 'retail-events';
  return { by: 'connection-string', parsed, eventHub, origin: 'the test' };
}
