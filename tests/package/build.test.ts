/** The built package does what the sources do, without a compiler. */
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generate, type WorldConfig } from '../../src/library/index.ts';
import { builtPackage, loadedWith } from './built.ts';

const root = path.resolve(import.meta.dirname, '../..');
const HIDDEN = ['esbuild', 'tsx', 'preact', 'us-atlas'];
const WORLD = {
  seed: 3,
  volume: {
    stores: 2,
    dcs: 2,
    total_geographies: 6,
    total_customers: 200,
    total_products: 150,
    customers_per_day: 30,
    online_orders_per_day: 6,
  },
} as const satisfies WorldConfig;
const DAYS = ['--from', '2024-11-28', '--days', '2'];

let base: string;
let dist: string;
let sim: string;
let config: string;
/** The package's run must not find what only the repository has. */
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  base = mkdtempSync(path.join(os.tmpdir(), 'built-'));
  const folder = path.join(base, 'package');
  await builtPackage(folder);
  dist = path.join(folder, 'dist');
  sim = path.join(folder, 'src/sim.mjs');
  config = path.join(base, 'config.json');
  writeFileSync(config, JSON.stringify(WORLD));
  const hide = pathToFileURL(path.join(root, 'tests/package/hide.mjs')).href;
  env = {
    ...process.env,
    SIM_TEST_HIDDEN: JSON.stringify(HIDDEN),
    NODE_OPTIONS: `--import ${hide}`,
  };
});
afterAll(() => rmSync(base, { recursive: true }));

const run = (...args: string[]) => promisify(execFile)(process.execPath, [sim, ...args], { env });

/** SHA-256 of every file of a folder. */
function digests(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(
    files.map((file) => [
      path.relative(folder, file),
      createHash('sha256').update(readFileSync(file)).digest('hex'),
    ]),
  );
}

it('shows its version and its help without loading the simulation', async () => {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  expect((await run('--version')).stdout).toBe(`${version}\n`);
  expect((await run('--help')).stdout).toContain('estimate [options]');
  // What a quarter of a second has room for, whatever machine it is.
  const { packages, bytes } = loadedWith(dist, 'cli.js');
  expect([...packages]).toEqual(['commander']);
  expect(bytes).toBeLessThan(60_000);
});

it('loads a library without what streams, serves and verifies', () => {
  const { packages } = loadedWith(dist, 'index.js');
  expect(
    [...packages].filter((name) => /azure|duckdb|hono|rhea|prom-client|yaml/.test(name)),
  ).toEqual([]);
  expect([...loadedWith(dist, 'sink.js').packages]).toEqual([]);
});

it('generates the world of the sources, in threads and compressed, and verifies it', async () => {
  const expected = path.join(base, 'expected');
  await generate(WORLD, {
    out: expected,
    from: '2024-11-28',
    days: 2,
    compress: 'zstd',
    workers: 1,
  });
  const out = path.join(base, 'w');
  const made = ['run', '--config', config, '--out', out, ...DAYS];
  await run(...made, '--workers', '2', '--compress', 'zstd');
  expect(digests(out)).toEqual(digests(expected));
  const { stdout } = await run('verify', out);
  expect(stdout).toMatch(/All \d+ checks hold/);
  await run(
    'run',
    '--config',
    config,
    '--scenario',
    'holiday',
    '--out',
    path.join(base, 'h'),
    ...DAYS,
  );
});

it('serves the page as it was built, and runs a world for it in a thread', async () => {
  const out = path.join(base, 'served');
  const words = [sim, 'serve', '--port', '0', '--json', '--config', config, '--out', out];
  const server = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      server.stdout.once('data', (line) => resolve(JSON.parse(line).url));
      server.once('exit', (code) => reject(new Error(`it ended with code ${code}`)));
    });
    const page = await (await fetch(url)).text();
    const scripts = [...page.matchAll(/src="\.(\/assets\/[\w-]+\.js)"/g)].map(([, file]) => file);
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) {
      const answer = await fetch(url + script);
      expect(answer.headers.get('content-type')).toContain('text/javascript');
      expect(answer.headers.get('cache-control')).toContain('immutable');
    }
    const begun = await fetch(`${url}/api/generate/historical`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ start_date: '2024-11-28', end_date: '2024-11-29' }),
    });
    expect(await begun.text()).toContain('operation_id');
    const state = path.join(out, 'generation_state.json');
    const isDone = () =>
      existsSync(state) && JSON.parse(readFileSync(state, 'utf8')).has_historical_data === true;
    await expect.poll(isDone, { timeout: 90_000 }).toBe(true);
  } finally {
    server.kill();
    await new Promise((resolve) => server.once('exit', resolve));
  }
});

it('maps its code to the sources', () => {
  const maps = readdirSync(dist).filter((file) => file.endsWith('.js.map'));
  expect(maps.length).toBeGreaterThan(50);
  const texts = new Map<string, string>();
  for (const file of maps) {
    const map = JSON.parse(readFileSync(path.join(dist, file), 'utf8'));
    for (const [at, source] of map.sources.entries()) {
      texts.set(path.resolve(dist, source), map.sourcesContent[at]);
    }
  }
  for (const file of ['src/cli/main.ts', 'actors/truck.ts', 'src/run/threads/region-thread.ts']) {
    const source = path.join(root, file);
    expect(texts.get(source), file).toBe(readFileSync(source, 'utf8'));
  }
});
