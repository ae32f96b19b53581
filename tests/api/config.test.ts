/** The config through the API, and the scenarios. */
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createControl } from '../../src/api/control.ts';
import { redact } from '../../src/domain/secret.ts';
import { loadConfig } from '../../src/world/config.ts';
import { temporaryFolder } from '../world/fixtures.ts';
import { smallWorld } from '../run/small-world.ts';
import { type Client, testClient } from './client.ts';

const KEY = 'Y2FuYXJ5S2V5MDEyMzQ1Njc4OQ==';
const SECRET = `Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=${KEY};EntityPath=retail-events`;

let client: Client;
beforeAll(async () => {
  client = await testClient({ raw: { realtime: { azure_connection_string: SECRET } } });
});
afterAll(() => client.close());

interface Config {
  seed: number;
  volume: Record<string, number>;
  realtime: Record<string, unknown>;
}
interface Shown {
  config: Config;
}

const file = () => client.control.services.settings.file;

describe('the config', () => {
  it('is shown completely, without secrets', async () => {
    const { body, text } = await client.ask<Config>('GET', '/api/config');
    expect(body.volume.stores).toBe(3);
    expect(body.realtime.azure_connection_string).toBe('***');
    expect(text).not.toContain(KEY);
  });

  it('accepts changes, and the command line reads them', async () => {
    const changes = { seed: 11, volume: { stores: 4 } };
    const { status, body } = await client.ask<Shown>('PUT', '/api/config', { body: changes });
    expect(status).toBe(200);
    expect(body.config).toMatchObject({ seed: 11, volume: { stores: 4, dcs: 2 } });
    const read = loadConfig(file());
    expect(read).toMatchObject({ seed: 11, volume: { stores: 4, total_products: 400 } });
    expect(read.realtime.azure_connection_string).toBe(SECRET);
  });

  it('keeps a secret that is sent back masked', async () => {
    const realtime = { azure_connection_string: '***', max_batch_size: 10 };
    expect((await client.ask('PUT', '/api/config', { body: { realtime } })).status).toBe(200);
    expect(loadConfig(file()).realtime).toMatchObject({
      azure_connection_string: SECRET,
      max_batch_size: 10,
    });
  });

  it('refuses wrong values, names the field, and stays unchanged', async () => {
    const before = readFileSync(file(), 'utf8');
    const wrong = { volume: { stores: -1, dcs: 9 }, sed: 3 };
    const { status, body } = await client.ask('PUT', '/api/config', { body: wrong });
    expect(status).toBe(400);
    const fields = (body.errors as { field: string }[]).map(({ field }) => field);
    expect(fields).toEqual(expect.arrayContaining(['volume.stores', 'sed']));
    for (const text of ['[]', '"x"', 'null', '{', '']) {
      const { status } = await client.ask('PUT', '/api/config', { raw: text });
      expect(status, text).toBe(400);
    }
    expect(readFileSync(file(), 'utf8')).toBe(before);
  });

  it('checks changes without making them', async () => {
    const before = readFileSync(file(), 'utf8');
    const check = (body: unknown) => client.ask('POST', '/api/config/validate', { body });
    expect((await check({ volume: { stores: 5 } })).body).toMatchObject({ valid: true });
    const { body } = await check({ volume: { stors: 5 } });
    expect(body).toMatchObject({ valid: false, errors: [{ field: 'volume.stors' }] });
    expect((await check({ paths: { master: '/etc' } })).body).toMatchObject({ valid: false });
    expect(readFileSync(file(), 'utf8')).toBe(before);
  });

  it('can be sent back as it was shown', async () => {
    const before = await client.ask<Config>('GET', '/api/config');
    const { status, text } = await client.ask('PUT', '/api/config', { body: before.body });
    expect(status, text).toBe(200);
    expect((await client.ask('GET', '/api/config')).body).toEqual(before.body);
    expect(loadConfig(file()).realtime.azure_connection_string).toBe(SECRET);
  });

  it('accepts no path outside of the data folder', async () => {
    const { paths } = client.control.services.settings;
    const elsewhere = { paths: { facts: '/etc', master: '../../elsewhere' } };
    expect((await client.ask('PUT', '/api/config', { body: elsewhere })).status).toBe(400);
    const whole = await client.ask('PUT', '/api/config', { body: { seed: 11, ...elsewhere } });
    expect(whole.body.message).toContain('The paths stay unchanged');
    expect(client.control.services.settings.paths).toEqual(paths);
    expect(readFileSync(file(), 'utf8')).not.toContain('elsewhere');
  });

  it('has a schema for forms', async () => {
    const { body } = await client.ask<{
      schema: { properties: object };
      presets: { name: string; volume: object }[];
    }>('GET', '/api/config/schema');
    expect(body.schema.properties).toHaveProperty('volume');
    expect(body.presets.map(({ name }) => name)).toEqual([
      'default',
      'calibrated',
      'demo',
      'small',
    ]);
    const demo = body.presets.find(({ name }) => name === 'demo');
    expect(demo?.volume).toMatchObject({ stores: 8, dcs: 2, store_cover_days: 0.2 });
    // The page takes over a preset as it is.
    const taken = await client.ask('PUT', '/api/config', { body: { volume: demo?.volume } });
    expect(taken.status).toBe(200);
    expect(client.control.services.settings.config.volume).toEqual(demo?.volume);
  });

  it('is reset to the preset', async () => {
    const { body } = await client.ask<Shown>('POST', '/api/config/reset');
    expect(body.config.seed).toBe(42);
    expect(loadConfig(file()).volume.stores).toBe(42);
  });

  it('keeps the seed of the command line when it is reset', async () => {
    const seeded = await testClient({ seed: 7 });
    await seeded.ask('PUT', '/api/config', { body: { seed: 8, volume: { stores: 4 } } });
    const { defaults } = (await seeded.ask('GET', '/api/config/schema')).body;
    const { body } = await seeded.ask<Shown>('POST', '/api/config/reset');
    expect(body.config).toMatchObject({ seed: 7, volume: { stores: 42 } });
    expect(defaults).toEqual(body.config);
    await seeded.close();
  });
});

