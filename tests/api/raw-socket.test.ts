/** Malformed HTTP over a bare socket: the server says what is wrong, or closes the connection, and keeps running. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Server, startServer } from '../../src/api/control.ts';
import { SMALL_VOLUME } from '../run/small-world.ts';

const SECRET = 'Zm9yTm9ib2R5c0V5ZXM0NTY3';
const base = mkdtempSync(path.join(os.tmpdir(), 'sim-raw-'));
const config = path.join(base, 'config.json');
writeFileSync(
  config,
  JSON.stringify({
    seed: 5,
    volume: SMALL_VOLUME,
    realtime: {
      azure_connection_string: `Endpoint=sb://localhost:9;SharedAccessKeyName=a;SharedAccessKey=${SECRET}`,
    },
  }),
);
const faults: Error[] = [];
const sockets = new Set<Socket>();
let server: Server;

beforeAll(async () => {
  server = await startServer(
    { config, out: path.join(base, 'world'), onFault: (error) => faults.push(error) },
    0,
  );
});
afterAll(async () => {
  await server.close();
  rmSync(base, { recursive: true, force: true });
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  // Whatever it was, others are answered, and nothing unforeseen has happened.
  const beganMs = performance.now();
  const health = await fetch(`http://127.0.0.1:${server.port}/health`);
  expect(health.status).toBe(200);
  expect(performance.now() - beganMs).toBeLessThan(5_000);
  expect(faults.splice(0)).toEqual([]);
});

interface Heard {
  readonly socket: Socket;
  /** All that came so far. */
  text(): string;
  /** Resolves when the server has hung up. */
  readonly over: Promise<void>;
}

function open(): Heard {
  const socket = connect(server.port, '127.0.0.1');
  sockets.add(socket);
  let text = '';
  socket.on('data', (data) => {
    text += data.toString('latin1');
  });
  socket.on('error', () => {});
  const over = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  return { socket, text: () => text, over };
}

/** Sends bytes, and resolves with what came back until the server hung up. */
async function told(...pieces: (string | Uint8Array)[]): Promise<string> {
  const { socket, text, over } = open();
  for (const piece of pieces) socket.write(piece);
  await Promise.race([over, sleep(10_000)]);
  return text();
}

const statuses = (text: string) =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
const get = (target: string, ...headers: string[]) => request(`GET ${target}`, ...headers);
const request = (line: string, ...headers: string[]) =>
  `${[`${line} HTTP/1.1`, 'host: localhost', 'connection: close', ...headers].join('\r\n')}\r\n\r\n`;

