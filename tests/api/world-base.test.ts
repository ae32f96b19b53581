/** A server on an existing world: it uses the world's own settings, and refuses flags for another one. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Settings } from '../../src/api/settings.ts';
import { DAY_MS } from '../../src/engine/time.ts';
import { type Manifest, manifestText, readManifest } from '../../src/store/manifest.ts';
import { type WorldPaths, worldPaths } from '../../src/store/paths.ts';
import { removeWorld } from '../../src/store/remove-world.ts';
import { fakeTerminal } from '../cli/fake-terminal.ts';
import { main } from '../../src/cli/main.ts';
import { SMALL_VOLUME, type SmallWorld, smallWorld } from '../run/small-world.ts';
import { digests } from '../run/digests.ts';
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
      '\n  --preset small: volume.stores is 3, requested 4\n',
    );
    expect(refused({ preset: 'default' })).toContain(
      '--preset default: volume.stores is 3, requested 42',
    );
    expect(refused({ preset: 'small' })).not.toContain('--seed');
  });

  it('--config', () => {
    const message = refused({ config: other() });
    expect(message).toContain('other.json: seed is 5, requested 6\n');
    expect(message).toContain('other.json: volume.stores is 3, requested 9\n');
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

describe('a world whose scenario came from a file', () => {
  const TEXT = [
    'name: heat',
    'title: A hot week',
    'description: More visits for a week.',
    'effects:',
    '  - { kind: traffic, window: { fromDays: 0, toDays: 7 }, factor: 1.5 }',
    '',
  ].join('\n');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'kept-scenario-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const config = path.join(folder, 'config.json');
  const file = path.join(folder, 'hot.yaml');
  const out = path.join(folder, 'w');
  const END = new Date(FROM + 2 * 3_600_000).toISOString();
  const run = async (...args: string[]) => {
    const terminal = fakeTerminal();
    const world = ['--config', config, '--out', out, '--workers', '1'];
    const code = await main(['run', '--mode', 'history', ...world, ...args], terminal);
    return { code, said: terminal.stderr() };
  };
  beforeAll(async () => {
    writeFileSync(config, JSON.stringify({ seed: 5, volume: SMALL_VOLUME }));
    writeFileSync(file, TEXT);
    const to = new Date(FROM + 3_600_000).toISOString();
    const begun = await run('--from', '2024-02-01', '--to', to, '--scenario', file);
    expect(begun.code, begun.said).toBe(0);
  });

  /** Goes on with a copy of it through the server, without saying anything of scenarios. */
  async function served(asked: object = {}, change: (manifest: Manifest) => Manifest = (as) => as) {
    const copy = mkdtempSync(path.join(folder, 'copy-'));
    cpSync(out, copy, { recursive: true });
    const { manifest } = worldPaths(copy);
    writeFileSync(manifest, manifestText(change(readManifest(manifest)!)));
    const client = await testClient({ out: copy, config: undefined });
    try {
      const status = await client.ask('GET', '/api/generation/status');
      const started = await client.ask('POST', '/api/generate/historical', {
        body: { end_date: END, ...asked },
      });
      const task = await client.over(started.body.operation_id);
      return { scenarios: status.body.scenarios, task, copy, faults: client.faults };
    } finally {
      await client.close();
    }
  }

  it('goes on in the server, though the file is gone', async () => {
    rmSync(file);
    // As the page asks.
    const { task, scenarios, faults, copy } = await served({ scenarios: ['heat'] });
    writeFileSync(file, TEXT);
    expect(task).toMatchObject({ status: 'completed' });
    expect(scenarios).toEqual(['heat']);
    expect(faults).toEqual([]);
    // As the command line with the file goes on.
    const alone = await run('--scenario', file, '--to', END);
    expect(alone.code, alone.said).toBe(0);
    const there = readManifest(worldPaths(out).manifest);
    expect(there?.scenarios[0].effects).toHaveLength(1);
    expect(readManifest(worldPaths(copy).manifest)).toEqual(there);
    expect(digests(path.join(copy, 'facts'))).toEqual(digests(path.join(out, 'facts')));
  });

  it('says how to go on where an older program kept its name alone', async () => {
    const { task, copy } = await served({}, (manifest) => ({
      ...manifest,
      scenarios: manifest.scenarios.map(({ name, sha256 }) => ({ name, sha256 })),
    }));
    expect(task).toMatchObject({ status: 'failed' });
    expect(task.error_message).toContain(
      `Continue with the original file: sim run --out ${path.relative(os.tmpdir(), copy)} --scenario FILE (that of "heat")`,
    );
  });

  it('is continued by the command line with the same scenarios only, which it names', async () => {
    const none = await run('--days', '1');
    expect(none.code).toBe(2);
    expect(none.said).toMatch(/scenarios: is heat \([0-9a-f]{12}\), requested none\n/);
    expect(none.said).toContain('Add its scenarios: --scenario FILE (that of "heat").');
    writeFileSync(file, TEXT.replace('1.5', '3'));
    const other = await run('--days', '1', '--scenario', file);
    expect(other.code).toBe(2);
    expect(other.said).toMatch(/is heat \([0-9a-f]{12}\), requested heat \([0-9a-f]{12}\)\n/);
    expect(other.said).not.toContain('Add its');
  });
});