it('keeps the folders of the config file when it is reset', async () => {
  const folder = temporaryFolder();
  const config = path.join(folder, 'c.json');
  const paths = { master: 'w/master', facts: 'w/facts' };
  writeFileSync(config, JSON.stringify({ seed: 3, paths }));
  const { app, services, close } = createControl({ config });
  try {
    const { root } = services.settings.paths;
    expect(root).toBe(path.join(folder, 'w'));
    const headers = { host: 'localhost' };
    const reset = await app.request('/api/config/reset', { method: 'POST', headers });
    expect(reset.status).toBe(200);
    expect(services.settings.paths.root).toBe(root);
    expect(JSON.parse(readFileSync(config, 'utf8'))).toEqual({ paths });
  } finally {
    await close();
  }
});

describe('secrets', () => {
  const check = (body: unknown) => client.ask('POST', '/api/config/validate', { body });

  it('of a text that is only checked are forgotten afterwards', async () => {
    const word = 'receiptsOfTheDay';
    await check({ realtime: { azure_connection_string: word } });
    const connection_string = `Endpoint=sb://h/;SharedAccessKeyName=a;SharedAccessKey=${word}`;
    await client.ask('POST', '/api/stream/validate-connection', { body: { connection_string } });
    const refused = { realtime: { azure_connection_string: word, burst: -1 } };
    expect((await client.ask('PUT', '/api/config', { body: refused })).status).toBe(400);
    expect(redact(`the ${word}`)).toBe(`the ${word}`);
  });

  it('of a request are masked in messages about it', async () => {
    const word = 'anotherWordOfMine';
    const realtime = { azure_connection_string: word, keyvault_url: 7, azure_namespace: [word] };
    const checked = await check({ realtime });
    expect(checked.body.valid).toBe(false);
    const put = await client.ask('PUT', '/api/config', { body: { realtime } });
    expect(put.status).toBe(400);
    expect(checked.text + put.text).not.toContain(word);
  });

  it('are refused in settings that are shown', async () => {
    const text = `Endpoint=sb://h.example/;SharedAccessKeyName=a;SharedAccessKey=Super${KEY}`;
    const before = readFileSync(file(), 'utf8');
    for (const [body, field] of [
      [{ stream: { hub: text } }, 'stream.hub'],
      [{ stream: { hub: 'Endpoint=sb://h.example/' } }, 'stream.hub'],
      [{ realtime: { azure_namespace: text } }, 'realtime.azure_namespace'],
      [{ realtime: { keyvault_url: `https://v/?sig=Super${KEY}` } }, 'realtime.keyvault_url'],
      [{ realtime: { keyvault_secret_name: text } }, 'realtime.keyvault_secret_name'],
    ] as const) {
      const put = await client.ask('PUT', '/api/config', { body });
      expect(put.body).toMatchObject({ status: 400, errors: [{ field }] });
      expect(put.text).toContain('a connection string belongs in realtime.azure_connection_string');
      expect(put.text + (await check(body)).text).not.toContain('Super');
    }
    const hub = await client.ask('PUT', '/api/stream/config', { body: { hub: text } });
    expect(hub.status).toBe(400);
    expect(readFileSync(file(), 'utf8')).toBe(before);
  });

  it('an address that is not of a vault is never saved', async () => {
    const before = readFileSync(file(), 'utf8');
    for (const keyvault_url of [
      'https://127.0.0.1:6379',
      'http://shop.vault.azure.net',
      'https://shop.vault.azure.net:22',
      'https://user:hiddenword@shop.vault.azure.net',
      'https://shop.vault.azure.net.evil.example',
    ]) {
      const realtime = { use_keyvault: true, keyvault_url, keyvault_secret_name: 'hub' };
      for (const [url, body] of [
        ['/api/config', { realtime }],
        ['/api/stream/config', realtime],
      ] as const) {
        const put = await client.ask('PUT', url, { body });
        expect(put.body).toMatchObject({
          status: 400,
          errors: [{ field: 'realtime.keyvault_url' }],
        });
        expect(put.text).not.toContain('hiddenword');
      }
      expect((await check({ realtime })).body.valid).toBe(false);
    }
    expect(readFileSync(file(), 'utf8')).toBe(before);
  });

  it.skipIf(process.platform === 'win32')('lie in a file that only its owner reads', async () => {
    const rights = () => statSync(file()).mode & 0o777;
    const put = async (body: unknown) =>
      expect((await client.ask('PUT', '/api/config', { body })).status).toBe(200);
    chmodSync(file(), 0o644);
    await put({ realtime: { azure_connection_string: '' } });
    expect(rights()).toBe(0o644);
    await put({ realtime: { azure_connection_string: SECRET } });
    expect(rights()).toBe(0o600);
    chmodSync(file(), 0o400);
    await put({ seed: 12 });
    expect(rights()).toBe(0o400);
    chmodSync(file(), 0o640);
    await put({ realtime: { azure_connection_string: '' } });
    expect(rights()).toBe(0o640);
  });
});

