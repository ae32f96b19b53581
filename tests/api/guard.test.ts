/** Which requests the server accepts, and their limits. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createControl } from '../../src/api/control.ts';
import { type Client, testClient } from './client.ts';

let client: Client;
beforeAll(async () => {
  client = await testClient();
});
afterAll(() => client.close());

const get = (headers: Record<string, string>, url = '/api/config') =>
  client.ask('GET', url, { headers });

describe('host and origin', () => {
  it.each(['localhost:8000', '127.0.0.1:8000', '[::1]:8000', 'localhost'])(
    '%s is us',
    async (host) => {
      expect((await get({ host })).status).toBe(200);
    },
  );

  it.each([
    'evil.example',
    'localhost.evil.example:8000',
    '10.0.0.1:8000',
    '',
    'a b',
    '127.0.0.1:80:80',
  ])('another name for this machine is refused: "%s"', async (host) => {
    const { status, body } = await get({ host });
    expect(status).toBe(403);
    expect(body.errors).toMatchObject([{ field: 'Host' }]);
  });

  it('an allowed name is accepted, in upper or lower case', async () => {
    const named = await testClient({ hostNames: ['shop.Example'] });
    try {
      const asked = (host: string) => named.ask('GET', '/api', { headers: { host } });
      expect((await asked('SHOP.example:8443')).status).toBe(200);
      expect((await asked('evil.example')).status).toBe(403);
    } finally {
      await named.close();
    }
  });

  it("a page of another site is refused, the server's own is not", async () => {
    const origin = 'http://evil.example';
    expect((await get({ origin })).status).toBe(403);
    expect((await get({ origin: 'null' })).status).toBe(403);
    expect((await get({ origin: 'http://localhost:9999' })).status).toBe(403);
    expect((await get({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await get({ origin: 'http://localhost:8000' })).status).toBe(200);
    const follows = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect((await get(follows)).status).toBe(200);
  });

  it('a form cannot send a change', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const headers = { 'content-type': type };
      const { status } = await client.ask('PUT', '/api/config', { raw: '{"seed":1}', headers });
      expect(status).toBe(415);
    }
  });
});

describe('limits', () => {
  it('a large body is refused', async () => {
    const { status } = await client.ask('PUT', '/api/config', { body: { a: 'x'.repeat(300_000) } });
    expect(status).toBe(413);
  });

  it("a body that is nested too deep is refused; braces in a text don't count", async () => {
    const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
    const put = (raw: string) => client.ask('POST', '/api/config/validate', { raw });
    for (const raw of [nested(33), nested(20_000), '['.repeat(100_000)]) {
      const { status, text } = await put(raw);
      expect(status).toBe(400);
      expect(text).toContain('nested deeper than 32');
    }
    expect((await put(nested(32))).status).toBe(200);
    expect((await put(`{"a":"${'{['.repeat(50)}\\"${'{'.repeat(50)}"}`)).status).toBe(200);
  });

  it.each([
    ['PUT', '/api/config', '{"realtime":{"__proto__":{"burst":77}}}', 'realtime.__proto__'],
    ['PUT', '/api/config', '{"realtime":{"\\u005f_proto__":{"burst":77}}}', 'realtime.__proto__'],
    ['PUT', '/api/stream/config', '{"__proto__":{"burst":77}}', '__proto__'],
    ['POST', '/api/stream/start', '{"events":[{"__proto__":1}]}', 'events.0.__proto__'],
  ])('a key that is a prototype is no field: %s %s %s', async (method, url, raw, field) => {
    const { body } = await client.ask(method, url, { raw });
    expect(body).toMatchObject({ status: 400, errors: [{ field }] });
    expect((await client.ask('GET', '/api/config')).body.realtime).toMatchObject({ burst: null });
  });

  it('an empty body counts as missing, and changes nothing', async () => {
    expect((await client.ask('POST', '/api/generate/estimate', { raw: '' })).status).toBe(200);
    const before = readFileSync(client.control.services.settings.file, 'utf8');
    for (const [method, url] of [
      ['PUT', '/api/config'],
      ['PUT', '/api/stream/config'],
      ['POST', '/api/config/validate'],
      ['POST', '/api/session'],
    ]) {
      for (const options of [{}, { raw: '' }]) {
        const { body } = await client.ask(method, url, options);
        expect(body).toMatchObject({ status: 400, errors: [{ field: 'body' }] });
      }
    }
    expect(readFileSync(client.control.services.settings.file, 'utf8')).toBe(before);
  });

  it('messages say what is wrong', async () => {
    const start = await client.ask('POST', '/api/stream/start', { body: { speed: 'MAX' } });
    expect(start.body.errors).toEqual([
      { field: 'speed', detail: 'expected a number above 0 and at most 1000000, or "max"' },
    ]);
    const half = { disruption_type: 'dc_outage', duration_minutes: 5, description: 'a\ud800b' };
    const { status, body } = await client.ask('POST', '/api/disruption/create', { body: half });
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      { field: 'description', detail: 'expected a line of text of at most 200 characters' },
    ]);
  });

  it('a long address is refused', async () => {
    expect((await client.ask('GET', `/api/config?a=${'x'.repeat(9_000)}`)).status).toBe(414);
  });

  it('changes beyond the rate are refused for a while; reading is not limited', async () => {
    const limited = await testClient({ changeRate: { burst: 2, perSecond: 0.001 } });
    try {
      const change = () => limited.ask('PUT', '/api/config', { body: { seed: 3 } });
      expect((await change()).status).toBe(200);
      expect((await change()).status).toBe(200);
      const third = await change();
      expect(third.status).toBe(429);
      expect(third.headers.get('retry-after')).toBe('1');
      expect((await limited.ask('GET', '/api/config')).status).toBe(200);
      const check = await limited.ask('POST', '/api/config/validate', { body: { seed: 4 } });
      expect(check.status).toBe(200);
    } finally {
      await limited.close();
    }
  });
});

describe('an address that other machines can reach', () => {
  const TOKEN = 'a-token-of-a-good-length';

  it('needs a token, and says so', () => {
    expect(() => createControl({ host: '0.0.0.0', out: '/nowhere/w' })).toThrow(/SIM_API_TOKEN/);
    expect(() => createControl({ host: '0.0.0.0', token: 'short', out: '/nowhere/w' })).toThrow(
      /at least 16/,
    );
  });

  it('accepts it in a header or a cookie', async () => {
    const open = await testClient({ host: '0.0.0.0', token: TOKEN });
    try {
      const host = '192.168.1.5:8000';
      const asked = (headers: Record<string, string>, url = '/api/config') =>
        open.ask('GET', url, { headers: { host, ...headers } });
      const refused = await asked({});
      expect(refused.status).toBe(401);
      expect(refused.headers.get('www-authenticate')).toBe('Bearer');
      expect(refused.body.detail).toBe(
        'This server needs a token: send the value of SIM_API_TOKEN in a header, as ' +
          '"authorization: Bearer …", or sign in with POST /api/session.',
      );
      const wrong = await asked({ authorization: 'Bearer wrong-and-long-enough' });
      expect(wrong.status).toBe(401);
      expect(wrong.body.detail).toBe(
        `This is not the token of this server. ${refused.body.detail as string}`,
      );
      expect(refused.text + wrong.text).not.toContain(TOKEN);
      expect(wrong.text).not.toContain('wrong-and-long-enough');
      expect((await asked({ authorization: `Bearer ${TOKEN}` })).status).toBe(200);
      expect((await asked({}, '/metrics')).status).toBe(401);
      expect((await asked({}, '/health')).status).toBe(200);
      expect((await asked({ host: 'evil.example', authorization: `Bearer ${TOKEN}` })).status).toBe(
        403,
      );

      const signIn = (token: string) =>
        open.ask('POST', '/api/session', { body: { token }, headers: { host } });
      expect((await signIn('wrong')).status).toBe(401);
      const { status, headers } = await signIn(TOKEN);
      expect(status).toBe(200);
      const cookie = headers.get('set-cookie') ?? '';
      expect(cookie).toMatch(/HttpOnly/i);
      expect(cookie).toMatch(/SameSite=Strict/i);
      expect((await asked({ cookie: cookie.split(';')[0] })).status).toBe(200);
      expect((await asked({ cookie: 'sim_session=guessed' })).status).toBe(401);
    } finally {
      await open.close();
    }
  });
});

describe('wrong tokens', () => {
  const token = 'a-token-of-a-good-length';
  const right = { authorization: `Bearer ${token}` };
  let nowMs = 1_000_000;
  const guarded = () =>
    testClient({ token, nowMs: () => nowMs, changeRate: { burst: 60, perSecond: 2 } });
  const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } });

  it('are limited for each client, and the right one is always accepted', async () => {
    const { control, close } = await guarded();
    try {
      const ask = (peer: string, headers: Record<string, string>, url = '/api/config') =>
        control.app.request(url, { headers: { host: 'localhost', ...headers } }, from(peer));
      const guess = { authorization: 'Bearer guess' };
      const statuses: number[] = [];
      let retryAfter: string | null = null;
      for (let sent = 0; sent < 300; sent++) {
        const response = await ask('10.0.0.7', guess);
        statuses.push(response.status);
        if (response.status === 429) retryAfter = response.headers.get('retry-after');
      }
      expect(statuses.filter((status) => status === 401)).toHaveLength(20);
      expect(statuses.filter((status) => status === 429)).toHaveLength(280);
      expect(retryAfter).toBe('1');
      // The right one, from there and from elsewhere; a wrong one from elsewhere; none at all.
      expect((await ask('10.0.0.7', right)).status).toBe(200);
      expect((await ask('10.0.0.8', right)).status).toBe(200);
      expect((await ask('10.0.0.8', guess)).status).toBe(401);
      expect((await ask('10.0.0.7', {})).status).toBe(401);
      expect((await ask('10.0.0.7', { authorization: 'Basic Zzp4' })).status).toBe(429);
      expect((await ask('10.0.0.7', guess, '/metrics')).status).toBe(429);
      nowMs += 1000;
      expect((await ask('10.0.0.7', guess)).status).toBe(401);
      expect((await ask('10.0.0.7', guess)).status).toBe(429);
    } finally {
      await close();
    }
  });

  it('are counted for each client, with addresses from trusted proxies', async () => {
    const { control, close } = await guarded();
    try {
      const exhaust = async (peer: string, forwarded: (sent: number) => string | undefined) => {
        const statuses = new Set<number>();
        for (let sent = 0; sent < 30; sent++) {
          const named = forwarded(sent);
          const response = await control.app.request(
            '/api/config',
            {
              headers: {
                host: 'localhost',
                authorization: 'Bearer guess',
                ...(named && { 'x-forwarded-for': named }),
              },
            },
            from(peer),
          );
          statuses.add(response.status);
        }
        return [...statuses];
      };
      // One customer has a whole network of IPv6.
      expect(await exhaust('2001:db8:1:2::1', () => undefined)).toEqual([401, 429]);
      expect(await exhaust('2001:db8:1:2:3:4:5:6', () => undefined)).toEqual([429]);
      expect(await exhaust('2001:db8:1:3::1', () => undefined)).toEqual([401, 429]);
      // Whoever is no proxy can write what he likes.
      expect(await exhaust('10.0.0.9', (sent) => `192.0.2.${sent}`)).toEqual([401, 429]);
      // A proxy on this machine tells who asks; what came before it anybody may have written.
      expect(await exhaust('127.0.0.1', (sent) => `192.0.2.${sent}, 198.51.100.7`)).toEqual([
        401, 429,
      ]);
      expect(await exhaust('::ffff:127.0.0.1', () => '198.51.100.7')).toEqual([429]);
      expect(await exhaust('::1', (sent) => `198.51.100.${100 + sent}`)).toEqual([401]);
    } finally {
      await close();
    }
  });

  it('block neither changes nor signing in of other clients', async () => {
    const client = await guarded();
    try {
      const signIn = async (given: string) =>
        (await client.ask('POST', '/api/session', { body: { token: given } })).status;
      const statuses = new Set<number>();
      for (let sent = 0; sent < 200; sent++) statuses.add(await signIn('guess'));
      expect([...statuses]).toEqual([401, 429]);
      for (let sent = 0; sent < 70; sent++) await client.ask('POST', '/api/stream/stop');
      expect((await client.ask('POST', '/api/stream/stop', { headers: right })).status).toBe(409);
      expect(await signIn(token)).toBe(200);
    } finally {
      await client.close();
    }
  });
});

it('every answer has the security headers', async () => {
  for (const url of ['/api', '/nothing', '/docs']) {
    const { headers } = await client.control.app.request(url, { headers: { host: 'localhost' } });
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
  }
});
