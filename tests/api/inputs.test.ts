/** Requests as programs of other systems send them: encodings of bodies, forms of instants. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, testClient } from './client.ts';

const NOW_MS = Date.UTC(2024, 2, 20, 15);

let client: Client;
beforeAll(async () => {
  client = await testClient({ nowMs: () => NOW_MS });
});
afterAll(() => client.close());

const estimate = (raw: string | Uint8Array<ArrayBuffer>) =>
  client.ask('POST', '/api/generate/estimate', { raw });

describe('a body', () => {
  const json = '{\r\n"start_date": "2024-01-01", "end_date": "2024-01-03"\r\n}\r\n\r\n';
  it.each<[string, Uint8Array<ArrayBuffer>]>([
    ['UTF-8 with a byte order mark', Uint8Array.from(Buffer.from(`\ufeff${json}`))],
    ['UTF-16 LE', Uint8Array.from(Buffer.from(`\ufeff${json}`, 'utf16le'))],
    ['UTF-16 BE', Uint8Array.from(Buffer.from(`\ufeff${json}`, 'utf16le').swap16())],
  ])('may be %s', async (_, raw) => {
    const { status, body } = await estimate(raw);
    expect(status).toBe(200);
    expect(body).toMatchObject({ days: 2 });
  });

  it('is refused with byte and line if it is not a text', async () => {
    const { status, body } = await estimate(Uint8Array.from([0x7b, 0x0a, 0x22, 0xe9, 0x22, 0x7d]));
    expect(status).toBe(400);
    expect(body.detail).toContain('byte 4 (0xe9) on line 2 is not UTF-8');
  });
});

describe('an instant', () => {
  it.each([
    ['2024-03-01T00:00:00+00:00', '2024-03-02T02:00:00.000000+02:00', '2024-03-01', '2024-03-02'],
    ['2024-03-01T00:00:00', '2024-03-02 00:00:00', '2024-03-01', '2024-03-02'],
    ['today-7d', 'today', '2024-03-13', '2024-03-20'],
    ['-1w', 'now', '2024-03-13T15', '2024-03-20T15'],
    ['-36h', 'today-1d', '2024-03-19T03', '2024-03-19'],
  ])('%s to %s', async (start_date, end_date, start, end) => {
    const { status, body } = await client.ask('POST', '/api/generate/estimate', {
      body: { start_date, end_date },
    });
    if (start_date === '-36h') {
      expect(status).toBe(400);
      expect(body.detail).toContain('2024-03-19T00:00:00.000Z');
      return;
    }
    expect(status).toBe(200);
    expect(String(body.start).startsWith(start)).toBe(true);
    expect(String(body.end).startsWith(end)).toBe(true);
  });

  it('is refused with its valid forms; control characters are shown', async () => {
    const { status, text } = await client.ask('POST', '/api/generate/estimate', {
      body: { start_date: 'soon\r' },
    });
    expect(status).toBe(400);
    expect(text).toContain('such as -7d');
    expect(text).not.toContain('soon\\r"');
  });
});

it('without dates a first run has a week, as on the command line', async () => {
  const { body } = await client.ask('GET', '/api/generate/historical/default-range');
  expect(body).toMatchObject({
    start_date: '2024-01-01T00:00:00.000Z',
    end_date: '2024-01-08T00:00:00.000Z',
    is_continuation: false,
  });
  expect(body.explanation).toContain('and gets a first week');
});

it('every scenario is listed, and none of the project has a fault', async () => {
  const { body } = await client.ask('GET', '/api/scenarios');
  expect(body.faults).toEqual([]);
  expect(body.count).toBeGreaterThanOrEqual(3);
});

it('an estimate fits if it leaves the reserve free, and dictionaries are checked', async () => {
  const full = await testClient({ raw: { performance: { disk_reserve_mb: 900_000_000 } } });
  try {
    const { body } = await full.ask('POST', '/api/generate/estimate', { body: {} });
    expect(body).toMatchObject({ fits: false });
  } finally {
    await full.close();
  }
  const many = await testClient({ raw: { volume: { total_products: 999_999 } } });
  try {
    const { status, body } = await many.ask('POST', '/api/generate/estimate', { body: {} });
    expect(status).toBe(400);
    expect(body.detail).toContain('volume.total_products 999999');
  } finally {
    await many.close();
  }
});
