/** `sim init`: what it writes can be used as it is, and nothing of anybody else is touched. */
import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { loadScenario } from '../../src/scenario/scenario.ts';
import { loadConfig } from '../../src/world/config.ts';
import { fakeTerminal } from './fake-terminal.ts';
import { wordsOf } from './words.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const base = mkdtempSync(path.join(os.tmpdir(), 'sim-init-'));
afterAll(() => rmSync(base, { recursive: true }));
const FILES = ['.gitignore', 'config.json', 'scenario.schema.json', 'spring-sale.yaml'];

async function sim(...words: string[]) {
  const terminal = fakeTerminal();
  const code = await main(words, terminal);
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

const commandsOf = (text: string) =>
  [...text.matchAll(/^ {2}npm run sim -- (.+)$/gm)].map(([, line]) => wordsOf(line, base));

it('writes files that can be used, and prints commands that work', async () => {
  const dir = path.join(base, 'new', 'my shop');
  const { code, stdout, stderr } = await sim('init', dir);
  expect(stderr).toContain(`to "${dir}".\n`);
  expect(code).toBe(0);
  expect(stdout).toBe('');
  expect(readdirSync(dir).sort()).toEqual(FILES);

  const commands = commandsOf(stderr);
  expect(commands.map(([name]) => name)).toEqual(['run', 'verify', 'serve']);
  const [run, verify, serve] = commands;
  const made = await sim(...run);
  expect(made.code, made.stderr).toBe(0);
  expect(made.stderr).not.toContain('note:');
  expect(made.stderr).toContain('Generated 2024-01-01 to 2024-01-08');
  const checked = await sim(...verify);
  expect(checked.stdout).toMatch(/All \d+ checks hold/);
  const world = path.join(dir, 'world');
  expect(existsSync(path.join(world, 'facts/supply_chain_disruption'))).toBe(true);

  const server = spawn(
    process.execPath,
    ['--import', 'tsx', 'src/cli.ts', ...serve, '--port', '0', '--json'],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const url = await new Promise<string>((resolve, reject) => {
      server.stdout.once('data', (line) => resolve(JSON.parse(line).url));
      server.once('exit', (exit) => reject(new Error(`it ended with code ${exit}`)));
    });
    expect((await fetch(url)).status).toBe(200);
  } finally {
    server.kill();
    await new Promise((resolve) => server.once('exit', resolve));
  }
});

it('remarks stand above the setting that they are about, which has a value', async () => {
  const dir = path.join(base, 'remarks');
  await sim('init', dir);
  const file = path.join(dir, 'config.json');
  const raw = JSON.parse(readFileSync(file, 'utf8'));
  let remarks = 0;
  for (const section of [raw, ...Object.values<Record<string, unknown>>(raw)]) {
    if (typeof section !== 'object' || Array.isArray(section)) continue;
    const keys = Object.keys(section);
    for (const [at, key] of keys.entries()) {
      if (!key.startsWith('_') || key === '_about') continue;
      remarks++;
      expect(keys[at + 1]).toBe(key.slice(1));
    }
  }
  expect(remarks).toBeGreaterThan(8);
  expect(loadConfig(file).volume).toEqual(loadConfig(undefined, 'small').volume);
});

it('the scenario does all that its comments say, and editors find its schema', async () => {
  const dir = path.join(base, 'scenario');
  await sim('init', dir);
  const file = path.join(dir, 'spring-sale.yaml');
  const { name, effects } = loadScenario(file);
  expect(name).toBe('spring-sale');
  expect(effects.map(({ kind }) => kind)).toEqual([
    'traffic',
    'departmentDemand',
    'promotion',
    'disruption',
  ]);
  const text = readFileSync(file, 'utf8');
  const schema = /^# yaml-language-server: \$schema=(.+)$/m.exec(text)?.[1] ?? '';
  const shipped = JSON.parse(
    readFileSync(path.join(ROOT, 'scenarios/scenario.schema.json'), 'utf8'),
  );
  expect(JSON.parse(readFileSync(path.join(dir, schema), 'utf8'))).toEqual(shipped);
  const kinds: string[] = shipped.properties.effects.items.oneOf.map(
    (kind: { properties: { kind: { const: string } } }) => kind.properties.kind.const,
  );
  const others = /^# Other kinds: (.+)\.$/m.exec(text)?.[1].split(', ') ?? [];
  expect([...effects.map(({ kind }) => kind), ...others].sort()).toEqual(kinds.sort());
});

it('touches nothing where one of the files is there already, and names each', async () => {
  const dir = path.join(base, 'taken');
  mkdirSync(dir);
  writeFileSync(path.join(dir, 'config.json'), '{}');
  symlinkSync(path.join(base, 'nowhere'), path.join(dir, '.gitignore'), 'junction');
  const { code, stderr } = await sim('init', dir);
  expect(stderr).toBe(
    `error: Cannot write to "${dir}": config.json, .gitignore are there already. Nothing was written. ` +
      'Name another folder, or move them away.\n',
  );
  expect(code).toBe(2);
  expect(readdirSync(dir).sort()).toEqual(['.gitignore', 'config.json']);
  expect(readFileSync(path.join(dir, 'config.json'), 'utf8')).toBe('{}');
});

it('refuses a folder without a name, and a file', async () => {
  const file = path.join(base, 'file');
  writeFileSync(file, 'mine');
  expect(await sim('init', file)).toMatchObject({
    code: 2,
    stderr: `error: Cannot write to "${file}": it is a file, expected a folder or a new name\n`,
  });
  expect(await sim('init', '')).toMatchObject({ code: 2 });
  expect(readFileSync(file, 'utf8')).toBe('mine');
});

it('leaves nothing behind where the system refuses', async () => {
  const below = path.join(base, 'file-above');
  writeFileSync(below, 'mine');
  const { code, stderr } = await sim('init', path.join(below, 'deeper', 'shop'));
  expect(code).toBe(1);
  expect(stderr).toMatch(/^error: Cannot write to ".*shop": .+\. Nothing was written\./);
  expect(stderr).not.toContain('    at ');
});

// Root may write everywhere, and Windows knows no such mode of a folder.
it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
  'says so where this user may not write',
  async () => {
    const dir = path.join(base, 'locked');
    mkdirSync(dir);
    chmodSync(dir, 0o500);
    const { code, stderr } = await sim('init', dir);
    chmodSync(dir, 0o700);
    expect(code).toBe(1);
    expect(stderr).toContain('permission denied');
    expect(readdirSync(dir)).toEqual([]);
  },
);
