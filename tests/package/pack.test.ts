/** The package as npm packs it, installed in empty projects by npm and by Deno: `npm run test:long`. */
import { execFile } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate, type WorldConfig } from '../../src/library/index.ts';
import { IS_LONG } from '../helpers/long.ts';
import { startRegistry } from './registry.ts';

const root = path.resolve(import.meta.dirname, '../..');
const EXAMPLES = ['continue', 'facts-into-duckdb', 'own-sink', 'stream-and-consume', 'week'];
const WORLD = {
  seed: 3,
  volume: { stores: 1, dcs: 1, total_customers: 100, total_products: 100 },
} as const satisfies WorldConfig;
/** As in .ci/run. */
const DENO = 'deno@2.9.6';
const ONE_WORLD = `import { generate } from 'synthetic-retail';
await generate(${JSON.stringify(WORLD)}, { out: Deno.args[0], from: '2024-01-01', days: 1 });
`;
const OPTIONS = {
  strict: true,
  target: 'ES2022',
  module: 'NodeNext',
  // Of the types that packages of Microsoft's mention.
  lib: ['ES2023', 'DOM'],
  types: ['node'],
  typeRoots: [path.join(root, 'node_modules/@types')],
  rewriteRelativeImportExtensions: true,
  rootDir: 'src',
  outDir: 'out',
};
const LIGHT_BYTES = 60_000_000;

/** npm and Deno install a hundred packages. */
describe.runIf(IS_LONG)('the tarball', { timeout: 900_000 }, () => {
  let base: string;
  let tarball: string;

  beforeAll(async () => {
    base = mkdtempSync(path.join(os.tmpdir(), 'packed-'));
    await npm(root, 'pack', '--silent', '--pack-destination', base);
    const [file] = readdirSync(base);
    tarball = path.join(base, file);
  }, 900_000);
  afterAll(() => rmSync(base, { recursive: true }));

  /** Compares a world with the one that the sources make. */
  async function expectSameWorld(made: string): Promise<void> {
    const expected = path.join(base, 'expected');
    await generate(WORLD, { out: expected, from: '2024-01-01', to: '2024-01-02' });
    expect(filesOf(made)).toEqual(filesOf(expected));
    for (const file of filesOf(expected)) {
      const [a, b] = [made, expected].map((folder) => readFileSync(path.join(folder, file)));
      expect(a.equals(b), file).toBe(true);
    }
  }

  /** An empty project with the tarball installed. */
  async function project(name: string, ...flags: string[]): Promise<string> {
    const folder = path.join(base, name);
    mkdirSync(path.join(folder, 'src'), { recursive: true });
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }');
    await npm(folder, 'install', tarball, '--prefer-offline', '--no-audit', '--no-fund', ...flags);
    return folder;
  }

  it('holds what is needed, and neither sources nor tests', async () => {
    const listed = await npm(root, 'pack', '--dry-run', '--ignore-scripts', '--json');
    const [{ files }] = JSON.parse(listed.slice(listed.indexOf('['))) as [
      { files: { path: string }[] },
    ];
    const outside = files.map((file) => file.path).filter((file) => !file.startsWith('dist/'));
    expect(outside.filter((file) => /\.(ts|tsx)$/.test(file))).toEqual([]);
    expect(new Set(outside.map((file) => file.split('/')[0]))).toEqual(
      new Set([
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'THIRD_PARTY.md',
        'dictionaries',
        'package.json',
        'scenarios',
        'src',
      ]),
    );
  });

  it('gives a library that compiles under strict, and does what the repository does', async () => {
    const folder = await project('whole');
    copyExamples(folder);
    writeFileSync(
      path.join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: OPTIONS, include: ['src'] }),
    );
    const { bin } = JSON.parse(
      readFileSync(path.join(root, 'node_modules/typescript/package.json'), 'utf8'),
    );
    await run(
      folder,
      process.execPath,
      path.join(root, 'node_modules/typescript', bin.tsc),
      '-p',
      '.',
    );
    for (const name of EXAMPLES) {
      const printed = await run(folder, process.execPath, `out/${name}.js`);
      expect(printed, name).toBe(readFileSync(path.join(root, 'examples', `${name}.txt`), 'utf8'));
    }
  });

  it('does the same on Deno, which installs, checks and runs it', async () => {
    const folder = path.join(base, 'deno');
    mkdirSync(path.join(folder, 'src'), { recursive: true });
    copyExamples(folder);
    const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    const settings = { nodeModulesDir: 'auto', compilerOptions: { strict: true } };
    writeFileSync(path.join(folder, 'deno.json'), JSON.stringify(settings));
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }');
    const upstream = (await npm(root, 'config', 'get', 'registry')).trim();
    const registry = await startRegistry(tarball, manifest, upstream);
    const more = { NPM_CONFIG_REGISTRY: registry.url, DENO_DIR: path.join(base, 'deno-cache') };
    const deno = (...args: string[]) =>
      npmWith(more, folder, 'exec', '--yes', '--package', DENO, '--', 'deno', ...args);
    try {
      // What the examples import themselves, and the types that those of the SDKs mention.
      const beside = ['@duckdb/node-api', '@azure/event-hubs', '@types/node'].map((name) => {
        const version = manifest.optionalDependencies[name] ?? manifest.devDependencies[name];
        return `npm:${name}@${version}`;
      });
      await deno('add', '--quiet', `npm:${manifest.name}@${manifest.version}`, ...beside);
      await deno('check', ...EXAMPLES.map((name) => `src/${name}.ts`));
      for (const name of EXAMPLES) {
        const printed = await deno('run', '-A', `src/${name}.ts`);
        const expected = readFileSync(path.join(root, 'examples', `${name}.txt`), 'utf8');
        expect(printed, name).toBe(expected);
      }
      // The library's bytes, and the command's.
      writeFileSync(path.join(folder, 'src', 'one.ts'), ONE_WORLD);
      await deno('run', '-A', 'src/one.ts', path.join(folder, 'w'));
      await expectSameWorld(path.join(folder, 'w'));
      writeFileSync(path.join(folder, 'config.json'), JSON.stringify(WORLD));
      const words = ['--config', 'config.json', '--from', '2024-01-01', '--days', '1'];
      await deno('run', '-A', `npm:${manifest.name}`, 'run', '--out', 'c', ...words);
      await expectSameWorld(path.join(folder, 'c'));
    } finally {
      await registry.close();
    }
  });

  it('makes a history without what is optional, from less than 60 MB, byte for byte', async () => {
    const folder = await project('light', '--omit=optional');
    const installed = readdirSync(path.join(folder, 'node_modules'));
    for (const name of ['@duckdb', '@azure', '@toondepauw', 'esbuild', 'tsx', 'preact']) {
      expect(installed).not.toContain(name);
    }
    expect(sizeOf(path.join(folder, 'node_modules'))).toBeLessThan(LIGHT_BYTES);
    writeFileSync(path.join(folder, 'config.json'), JSON.stringify(WORLD));
    const window = ['--from', '2024-01-01', '--days', '1'];
    await npx(folder, 'run', '--config', 'config.json', '--out', 'w', ...window);
    await expectSameWorld(path.join(folder, 'w'));
    const verifying = npx(folder, 'verify', 'w');
    await expect(verifying).rejects.toThrow(/Install it with: npm install @duckdb\/node-api@/);
  });
});

