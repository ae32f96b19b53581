/** The Event Hubs sink at its limits, and its recovery. */
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { EventHubsSink } from '../../../src/sinks/event-hubs/event-hubs.ts';
import type { OutgoingEvent } from '../../../src/envelopes/outgoing-event.ts';
import { ENTITY, stored, testHub } from '../../hub/clients.ts';
import { connectionTo, eventAt } from '../../delivery/fixtures.ts';

async function openSink(sendTimeoutMs = 1_000) {
  const hub = await testHub();
  const connection = connectionTo(hub.connectionString(ENTITY));
  const sink = new EventHubsSink({ connection, sendTimeoutMs });
  await sink.open();
  return { hub, sink };
}

/** An event that takes so many bytes of a batch. */
function eventOf(sink: EventHubsSink, bytes: number): OutgoingEvent {
  const small = eventAt(0, 0);
  const padding = bytes - sink.sizeOf({ ...small, body: Buffer.alloc(1_000) }) + 1_000;
  return { ...small, body: Buffer.alloc(padding, 'x') };
}

it('takes an event of the largest size, and the service refuses a byte more', async () => {
  const { hub, sink } = await openSink(5_000);
  const largest = eventOf(sink, sink.maxBatchBytes);
  expect(sink.sizeOf(largest)).toBe(sink.maxBatchBytes);
  await sink.send(0, [largest]);
  const larger = eventOf(sink, sink.maxBatchBytes + 1);
  await expect(sink.send(0, [larger])).rejects.toMatchObject({ kind: 'oversized' });
  // A refusal is an answer: the connection is as good as before.
  await sink.send(0, [eventAt(0, 1)]);
  expect(hub.stats().incomingEvents).toBe(2);
  expect(sink.connections).toBe(2);
  await sink.close();
});

it.each([
  ['busy', 'busy', 0],
  ['drop-before-store', 'unknown', 1],
  ['drop-after-store', 'unknown', 1],
] as const)('%s is a failure of kind %s, and costs %i clients', async (fault, kind, clients) => {
  const { hub, sink } = await openSink(fault === 'busy' ? 30_000 : 1_000);
  await sink.send(0, [eventAt(0, 0)]);
  const before = sink.connections;
  hub.faults.next({ kind: fault });
  await expect(sink.send(0, [eventAt(0, 1)])).rejects.toMatchObject({ kind });
  await sink.send(0, [eventAt(0, 2)]);
  expect(sink.connections - before).toBe(clients);
  expect(sink.delivered.events).toBe(2);
  expect(stored(hub)).toHaveLength(fault === 'drop-after-store' ? 3 : 2);
  await sink.close();
});

it('a silent partition does not disturb the others', async () => {
  const { hub, sink } = await openSink(1_000);
  await Promise.all([0, 1].map((partition) => sink.send(partition, [eventAt(0, partition)])));
  hub.faults.next(0, { kind: 'silence', forMs: 1_500 });
  const silent = expect(sink.send(0, [eventAt(0, 2)])).rejects.toMatchObject({ kind: 'unknown' });
  for (let sequence = 3; sequence < 20; sequence++) {
    await sink.send(1, [eventAt(0, sequence)]);
    await sleep(50);
  }
  await silent;
  await sleep(700);
  await sink.send(0, [eventAt(0, 2)]);
  expect(stored(hub, 1)).toHaveLength(18);
  await sink.close();
});

it('closes soon, though the connection is lost', async () => {
  const { hub, sink } = await openSink();
  await sink.send(0, [eventAt(0, 0)]);
  await hub.close();
  const startedMs = performance.now();
  await sink.close();
  expect(performance.now() - startedMs).toBeLessThan(3_000);
});

it('closes the connection to a peer that does not answer the close frame', async () => {
  const hub = await testHub();
  let isMute = false;
  let open = 0;
  const relay = net.createServer((client) => {
    open++;
    client.on('close', () => open--).on('error', () => {});
    const service = net.connect(hub.port, '127.0.0.1').on('error', () => {});
    client.on('data', (bytes) => void (isMute || service.write(bytes)));
    service.on('data', (bytes) => void (isMute || client.write(bytes)));
    client.on('close', () => service.destroy());
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  const { port } = relay.address() as net.AddressInfo;
  const connection = connectionTo(hub.connectionString(ENTITY).replace(`:${hub.port}`, `:${port}`));
  const sink = new EventHubsSink({ connection, sendTimeoutMs: 1_000 });
  await sink.open();
  await sink.send(0, [eventAt(0, 0)]);
  expect(open).toBeGreaterThan(0);
  isMute = true;
  await sink.close();
  await expect.poll(() => open, { timeout: 10_000 }).toBe(0);
  relay.close();
});
