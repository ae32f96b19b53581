/** The server itself: index, health, version, documentation, metrics. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Client, testClient } from './client.ts';

let client: Client;
beforeAll(async () => {
  client = await testClient();
});
afterAll(() => client.close());

it('says where page, documentation and API are', async () => {
  const { body } = await client.ask('GET', '/api');
  expect(body).toMatchObject({ docs_url: '/docs', live: '/api/live' });
  expect((await client.ask('GET', '/version')).body.version).toMatch(/^\d+\.\d+\.\d+/);
  expect((await client.ask('GET', '/health')).body).toMatchObject({ status: 'healthy' });
});

it('documents every route with a summary and a schema, on OpenAPI 3.1', async () => {
  const { document, operations } = client.openApi;
  expect((document as unknown as { openapi: string }).openapi).toBe('3.1.0');
  expect(operations.length).toBeGreaterThan(50);
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const { summary, tags } = operation as unknown as { summary?: string; tags?: string[] };
      expect(summary, `${method} ${path}`).toMatch(/\.$|\.\W*$/);
      expect(tags, `${method} ${path}`).toHaveLength(1);
    }
  }
});

it('has the routes that scripts know', () => {
  const expected = `
    POST /api/generate/master
    POST /api/generate/master/{table}
    GET /api/generate/master/status
    POST /api/generate/historical
    POST /api/generate/historical/{table}
    GET /api/generate/historical/status
    DELETE /api/generate/cancel/{operation_id}
    GET /api/generation/status
    DELETE /api/generation/clear
    GET /api/generate/historical/default-range
    GET /api/tasks/active
    GET /api/tasks/{operation_id}/status
    GET /api/master/tables
    GET /api/master/{table}
    GET /api/master/{table}/summary
    GET /api/facts/tables
    GET /api/facts/{table}
    GET /api/facts/{table}/recent
    GET /api/facts/{table}/{date}
    GET /api/dashboard/counts
    POST /api/stream/start
    POST /api/stream/stop
    POST /api/stream/pause
    POST /api/stream/resume
    GET /api/stream/status
    GET /api/stream/pause-status
    GET /api/stream/statistics
    GET /api/stream/health
    GET /api/stream/event-types
    GET /api/stream/events/recent
    GET /api/stream/config
    PUT /api/stream/config
    POST /api/stream/test
    POST /api/stream/validate-connection
    GET /api/stream/dlq/summary
    GET /api/stream/dlq/events
    POST /api/stream/dlq/retry
    GET /api/config
    PUT /api/config
    POST /api/config/reset
    POST /api/config/validate
    POST /api/disruption/create
    GET /api/disruption/list
    DELETE /api/disruption/{disruption_id}
    POST /api/disruption/clear-all
    GET /api/scenarios
    GET /api
    GET /health
    GET /version
    GET /metrics
    GET /api/live`;
  const known = client.openApi.operations.map(({ method, path }) => `${method} ${path}`);
  const missing = expected
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .filter((route) => !known.includes(route));
  expect(missing).toEqual([]);
});

it('shows the reference as a page that loads nothing from elsewhere', async () => {
  const page = await client.control.app.request('/docs', { headers: { host: 'localhost' } });
  const html = await page.text();
  for (const { path } of client.openApi.operations) expect(html).toContain(path);
  expect(html).not.toMatch(/<script|style=|https?:\/\//);
  const css = await client.control.app.request('/docs.css', { headers: { host: 'localhost' } });
  expect(css.headers.get('content-type')).toContain('text/css');
});

it('has metrics for Prometheus', async () => {
  const { text, headers } = await client.ask('GET', '/metrics');
  expect(headers.get('content-type')).toContain('text/plain');
  for (const name of [
    'sim_resident_memory_bytes',
    'sim_simulated_time_seconds',
    'sim_stream_breaker_state{state="open"} 0',
    'sim_stream_events{state="acknowledged"} 0',
    'sim_table_rows{table="receipts"} 0',
  ]) {
    expect(text).toContain(name);
  }
});

it('has metrics of the server although the world is damaged', async () => {
  const damaged = await testClient();
  const checkpoint = path.join(damaged.root, 'checkpoint');
  mkdirSync(checkpoint, { recursive: true });
  writeFileSync(path.join(checkpoint, 'manifest.json'), '{');
  const { status, text } = await damaged.ask('GET', '/metrics');
  expect(status).toBe(200);
  expect(text).toContain('sim_resident_memory_bytes');
  await damaged.close();
});

it('an unknown path is a problem', async () => {
  for (const [method, url] of [
    ['GET', '/nothing'],
    ['GET', '/api/nothing'],
    ['POST', '/api/nothing'],
    ['GET', '/%2e%2e/%2e%2e/etc/passwd'],
    ['GET', '/..%2f..%2fpackage.json'],
  ]) {
    const response = await client.control.app.request(url, {
      method,
      headers: { host: 'localhost' },
    });
    expect(response.status, url).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  }
});

it.each([
  ['POST', '/api/config', 'GET, HEAD, PUT'],
  ['PATCH', '/health', 'GET, HEAD'],
  ['OPTIONS', '/api/config', 'GET, HEAD, PUT'],
  ['GET', '/api/stream/start', 'POST'],
  ['DELETE', '/api/facts/receipts/2024-01-01', 'GET, HEAD'],
  ['POST', '/docs', 'GET, HEAD'],
])('another method than there is: %s %s', async (method, url, allow) => {
  const headers = { host: 'localhost' };
  const response = await client.control.app.request(url, { method, headers });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe(allow);
  expect(await response.json()).toMatchObject({ status: 405 });
});

it('documents how the token is sent, and which routes need none', async () => {
  interface Secured {
    readonly security?: readonly object[];
  }
  const { document } = client.openApi as unknown as {
    document: Secured & {
      paths: Record<string, Record<string, Secured>>;
      components: { securitySchemes: Record<string, unknown> };
    };
  };
  expect(document.components.securitySchemes).toMatchObject({
    bearer: { type: 'http', scheme: 'bearer' },
    session: { type: 'apiKey', in: 'cookie', name: 'sim_session' },
  });
  expect(document.security).toEqual([{}, { bearer: [] }, { session: [] }]);
  const open = Object.entries(document.paths).filter(([, methods]) =>
    Object.values(methods).some(({ security }) => security?.length === 0),
  );
  expect(open.map(([path]) => path).sort()).toEqual(['/api/session', '/health', '/version']);

  const token = 'a-token-of-a-good-length';
  const guarded = await testClient({ token });
  try {
    const headers = { host: 'localhost' };
    const status = async (url: string) =>
      (await guarded.control.app.request(url, { headers })).status;
    for (const url of ['/health', '/version', '/docs', '/docs.css', '/openapi.json']) {
      expect(await status(url), url).toBe(200);
    }
    for (const { method, path } of guarded.openApi.operations) {
      if (method !== 'GET' || ['/health', '/version'].includes(path)) continue;
      expect(await status(path), path).toBe(401);
    }
    const guardedDocument = guarded.openApi.document as unknown as Secured;
    expect(guardedDocument.security).toEqual([{ bearer: [] }, { session: [] }]);
  } finally {
    await guarded.close();
  }
});
