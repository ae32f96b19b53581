/** A server on an existing world: it uses the world's own settings, and refuses flags for another one. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Settings } from '../../src/api/settings.ts';
import { DAY_MS } from '../../src/engine/time.ts';
import type { WorldPaths } from '../../src/store/paths.ts';
import { removeWorld } from '../../src/store/remove-world.ts';
import { fakeTerminal } from '../cli/fake-terminal.ts';
import { main } from '../../src/cli/main.ts';
import { SMALL_VOLUME, type SmallWorld, smallWorld } from '../run/small-world.ts';
import { testClient } from './client.ts';

const FROM = Date.UTC(2024, 1, 1);
let world: SmallWorld;
let paths: WorldPaths;
beforeAll(async () => {
  world = await smallWorld(FROM, FROM + 3_600_000, { historical: { start_date: '2024-02-01' } });
  paths = world.copy();
});
afterAll(() => world.remove());

const fileWith = (name: string, content: object) => {
  const file = path.join(path.dirname(paths.root), name);
  writeFileSync(file, JSON.stringify(content));
  return file;
};

describe('a setting without a flag', () => {
  it('is that of the world', () => {
    const { config, defaults } = new Settings({ out: paths.root });
    expect(config.seed).toBe(5);
    expect(config.volume).toEqual(world.settings.config.volume);
    expect(config.historical.start_date).toBe('2024-02-01');
    expect(defaults).toMatchObject({ seed: 5, volume: SMALL_VOLUME });
  });

  it('is that of the world also in the thread of a job', async () => {
    const own = world.copy();
    const client = await testClient({ out: own.root, config: undefined });
    try {
      const { body } = await client.ask('GET', '/api/generation/status');
      expect(body).toMatchObject({ seed: 5, obstacle: null });
      const end_date = new Date(FROM + DAY_MS / 4).toISOString();
      const started = await client.ask('POST', '/api/generate/historical', { body: { end_date } });
      expect(await client.over(started.body.operation_id)).toMatchObject({ status: 'completed' });
    } finally {
      await client.close();
    }
  });

  it('is that of the preset after the world was removed and the config reset', () => {
    const own = world.copy();
    const settings = new Settings({ out: own.root });
    removeWorld(own);
    expect(settings.config.volume.stores).toBe(3);
    settings.reset();
    expect(settings.config.volume.stores).toBe(42);
  });

  it('a config file sets only the settings that it contains', () => {
    const config = fileWith('part.json', { volume: { stores: 3 }, realtime: { burst: 7 } });
    const settings = new Settings({ out: paths.root, config });
    expect(settings.config.volume).toEqual(world.settings.config.volume);
    expect(settings.config.realtime.burst).toBe(7);
  });
});

describe('a flag for another world is refused by name', () => {
  const other = () => fileWith('other.json', { seed: 6, volume: { stores: 9, dcs: 2 } });
  const refused = (options: ConstructorParameters<typeof Settings>[0]) => {
    try {
      new Settings({ out: paths.root, ...options });
    } catch (error) {
      return (error as Error).message;
    }
    return 'taken';
  };

  it('--seed', () => {
    expect(refused({ seed: 5 })).toBe('taken');
    expect(refused({ seed: 8 })).toContain('\n  --seed 8: seed is 5, requested 8\n');
    expect(refused({ seed: 8 })).toContain('Leave out these flags');
  });

  it('--preset', () => {
    expect(refused({ preset: 'small' })).toContain(
      '\n  --preset small: volume.stores 3 there, 4 asked for\n',
    );
    expect(refused({ preset: 'default' })).toContain('--preset default: volume.stores 3 there, 42');
    expect(refused({ preset: 'small' })).not.toContain('--seed');
  });

  it('--config', () => {
    const message = refused({ config: other() });
    expect(message).toContain('other.json: seed 5 there, 6 asked for\n');
    expect(message).toContain('other.json: volume.stores 3 there, 9 asked for\n');
    expect(message).not.toContain('volume.total_customers');
  });

  it('but the config in the folder itself is reported as an obstacle', async () => {
    const own = world.copy();
    mkdirSync(own.root, { recursive: true });
    writeFileSync(path.join(own.root, 'config.json'), '{"seed": 77}');
    const client = await testClient({ out: own.root, config: undefined });
    try {
      const { body } = await client.ask('GET', '/api/generation/status');
      expect(body.obstacle).toContain('seed was 5, and is now 77');
    } finally {
      await client.close();
    }
  });

  it('at the command line with exit code 2', async () => {
    const sim = async (...args: string[]) => {
      const terminal = fakeTerminal();
      const code = await main(['serve', ...args], terminal);
      return { code, said: terminal.stderr() };
    };
    const seed = await sim(paths.root, '--seed', '8', '--port', '0');
    expect(seed.code).toBe(2);
    expect(seed.said).toContain('--seed 8: seed is 5, requested 8');
    const twice = await sim(paths.root, '--out', 'elsewhere');
    expect(twice.code).toBe(2);
    expect(twice.said).toContain('The folder of the world is given twice');
  });
});