describe('settings of the stream', () => {
  it('are keys of the section realtime', async () => {
    const body = { emit_interval_ms: 1000, burst: 5, hub: 'other-hub' };
    expect((await client.ask('PUT', '/api/stream/config', { body })).status).toBe(200);
    const shown = await client.ask('GET', '/api/stream/config');
    expect(shown.body).toMatchObject({
      realtime: { emit_interval_ms: 1000, burst: 5 },
      stream: { hub: 'other-hub' },
    });
    const wrong = await client.ask('PUT', '/api/stream/config', { body: { burst: 0 } });
    expect(wrong.body).toMatchObject({ status: 400, errors: [{ field: 'realtime.burst' }] });
  });

  it('a connection string is checked without showing its key', async () => {
    const check = (connection_string: string) =>
      client.ask('POST', '/api/stream/validate-connection', { body: { connection_string } });
    const good = await check(SECRET);
    expect(good.body).toMatchObject({
      success: true,
      details: { host: 'shop.servicebus.windows.net', eventHub: 'retail-events' },
    });
    const bad = await check(`Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKey=${KEY}`);
    expect(bad.body).toMatchObject({ success: false });
    expect(bad.body.message).toContain('SharedAccessKeyName is missing');
    expect(good.text + bad.text).not.toContain(KEY);
  });
});

