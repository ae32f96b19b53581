/** Optional parts: the rest works without them, and a missing one is named with the command that installs it. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { InputError } from '../../src/domain/errors.ts';
import { loadPart } from '../../src/domain/optional-part.ts';

const root = path.resolve(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<
  'dependencies' | 'optionalDependencies' | 'devDependencies',
  Record<string, string>
>;
/** All that a history must do without; tsx runs the sources here. */
const HIDDEN = [
  ...Object.keys(manifest.optionalDependencies),
  ...Object.keys(manifest.devDependencies).filter((name) => name !== 'tsx'),
];
const WORLD = {
  seed: 3,
  volume: {
    stores: 1,
    dcs: 1,
    total_geographies: 4,
    total_customers: 100,
    total_products: 100,
    customers_per_day: 10,
    online_orders_per_day: 2,
  },
};

let base: string;
let out: string;
let config: string;

beforeAll(() => {
  base = mkdtempSync(path.join(os.tmpdir(), 'optional-'));
  out = path.join(base, 'w');
  config = path.join(base, 'config.json');
  writeFileSync(config, JSON.stringify(WORLD));
});
afterAll(() => rmSync(base, { recursive: true }));

/** Runs the sources with packages hidden. */
function sim(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const hide = path.join(root, 'tests/package/hide.mjs');
  const before = ['--import', 'tsx', '--import', hide, 'src/cli.ts'];
  const env = { ...process.env, SIM_TEST_HIDDEN: JSON.stringify(HIDDEN) };
  return new Promise((resolve) => {
    execFile(process.execPath, [...before, ...args], { cwd: root, env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

it('a history is generated, shown and exported to files without any of them', async () => {
  const window = ['--from', '2024-01-01', '--days', '1'];
  const made = await sim('run', '--config', config, '--out', out, ...window);
  expect(made).toMatchObject({ code: 0 });
  expect(made.stderr).toContain('Generated 2024-01-01 to 2024-01-02');
  const told = await sim('status', '--out', out, '--json');
  expect(JSON.parse(told.stdout)).toMatchObject({
    world: { seed: 3, generatedTo: '2024-01-02T00:00:00.000Z' },
  });
  const parquet = path.join(base, 'parquet');
  const exported = await sim('export', out, '--to', 'parquet', '--output', parquet);
  expect(exported).toMatchObject({ code: 0 });
  expect(exported.stderr).toContain('Compared: rows, filled fields and sums');
});

it.each([
  ['@duckdb/node-api', ['verify', 'OUT'], 'to verify a world'],
  ['@duckdb/node-api', ['report', 'OUT'], 'to report on a world'],
  [
    '@duckdb/node-api',
    ['export', 'OUT', '--to', 'duckdb', '--output', 'NEW'],
    'to export a world to a database',
  ],
  [
    'node-sqlite3-wasm',
    ['export', 'OUT', '--to', 'sqlite', '--output', 'NEW'],
    'to export a world to SQLite',
  ],
  ['pg', ['export', 'OUT', '--to', 'postgres'], 'to export a world to PostgreSQL'],
  ['@observablehq/plot', ['report', 'OUT', '--html'], 'to draw a report'],
  [
    '@azure/event-hubs',
    ['run', '--mode', 'realtime', '--config', 'CONFIG', '--out', 'OUT', '--catch-up', 'none'],
    'to send to an event hub',
  ],
  ['@azure/event-hubs', ['tail', '--port', '9'], 'to read an event hub'],
  [
    '@toondepauw/node-zstd',
    ['run', '--config', 'CONFIG', '--out', 'NEW', '--compress', 'zstd'],
    'for zstd; --compress gzip needs none',
  ],
])('%s is named with the command that installs it: sim %j', async (name, words, purpose) => {
  const places: Record<string, string> = { OUT: out, CONFIG: config, NEW: path.join(base, 'new') };
  const { code, stderr } = await sim(...words.map((word) => places[word] ?? word));
  expect(stderr).toContain(
    `error: Cannot do without the package ${name} ${purpose}, which is not installed. ` +
      `Install it with: npm install ${name}@${manifest.optionalDependencies[name]}\n`,
  );
  expect(code).toBe(2);
});

it('a part without a binary for this machine says so', async () => {
  const failing = () => Promise.reject(new Error('libduckdb.so: wrong ELF class\nat dlopen'));
  const loading = loadPart('@duckdb/node-api', 'to verify a world', failing);
  await expect(loading).rejects.toBeInstanceOf(InputError);
  await expect(loading).rejects.toThrow(
    `which can't be loaded on this machine (${process.platform} ${process.arch}): ` +
      'libduckdb.so: wrong ELF class. Install it with: npm install @duckdb/node-api@',
  );
});

/** Modules that run in the repository alone. */
const OF_THE_REPOSITORY = /^(sim|.*-thread)\.mjs$|^page-bundle\.ts$/;
const sources = ['src', 'actors'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|mjs)$/.test(file) && !/^page[\\/]/.test(file))
    .map((file) => path.join(root, folder, file)),
);

it('what the package imports is among its dependencies, and what is optional is loaded when it is needed', () => {
  const found = new Set<string>();
  for (const file of sources) {
    if (OF_THE_REPOSITORY.test(path.basename(file))) continue;
    const code = readFileSync(file, 'utf8').replaceAll(
      /\/\*[\s\S]*?\*\/|^(import|export) type [^;]*;$/gm,
      '',
    );
    for (const [, how, name] of code.matchAll(
      /(from |import\(|require\()'(?!node:)((?:@[\w-]+\/)?[\w-]+)[^']*'/g,
    )) {
      found.add(name);
      if (name in manifest.optionalDependencies) expect(how, `${file}: ${name}`).toBe('import(');
      else expect(manifest.dependencies, `${file}: ${name}`).toHaveProperty([name]);
    }
  }
  const declared = { ...manifest.dependencies, ...manifest.optionalDependencies };
  expect([...found].sort()).toEqual(Object.keys(declared).sort());
});
