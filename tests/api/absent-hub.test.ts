/** A stream through the API whose event hub is not available. */
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SmallWorld, smallWorld } from '../run/small-world.ts';
import { type Client, testClient } from './client.ts';

let world: SmallWorld;
let client: Client;
beforeAll(async () => {
  world = await smallWorld(Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 1, 6));
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const text = `Endpoint=sb://localhost:${port};SharedAccessKeyName=send;SharedAccessKey=c2VjcmV0a2V5;UseDevelopmentEmulator=true`;
  client = await testClient({
    out: world.copy().root,
    raw: { realtime: { azure_connection_string: text } },
  });
});
afterAll(async () => {
  await client.close();
  world.remove();
});

const start = async (body: object) => {
  const answer = await client.ask<{ operation_id: string }>('POST', '/api/stream/start', { body });
  expect(answer.status, answer.text).toBe(200);
  return answer.body.operation_id;
};
const status = async () => (await client.ask('GET', '/api/stream/status')).body;

it('waits, says why, and stops on request', async () => {
  const id = await start({});
  await expect.poll(async () => (await status()).status, { timeout: 60_000 }).toBe('waiting');
  expect((await status()).waiting_for).toMatch(/Cannot reach event hub .*ECONNREFUSED/);
  expect((await client.ask('POST', '/api/stream/stop')).status).toBe(200);
  const view = await client.over(id);
  expect(view).toMatchObject({
    status: 'cancelled',
    message: 'Stopped before the event hub was available; nothing was streamed.',
  });
  expect(await status()).toMatchObject({ status: 'stopped', waiting_for: null });
});

it.each([{ fail_fast: true }, { duration_minutes: 0.02 }])('fails with %j', async (body) => {
  const view = await client.over(await start(body));
  expect(view).toMatchObject({
    status: 'failed',
    error_message: expect.stringMatching(/Cannot reach event hub .*ECONNREFUSED/),
  });
});
