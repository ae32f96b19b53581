/** The server behind a proxy: a base path, removed or passed on, and which headers are used. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Server, startServer } from '../../src/api/control.ts';
import { Front } from '../../src/api/front.ts';
import { pageAssets } from '../../src/api/page-assets.ts';
import { type ReverseProxy, reverseProxy } from '../helpers/reverse-proxy.ts';
import { SMALL_VOLUME } from '../run/small-world.ts';
import { testClient } from './client.ts';
import { EventSourceParserStream } from './event-source.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-front-'));
const config = path.join(base, 'config.json');
writeFileSync(config, JSON.stringify({ seed: 5, volume: SMALL_VOLUME }));
const TOKEN = 'a-token-of-a-good-length';

interface Case {
  readonly name: string;
  readonly strips: boolean;
  readonly tells: boolean;
  readonly basePath?: string;
}

describe.each<Case>([
  { name: 'cuts the path off and says so', strips: true, tells: true },
  { name: 'cuts the path off, --base-path', strips: true, tells: false, basePath: '/shop/retail' },
  {
    name: 'passes the path on, --base-path',
    strips: false,
    tells: false,
    basePath: 'shop/retail/',
  },
  { name: 'passes the path on and names it', strips: false, tells: true },
])('a proxy that $name', ({ strips, tells, basePath }) => {
  const prefix = '/shop/retail';
  let server: Server;
  let proxy: ReverseProxy;
  beforeAll(async () => {
    const out = path.join(base, `world-${strips}-${tells}`);
    server = await startServer({ config, out, page: pageAssets, token: TOKEN, basePath }, 0);
    proxy = await reverseProxy({ port: server.port, prefix, strips, tells });
  });
  afterAll(async () => {
    await proxy.close();
    await server.close();
  });

  const ask = (url: string, init: RequestInit = {}) =>
    fetch(`${proxy.origin}${prefix}${url}`, {
      redirect: 'manual',
      ...init,
      headers: { authorization: `Bearer ${TOKEN}`, ...init.headers },
    });

  it('serves the page with all its files', async () => {
    const page = await ask('/');
    expect(page.status).toBe(200);
    const html = await page.text();
    const files = [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, file]) => file);
    expect(files.length).toBeGreaterThanOrEqual(4);
    for (const file of files) {
      const { href } = new URL(file, `${proxy.origin}${prefix}/`);
      expect(href.startsWith(`${proxy.origin}${prefix}/`), href).toBe(true);
      expect((await fetch(href)).status, href).toBe(200);
    }
    const again = await ask('/', { headers: { 'if-none-match': page.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });

  it('answers the API with addresses below the base path', async () => {
    const index = (await (await ask('/api')).json()) as Record<string, string>;
    for (const key of ['docs_url', 'openapi', 'health_url', 'metrics']) {
      const { status } = await fetch(proxy.origin + index[key], {
        headers: { authorization: `Bearer ${TOKEN}` },
      });
      expect(status, index[key]).toBe(200);
    }
    expect(index.live).toBe(`${prefix}/api/live`);
    const document = (await (await ask('/openapi.json')).json()) as { servers: unknown };
    expect(document.servers).toEqual([{ url: prefix }]);
    const docs = await (await ask('/docs')).text();
    for (const [, file] of docs.matchAll(/href="([^"#][^"]*)"/g)) {
      const { href } = new URL(file, `${proxy.origin}${prefix}/docs`);
      expect((await fetch(href)).status, href).toBe(200);
    }
    const saved = await ask('/api/config', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"realtime":{"max_batch_size":128}}',
    });
    expect(saved.status).toBe(200);
    expect((await ask('/api/nothing')).status).toBe(404);
    expect((await ask('/api/config', { method: 'POST' })).headers.get('allow')).toBe(
      'GET, HEAD, PUT',
    );
  });

  it('guards the server, and limits the session to its path', async () => {
    const bare = await fetch(`${proxy.origin}${prefix}/api/config`);
    expect(bare.status).toBe(401);
    const signedIn = await ask('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: TOKEN }),
    });
    expect(signedIn.headers.get('set-cookie')).toContain(`Path=${prefix}/;`);
  });

  it('passes the live view on without delay', async () => {
    const abort = new AbortController();
    const response = await ask('/api/live', {
      signal: abort.signal,
      headers: { 'accept-encoding': 'gzip, br' },
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(response.headers.get('content-encoding')).toBeNull();
    const events = response.body!.pipeThrough(new EventSourceParserStream()).getReader();
    expect((await events.read()).value?.event).toBe('network');
    abort.abort();
  });

  it.skipIf(strips)('redirects from the base path to the page', async () => {
    const there = await ask('');
    expect(there.status).toBe(308);
    expect(there.headers.get('location')).toBe(`${prefix}/`);
  });
});

it('a malformed base path is refused by name', () => {
  for (const basePath of [
    '/a b',
    '/a//b',
    '/../a',
    '/api',
    '/docs/x',
    'http://h/x',
    '/a?b',
    '/ä',
  ]) {
    expect(() => new Front({ basePath }), basePath).toThrow(
      /^--base-path is ".*": expected a path/,
    );
  }
  for (const basePath of ['', '/', ' /x/ ', 'x', '/apis', '/a/b.c~d']) new Front({ basePath });
});

describe('headers of a proxy are used', () => {
  const asked = (remoteAddress: string | undefined, header: string, trustProxy = false) =>
    new Front({ trustProxy }).prefixOf(
      new Request('http://h/api', { headers: { 'x-forwarded-prefix': header } }),
      { incoming: { socket: { remoteAddress } } },
    );

  it('from this machine, or with --trust-proxy', () => {
    expect(asked('127.0.0.1', '/x')).toBe('/x');
    expect(asked('::1', '/x/')).toBe('/x');
    expect(asked('::ffff:127.0.0.1', '/outer, /inner')).toBe('/outer/inner');
    expect(asked('10.0.0.1', '/x')).toBe('');
    expect(asked(undefined, '/x')).toBe('');
    expect(asked('10.0.0.1', '/x', true)).toBe('/x');
  });

  it('only if they are well-formed', () => {
    for (const header of ['//evil.example', '/a"b', '/../x', 'x', '/x?y', '/<b>', '/api']) {
      expect(asked('127.0.0.1', header), header).toBe('');
    }
  });
});

describe('large answers', () => {
  let client: Awaited<ReturnType<typeof testClient>>;
  beforeAll(async () => {
    client = await testClient();
  });
  afterAll(async () => {
    await client.close();
    rmSync(base, { recursive: true, force: true });
  });
  const ask = (url: string, accept?: string) =>
    client.control.app.request(url, {
      headers: { host: 'localhost', ...(accept !== undefined && { 'accept-encoding': accept }) },
    });
  const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0.5, gzip;q=0.8', 'gzip'],
    ['br;q=0, *', 'gzip'],
    ['*', 'br'],
    ['gzip;q=0', null],
    ['identity', null],
    [undefined, null],
  ])('are compressed as Accept-Encoding says: %s', async (accept, encoding) => {
    const plain = await bytesOf(await ask('/openapi.json'));
    const response = await ask('/openapi.json', accept);
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.headers.get('vary')).toBe('accept-encoding');
    const body = await bytesOf(response);
    if (encoding !== null) {
      expect(Number(response.headers.get('content-length'))).toBe(body.length);
      expect(body.length).toBeLessThan(plain.length / 5);
    }
    const read = encoding === 'br' ? brotliDecompressSync : encoding ? gunzipSync : Buffer.from;
    expect(read(body).equals(plain)).toBe(true);
  });

  it('are compressed, also those of problems; small ones are not', async () => {
    const config = await ask('/api/config/schema', 'br');
    expect(config.headers.get('content-encoding')).toBe('br');
    expect(config.headers.get('content-security-policy')).toContain('default-src');
    expect(JSON.parse(brotliDecompressSync(await bytesOf(config)).toString())).toHaveProperty(
      'schema',
    );
    const small = await ask('/health', 'br, gzip');
    expect(small.headers.get('content-encoding')).toBeNull();
    expect(await small.json()).toMatchObject({ status: 'healthy' });
    const head = await client.control.app.request('/openapi.json', {
      method: 'HEAD',
      headers: { host: 'localhost', 'accept-encoding': 'br' },
    });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });
});
