/** How soon a stream delivers again after an outage, with the default settings. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { publisherSettings } from '../../src/stream/publisher-settings.ts';
import { EventHubsSink } from '../../src/sinks/event-hubs/event-hubs.ts';
import { briefMemory } from '../../src/delivery/stream-memory.ts';
import { configOf } from '../../src/world/config.ts';
import { DEFAULT_ENTITY } from '../../src/hub/hub.ts';
import { testHub } from '../hub/clients.ts';
import { connectionTo, eventAt, quickPublisher } from './fixtures.ts';

const OUTAGE_MS = 10_000;
const PATIENT = { timeout: 60_000, interval: 50 };

it('within ten seconds after an outage of ten', { timeout: 90_000 }, async () => {
  // A single partition fails slowly: its own waits count, and not only the breaker's.
  await Promise.all([1, 8].map(deliversAgain));
});

async function deliversAgain(partitionCount: number): Promise<void> {
  const hub = await testHub({ entities: [{ ...DEFAULT_ENTITY, partitionCount }] });
  const { realtime } = configOf({});
  const sink = new EventHubsSink({
    connection: connectionTo(hub.connectionString(DEFAULT_ENTITY.name)),
    sendTimeoutMs: realtime.send_timeout_ms,
  });
  const publisher = quickPublisher(
    { sink, partitions: await sink.open(), memory: briefMemory() },
    publisherSettings(realtime),
  );
  let sequence = 0;
  const offering = setInterval(() => void publisher.offer(eventAt(0, sequence), 0, sequence++), 20);
  const acknowledged = () => publisher.ledger.total().acknowledged;
  try {
    await expect.poll(acknowledged, PATIENT).toBeGreaterThan(50);
    await hub.outage(OUTAGE_MS);
    const backMs = performance.now();
    const before = acknowledged();
    await expect.poll(acknowledged, PATIENT).toBeGreaterThan(before);
    const resumedMs = performance.now() - backMs;
    // Seven and a half, and what a busy machine adds.
    expect(resumedMs).toBeLessThan(10_000);
    expect(publisher.status().breakerOpenings).toBeGreaterThan(0);
  } finally {
    clearInterval(offering);
    await sleep(0);
    await publisher.flush();
    await publisher.close();
  }
  expect(sink.delivered.events).toBeGreaterThanOrEqual(sequence);
  expect(publisher.ledger.total()).toMatchObject({ acknowledged: sequence, inFlight: 0 });
}
