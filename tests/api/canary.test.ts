/** A key in config and environment is not shown by any route. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { CONNECTION_VARIABLE } from '../../src/sinks/event-hubs/credentials.ts';
import { testClient } from './client.ts';

const KEY = 'canaryKey0123456789+/canary==';
const OTHER = 'otherCanary9876543210+/other==';
const TOKEN = 'canary-token-of-good-length';
/** A port of this machine on which nothing listens. */
const text = (key: string) =>
  `Endpoint=sb://localhost:9;SharedAccessKeyName=send;SharedAccessKey=${key};UseDevelopmentEmulator=true;EntityPath=retail-events`;

it('no route, problem, page or file of the world shows a key', async () => {
  vi.stubEnv(CONNECTION_VARIABLE, text(OTHER));
  const client = await testClient({
    token: TOKEN,
    raw: { realtime: { azure_connection_string: text(KEY), send_timeout_ms: 500 } },
  });
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await client.close();
  });
  const headers = { authorization: `Bearer ${TOKEN}` };
  let said = '';
  const ask = async (method: string, url: string, body?: unknown) => {
    const answer = await client.ask(method, url, { headers, ...(body !== undefined && { body }) });
    said += answer.text + JSON.stringify([...answer.headers]);
    return answer;
  };
  for (const { method, path: url } of client.openApi.operations) {
    if (method === 'GET' && url !== '/api/live') await ask(method, url.replaceAll(/\{\w+\}/g, '1'));
  }
  await ask('PUT', '/api/config', { realtime: { azure_connection_string: 7 } });
  await ask('PUT', '/api/config', { realtime: { azure_connection_string: text(KEY), burst: -1 } });
  await ask('POST', '/api/config/validate', { realtime: { azure_connection_string: [text(KEY)] } });
  await ask('POST', '/api/stream/validate-connection', { connection_string: text(KEY) });
  await ask('POST', '/api/stream/validate-connection', { connection_string: `${text(KEY)};x=` });
  await ask('POST', '/api/stream/validate-connection', { connection_string: text(KEY).slice(9) });
  const tested = await ask('POST', '/api/stream/test', { connection_string: text(KEY) });
  expect(tested.body.success).toBe(false);
  expect((await ask('POST', '/api/stream/test')).body.success).toBe(false);
  await ask('POST', '/api/session', { token: `${TOKEN}x` });
  for (const field of ['azure_namespace', 'keyvault_url', 'keyvault_secret_name']) {
    await ask('PUT', '/api/config', { realtime: { [field]: text(KEY) } });
    await ask('POST', '/api/config/validate', { realtime: { [field]: [text(KEY)] } });
  }
  await ask('PUT', '/api/config', { stream: { hub: text(KEY) }, [text(KEY)]: 1 });
  await ask('PUT', '/api/stream/config', { hub: text(KEY), [text(KEY)]: 1 });
  await ask('PUT', '/api/stream/config', { azure_connection_string: `${text(KEY)} ` });
  const retry = await ask('POST', '/api/stream/dlq/retry');
  const task = `/api/tasks/${retry.body.operation_id}/status`;
  while ((await ask('GET', task)).body.finished_at === null) await sleep(20);
  await ask('GET', '/api/tasks/active');
  await ask('GET', '/metrics');
  for (const secret of [KEY, OTHER, TOKEN, encodeURIComponent(KEY)]) {
    expect(said.includes(secret)).toBe(false);
  }
  // The file that the user wrote it into has it, and no other.
  const { settings } = client.control.services;
  expect(readFileSync(settings.file, 'utf8')).toContain(KEY);
  expect(JSON.stringify(client.faults.map((fault) => fault.stack))).not.toContain('anary');
});