const run = (cwd: string, file: string, ...args: string[]) => runWith({}, cwd, file, ...args);

async function runWith(
  more: NodeJS.ProcessEnv,
  cwd: string,
  file: string,
  ...args: string[]
): Promise<string> {
  // npm tells its own processes what it was asked itself.
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'));
  const options = { cwd, env: { ...Object.fromEntries(own), ...more }, maxBuffer: 64 << 20 };
  return (await promisify(execFile)(file, args, options)).stdout;
}

const npm = (cwd: string, ...args: string[]) => npmWith({}, cwd, ...args);

/** npm is a script of another kind on Windows, which only a shell starts. */
function npmWith(more: NodeJS.ProcessEnv, cwd: string, ...args: string[]): Promise<string> {
  return process.platform === 'win32'
    ? runWith(more, cwd, process.env.ComSpec ?? 'cmd.exe', '/c', 'npm', ...args)
    : runWith(more, cwd, 'npm', ...args);
}

function copyExamples(folder: string): void {
  for (const name of [...EXAMPLES, 'tiny-world']) {
    const file = `${name}.ts`;
    copyFileSync(path.join(root, 'examples', file), path.join(folder, 'src', file));
  }
}

const npx = (cwd: string, ...args: string[]) => npm(cwd, 'exec', '--', 'synthetic-retail', ...args);

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

function sizeOf(folder: string): number {
  return filesOf(folder).reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0);
}