function expectHarmless(text: string): void {
  for (const secret of [SECRET, base, process.cwd(), os.homedir(), 'node_modules', 'root:x:0']) {
    expect(text).not.toContain(secret);
  }
  expect(text).not.toMatch(/\.ts:\d+|\bat \S+ \(/);
  for (const status of statuses(text)) expect(status).toBeLessThan(500);
}

describe('paths that lead elsewhere', () => {
  it.each([
    '/../../../../etc/passwd',
    '/assets/../../../../etc/passwd',
    '/assets/..%2f..%2f..%2fetc%2fpasswd',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/..%5c..%5cpackage.json',
    '/assets/%c0%ae%c0%ae/package.json',
    '/assets/main.js%00.css',
    '//etc/passwd',
    '///localhost/api/config',
    '/api/master/..%2f..%2fconfig.json',
    '/api/master/stores%00',
    '/api/facts/receipts/..%2f..%2f..%2fconfig.json',
    '/api/facts/receipts/2024-01-01%00',
    '/%',
    '/%zz',
    '/\\..\\..\\package.json',
    'file:///etc/passwd',
    '/config.json',
  ])('%s', async (target) => {
    const text = await told(get(target));
    expectHarmless(text);
    expect(statuses(text).every((status) => status >= 400)).toBe(true);
    expect(statuses(text)).toHaveLength(1);
  });
});

describe('hosts', () => {
  it.each([
    ['host: localhost', 200],
    ['host: [::1]:9', 200],
    ['host: 127.0.0.1:1', 200],
    ['host: LOCALHOST', 200],
    ['host: evil.example', 403],
    ['host: localhost.evil.example', 403],
    ['host: [::ffff:7f00:1]', 403],
    ['host: 2130706433', 403],
    ['host: a@localhost', 403],
    ['host: localhost, evil.example', 403],
    ['host:', 403],
  ])('%s is answered %d', async (host, status) => {
    const text = await told(`GET /api HTTP/1.1\r\n${host}\r\nconnection: close\r\n\r\n`);
    expectHarmless(text);
    // What is no host at all may be refused before it is asked whose it is.
    const found = statuses(text)[0];
    expect(status === 403 ? [400, 403] : [200]).toContain(found);
  });

  it('none, or two, is a bad request', async () => {
    const none = await told('GET /api HTTP/1.1\r\nconnection: close\r\n\r\n');
    expect(statuses(none)[0]).toBe(400);
    const two = await told(
      'GET /api HTTP/1.1\r\nhost: localhost\r\nhost: evil.example\r\nconnection: close\r\n\r\n',
    );
    expectHarmless(two);
    const absolute = await told(
      'GET http://evil.example/api HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n',
    );
    expect([400, 403]).toContain(statuses(absolute)[0]);
  });
});

describe('methods', () => {
  it.each(['OPTIONS', 'TRACE', 'PATCH', 'PROPFIND', 'CONNECT', 'FOO', 'get'])(
    '%s changes nothing and tells nothing',
    async (method) => {
      const text = await told(request(`${method} /api/config`, 'cookie: sim_session=told-back'));
      expectHarmless(text);
      expect(text).not.toContain('told-back');
      expect(statuses(text).every((status) => status >= 400)).toBe(true);
    },
  );

  it('HEAD has the headers of GET and no body', async () => {
    const text = await told(request('HEAD /api/config'));
    expect(statuses(text)).toEqual([200]);
    expect(text.split('\r\n\r\n')[1]).toBe('');
  });

  it('a header does not turn one into another', async () => {
    for (const name of ['x-http-method-override', 'x-method-override', 'x-http-method']) {
      const text = await told(get('/api/config', `${name}: DELETE`));
      expect(statuses(text)).toEqual([200]);
    }
  });
});

describe('headers', () => {
  it.each([
    ['a line that is folded', 'x-a: 1\r\n  folded: 2'],
    ['a bare line feed', 'x-a: 1\nhost: evil.example'],
    ['a NUL', 'x-a: \0'],
    ['a space before the colon', 'x-a : 1'],
    ['no colon', 'nonsense'],
    ['two lengths', 'content-length: 1\r\ncontent-length: 2'],
    ['a length and chunks', 'content-length: 5\r\ntransfer-encoding: chunked'],
    ['a length that is none', 'content-length: 0x10'],
    ['an unknown encoding', 'transfer-encoding: gzip'],
  ])('%s', async (_, header) => {
    const { socket, text, over } = open();
    socket.write(`POST /api/config/validate HTTP/1.1\r\nhost: localhost\r\n${header}\r\n\r\n`);
    socket.end('0\r\n\r\n');
    await Promise.race([over, sleep(3_000)]);
    expectHarmless(text());
    expect(statuses(text()).every((status) => status >= 400)).toBe(true);
  });

  it('too many, or too long', async () => {
    const long = await told(get('/api', `x-a: ${'x'.repeat(100_000)}`));
    expect(statuses(long)).toEqual([431]);
    const many = await told(get('/api', ...Array.from({ length: 1_900 }, (_, at) => `x-${at}: 1`)));
    expectHarmless(many);
    expect([200, 431]).toContain(statuses(many)[0]);
    const query = await told(get(`/api/config?${'a=1&'.repeat(3_000)}`));
    expect([414, 431]).toContain(statuses(query)[0]);
  });

  it('a line break in a query does not become a header', async () => {
    const text = await told(get('/api/master/stores?order=x%0d%0aset-cookie:%20a=b'));
    expectHarmless(text);
    expect(text.split('\r\n\r\n')[0]).not.toMatch(/^set-cookie/im);
    const cookie = await told(get('/api/config', 'cookie: sim_session=%0d%0a; =; ;;"; a=\xff'));
    expect(statuses(cookie)).toEqual([200]);
  });
});

describe('bodies', () => {
  const post = (...headers: string[]) =>
    `${['POST /api/config/validate HTTP/1.1', 'host: localhost', 'content-type: application/json', ...headers].join('\r\n')}\r\n\r\n`;

  it('chunks without end are cut off at the limit', async () => {
    const { socket, text, over } = open();
    socket.write(post('transfer-encoding: chunked'));
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    let sent = 0;
    while (!socket.destroyed && statuses(text()).length === 0 && sent < 64 << 20) {
      socket.write(chunk);
      sent += chunk.length;
      await sleep(5);
    }
    await Promise.race([over, sleep(2_000)]);
    expect(statuses(text())).toEqual([413]);
    expect(sent).toBeLessThan(16 << 20);
  });

  it('one that never comes does not delay other clients', async () => {
    const slow = Array.from({ length: 50 }, () => {
      const heard = open();
      heard.socket.write(post('content-length: 1000'));
      return heard;
    });
    for (let piece = 0; piece < 5; piece++) {
      for (const { socket } of slow) socket.write('{');
      const health = await fetch(`http://127.0.0.1:${server.port}/health`);
      expect(health.status).toBe(200);
      await sleep(20);
    }
    // They hang up in the middle of it.
    for (const { socket } of slow) socket.destroy();
    await sleep(100);
  });

  it.each([
    ['a chunk of no size', 'zz\r\nabc\r\n'],
    ['a chunk of a huge size', 'ffffffffffffffff\r\nabc\r\n'],
    ['a chunk of a negative size', '-5\r\nabc\r\n'],
    ['a chunk longer than it says', '2\r\nabcdef\r\n0\r\n\r\n'],
  ])('%s', async (_, chunk) => {
    const { socket, text, over } = open();
    socket.end(post('transfer-encoding: chunked') + chunk);
    await Promise.race([over, sleep(3_000)]);
    expectHarmless(text());
    expect(statuses(text()).every((status) => status >= 400)).toBe(true);
  });

  it('one that is shorter than its header says, from a half-closed socket', async () => {
    const { socket, text, over } = open();
    socket.end(`${post('content-length: 1000')}{"seed":`);
    await Promise.race([over, sleep(3_000)]);
    expectHarmless(text());
  });

  it('a compressed one is not decompressed', async () => {
    const body = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
    const text = await told(
      post(`content-length: ${body.length}`, 'content-encoding: gzip', 'connection: close'),
      body,
    );
    expect(statuses(text)).toEqual([400]);
  });
});

describe('connections', () => {
  it('a half-closed connection gets its answer', async () => {
    const { socket, text, over } = open();
    socket.end('GET /api HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await Promise.race([over, sleep(3_000)]);
    expect(statuses(text())).toEqual([200]);
  });

  it('requests in a row are answered in their order', async () => {
    const line = (target: string) => `GET ${target} HTTP/1.1\r\nhost: localhost\r\n\r\n`;
    const many = Array.from({ length: 200 }, (_, at) => line(at % 2 === 0 ? '/api' : '/nothing'));
    const text = await told(many.join(''), get('/health'));
    const found = statuses(text);
    expect(found).toHaveLength(201);
    expect(found.every((status, at) => status === (at === 200 || at % 2 === 0 ? 200 : 404))).toBe(
      true,
    );
  });

  it('a second request hidden in the body of the first is not executed', async () => {
    const hidden = 'DELETE /api/generation/clear HTTP/1.1\r\nhost: localhost\r\n\r\n';
    const text = await told(
      `GET /api HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: ${hidden.length}\r\n\r\n${hidden}`,
    );
    expect(statuses(text)).toHaveLength(1);
  });

  it.each([
    ['nothing', ''],
    ['noise', Buffer.from([0, 255, 22, 3, 1, 0, 0, 13, 10, 13, 10])],
    ['a TLS greeting', Buffer.from([0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0])],
    ['HTTP/0.9', 'GET /\r\n'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a version that is none', 'GET / HTTP/9.9\r\nhost: localhost\r\n\r\n'],
    ['half a request line', 'GET /api HT'],
  ])('%s is hung up on, or waited for', async (_, bytes) => {
    const { socket, text, over } = open();
    socket.end(bytes);
    await Promise.race([over, sleep(3_000)]);
    expectHarmless(text());
    expect(statuses(text()).every((status) => status >= 400)).toBe(true);
  });

  it('an upgrade is not made', async () => {
    const text = await told(
      'GET /api/live HTTP/1.1\r\nhost: evil.example\r\nconnection: upgrade, close\r\nupgrade: websocket\r\nsec-websocket-key: AA==\r\nsec-websocket-version: 13\r\n\r\n',
    );
    expect(statuses(text)).toEqual([403]);
  });

  it('clients that disappear are removed', async () => {
    const { broadcast } = server.control.services.live;
    const before = broadcast.watchers;
    const many = Array.from({ length: 30 }, open);
    for (const { socket } of many)
      socket.write('GET /api/live HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await expect.poll(() => broadcast.watchers, { timeout: 5_000 }).toBe(before + 30);
    for (const { socket } of many) socket.resetAndDestroy();
    await expect.poll(() => broadcast.watchers, { timeout: 5_000 }).toBe(before);
  });
});
