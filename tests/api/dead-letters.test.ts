/** Dead letters through the API, while their stream runs. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Hub, startHub } from '../../src/hub/hub.ts';
import { ENTITY } from '../hub/clients.ts';
import { type SmallWorld, smallWorld } from '../run/small-world.ts';
import { type Client, testClient } from './client.ts';

const PATIENT = { timeout: 60_000, interval: 100 };

let hub: Hub;
let world: SmallWorld;
let client: Client;
beforeAll(async () => {
  hub = await startHub({ port: 0 });
  world = await smallWorld(Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 2, 18));
  const azure_connection_string = hub.connectionString(ENTITY);
  // Batches of one: a refusal is the end of one event.
  const raw = { realtime: { azure_connection_string, max_batch_size: 1 } };
  client = await testClient({ out: world.copy().root, raw });
});
afterAll(async () => {
  await client.close();
  world.remove();
  await hub.close();
});

interface Status {
  ledger: { generated: number; acknowledged: number; deadLettered: number; inFlight: number };
}

it('are sent again through the stream, which counts them as acknowledged then', async () => {
  const start = await client.ask<{ operation_id: string }>('POST', '/api/stream/start', {
    body: { speed: 60 },
  });
  const id = start.body.operation_id;
  await expect.poll(() => hub.stats().incomingEvents, PATIENT).toBeGreaterThan(5);
  for (let count = 0; count < 2; count++) hub.faults.next({ kind: 'refuse' });
  const size = async () =>
    (await client.ask('GET', '/api/stream/dlq/summary')).body.dlq_size as number;
  await expect.poll(size, PATIENT).toBe(2);
  const ledger = async () => (await client.ask<Status>('GET', '/api/stream/status')).body.ledger;
  await expect.poll(async () => (await ledger()).deadLettered, PATIENT).toBe(2);
  const retry = await client.ask('POST', '/api/stream/dlq/retry');
  expect(retry.status, retry.text).toBe(200);
  expect(retry.body.operation_id).toBe(id);
  expect(String(retry.body.message)).toMatch(
    /2 dead letters are delivered, 0 were refused again and kept|again/,
  );
  await expect.poll(size, PATIENT).toBe(0);
  await expect.poll(async () => (await ledger()).deadLettered, PATIENT).toBe(0);
  const { generated, acknowledged, deadLettered, inFlight } = await ledger();
  expect(generated).toBe(acknowledged + deadLettered + inFlight);
  await client.ask('POST', '/api/stream/stop');
  expect((await client.over(id)).message).toContain('everything is delivered');
});
