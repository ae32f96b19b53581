/**
 * Events per second through the publisher, journal included: into an embedded hub in the same process,
 * over a real socket and with the real SDK, and into a sink that forgets. `npm run bench:stream`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Substream } from '../../src/engine/substream.ts';
import { startHub } from '../../src/hub/hub.ts';
import { blackholeSink } from '../../src/sinks/stream/blackhole.ts';
import { parseConnectionString } from '../../src/sinks/stream/connection-string.ts';
import { EventHubsSink } from '../../src/sinks/stream/event-hubs.ts';
import { openJournal } from '../../src/sinks/stream/journal.ts';
import type { OutgoingEvent } from '../../src/sinks/stream/outgoing-event.ts';
import { Publisher } from '../../src/sinks/stream/publisher.ts';
import type { StreamSink } from '../../src/sinks/stream/stream-sink.ts';

const EVENTS = 300_000;
const ROUNDS = 5;
const BODY_BYTES = 560;
const REGIONS = 5;
const KEYS = 100;
const TYPES = ['receipt_created', 'receipt_line_added', 'ble_ping_detected', 'inventory_updated'];

const folder = mkdtempSync(path.join(tmpdir(), 'stream-bench-'));
const hub = await startHub({ port: 0, retentionBytes: 8 << 20 });
const eventHub = 'retail-events';
const parsed = parseConnectionString(hub.connectionString(eventHub), 'the bench');
const connection = { by: 'connection-string', parsed, eventHub, origin: 'the bench' } as const;

const rates: Record<string, number[]> = { 'embedded hub': [], blackhole: [] };
for (let round = 0; round < ROUNDS; round++) {
  // In turn, so that what else the machine does meets both.
  const hubSink = new EventHubsSink({ connection, sendTimeoutMs: 10_000 });
  rates['embedded hub'].push(await eventsPerSecond(hubSink, `hub-${round}`));
  rates.blackhole.push(await eventsPerSecond(blackholeSink(), `blackhole-${round}`));
}
await hub.close();
rmSync(folder, { recursive: true });

const runtime = 'deno' in process.versions ? `Deno ${process.versions.deno}` : process.version;
for (const [name, all] of Object.entries(rates)) {
  const sorted = [...all].sort((a, b) => a - b);
  const [least, median, most] = [sorted[0], sorted[ROUNDS >> 1], sorted[ROUNDS - 1]].map((rate) =>
    Math.round(rate).toLocaleString('en'),
  );
  process.stdout.write(
    `${runtime}  ${name.padEnd(13)} ${median} events/s (${least} to ${most}), ${BODY_BYTES} bytes each\n`,
  );
}

async function eventsPerSecond(sink: StreamSink, name: string): Promise<number> {
  const partitions = await sink.open();
  const memory = openJournal(path.join(folder, `${name}.journal`), { base: name, partitions });
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
      breaker: { failureThreshold: 5, recoveryMs: 60_000 },
      closeTimeoutMs: 2_000,
    },
  });
  const startedMs = performance.now();
  for (let sequence = 0; sequence < EVENTS; sequence++) {
    const room = publisher.offer(
      eventOf(sequence),
      sequence % REGIONS,
      Math.floor(sequence / REGIONS),
    );
    if (room !== true) await room;
  }
  await publisher.flush();
  const seconds = (performance.now() - startedMs) / 1_000;
  await publisher.close();
  return EVENTS / seconds;
}

function eventOf(sequence: number): OutgoingEvent {
  const body = Buffer.allocUnsafe(BODY_BYTES).fill(0x20);
  body.write(`{"sequence":${sequence}}`);
  return {
    eventId: `event-${sequence}`,
    eventType: TYPES[sequence % TYPES.length],
    partitionKey: `S${sequence % KEYS}`,
    eventMs: sequence,
    body,
  };
}
