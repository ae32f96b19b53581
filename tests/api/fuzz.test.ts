/** Thousands of malformed requests: no 5xx, no crash, no internal details in answers. */
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { purposeKey, Substream } from '../../src/engine/substream.ts';
import { smallWorld } from '../run/small-world.ts';
import { testClient } from './client.ts';
import { Fuzz } from './fuzz.ts';

const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 2000);
const SEED = 20240301;
const FROM = Date.UTC(2024, 0, 1);
const SECRET = 'Zm9yTm9ib2R5c0V5ZXMwMTIzNDU2Nw==';
const PROJECT = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');

/** Long work: what starts it is not started a thousand times. */
const LONG =
  /^\/api\/(generate\/(master|historical)|scenarios\/[^/]+\/run|stream\/(start|dlq\/retry|test))/;

it(`answers ${REQUESTS} malformed requests`, { timeout: 600_000 }, async () => {
  const world = await smallWorld(FROM, FROM + 86_400_000);
  const client = await testClient({
    out: world.copy().root,
    token: undefined,
    raw: {
      realtime: {
        azure_connection_string: `Endpoint=sb://localhost:9;SharedAccessKeyName=a;SharedAccessKey=${SECRET};UseDevelopmentEmulator=true`,
      },
    },
  });
  onTestFinished(async () => {
    await client.close();
    world.remove();
  });
  const { openApi, control } = client;
  const random = Substream.of(SEED, purposeKey('test', 'fuzz'));
  const fuzz = new Fuzz(random, openApi.operations, openApi.document.components.schemas);
  const statuses = new Map<number, number>();
  const secrets = [client.root, PROJECT, os.tmpdir(), os.homedir(), process.cwd(), SECRET];
  // Words of the file system of this machine, and of stack traces.
  const inside = /node_modules|\bat \S+ \(|\.ts:\d+|root:x:0/;
  for (let sent = 0; sent < REQUESTS; sent++) {
    const { method, url, headers, body } = fuzz.request();
    let request: Request;
    try {
      request = new Request(url, { method, headers, ...(body !== undefined && { body }) });
    } catch {
      // No client can send it.
      continue;
    }
    const { pathname } = new URL(request.url);
    if (method !== 'GET' && LONG.test(pathname) && sent % 50 !== 0) continue;
    const response = await control.app.fetch(request);
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    const told = `${sent}: ${method} ${url.slice(0, 300)} ${String(body).slice(0, 300)}`;
    if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
      await response.body?.cancel();
      continue;
    }
    const text = await decoded(response);
    expect(response.status, `${told}\n${text}`).not.toBe(500);
    for (const secret of secrets) {
      expect(text.includes(secret), `${told} tells ${secret}:\n${text.slice(0, 2000)}`).toBe(false);
    }
    expect(text, told).not.toMatch(inside);
    if (response.status >= 400) {
      expect(response.headers.get('content-type'), told).toBe('application/problem+json');
    }
    const route = safePath(pathname);
    const fault = openApi.fault(
      method,
      route,
      response.status,
      response.headers.get('content-type') ?? '',
      text,
    );
    if (
      response.status !== 404 &&
      fault !== undefined &&
      openApi.find(method, route) !== undefined
    ) {
      throw new Error(`${told}\n${fault}`);
    }
  }
  expect(client.faults).toEqual([]);
  expect((await client.ask('GET', '/health')).status).toBe(200);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  // Not everything was refused at the door.
  expect(statuses.get(200) ?? 0).toBeGreaterThan(REQUESTS / 20);
  expect(statuses.get(400) ?? 0).toBeGreaterThan(REQUESTS / 20);
});

/** As a client reads it that asked for a compression. */
async function decoded(response: Response): Promise<string> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const encoding = response.headers.get('content-encoding');
  if (encoding === 'br') return brotliDecompressSync(bytes).toString();
  return (encoding === 'gzip' ? gunzipSync(bytes) : bytes).toString();
}

function safePath(pathname: string): string {
  try {
    return decodeURI(pathname);
  } catch {
    return pathname;
  }
}