describe('scenarios', () => {
  it('are listed and described', async () => {
    const { body } = await client.ask<{ scenarios: { name: string }[] }>('GET', '/api/scenarios');
    expect(body.scenarios.map(({ name }) => name)).toContain('holiday');
    const one = await client.ask('GET', '/api/scenarios/holiday');
    expect((one.body.effect_details as unknown[]).length).toBeGreaterThan(0);
    expect((await client.ask('GET', '/api/scenarios/nosuch')).status).toBe(404);
    expect((await client.ask('GET', '/api/scenarios/..%2F..%2Fpackage')).status).toBe(404);
  });

  it('are checked as texts, with the place of a fault', async () => {
    const check = (yaml: string) =>
      client.ask('POST', '/api/scenarios/validate', { body: { yaml } });
    const good = 'name: calm\ntitle: Calm\ndescription: Nothing happens.\neffects: []\n';
    expect((await check(good)).body).toMatchObject({ valid: true, scenario: { name: 'calm' } });
    expect((await check('name: [')).body).toMatchObject({ valid: false, scenario: null });
    for (const levels of [1000, 20_000, 1000, 20_000]) {
      const { status, body } = await check('['.repeat(levels));
      expect(status).toBe(200);
      expect(body).toMatchObject({ valid: false, scenario: null });
      expect(body.message).toContain('nested deeper than 32 levels');
    }
    expect((await check('&a [*a]')).body).toMatchObject({ valid: false });
    const { body } = await check(good.replace('effects: []', 'effects:\n  - type: nosuch\n'));
    expect(body).toMatchObject({ valid: false });
    expect(body.message).toMatch(/line \d+/);
  });

  it('that do not exist start nothing', async () => {
    const body = { scenarios: ['holidy'] };
    const { status, text } = await client.ask('POST', '/api/generate/historical', { body });
    expect(status).toBe(400);
    expect(text).toContain('did you mean holiday');
  });
});

it('says that a world cannot continue with the settings, before and after they are changed', async () => {
  const from = Date.UTC(2024, 0, 1);
  const world = await smallWorld(from, from + 3_600_000);
  const other = await testClient({ out: world.copy().root });
  try {
    const shown = async () => (await other.ask('GET', '/api/config')).body.notes as string[];
    expect(await shown()).toEqual([]);
    const check = async (body: unknown) =>
      (await other.ask('POST', '/api/config/validate', { body })).body;
    expect(await check({ realtime: { max_batch_size: 7 } })).toMatchObject({ notes: [] });
    const changes = { seed: 6, volume: { customers_per_day: 11 } };
    const { valid, message, notes } = await check(changes);
    expect(valid).toBe(true);
    expect(message).toContain('for another world');
    expect(notes).toHaveLength(1);
    expect((notes as string[])[0]).toContain('seed was 5, and is now 6');
    expect((notes as string[])[0]).toMatch(/volume.customers_per_day was \d+, and is now 11/);
    expect((await other.ask('PUT', '/api/config', { body: changes })).body.notes).toEqual(notes);
    expect(await shown()).toEqual(notes);
  } finally {
    await other.close();
    world.remove();
  }
});
