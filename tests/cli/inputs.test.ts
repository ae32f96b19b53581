/** Wrong input on the command line, and its messages. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { listScenarios } from '../../src/scenario/scenario.ts';
import { fakeTerminal } from './fake-terminal.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-inputs-'));
afterAll(() => rmSync(base, { recursive: true }));

const NOW = '2024-03-20T15:00:00.000Z';

async function sim(...words: string[]) {
  const terminal = fakeTerminal(undefined, Date.parse(NOW));
  const code = await main(words, terminal);
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

const estimate = (...words: string[]) =>
  sim('estimate', '--preset', 'small', '--out', `${base}/none`, ...words);

it.each([
  [['--from', '-7d', '--to', 'now'], '2024-03-13T15:00:00Z to 2024-03-20T15:00:00Z'],
  [['--from=-36h', '--to=today'], '2024-03-19T03:00:00Z to 2024-03-20'],
  [['--from', 'today-2w', '--to', '-90m'], '2024-03-06 to 2024-03-20T13:30:00Z'],
  [['--from', '2024-03-01T00:00:00+00:00', '--days', '1'], '2024-03-01 to 2024-03-02'],
  [['--from', '2024-03-01T02:00:00.000000+02:00'], '2024-03-01 to 2024-03-08'],
])('estimate takes %j', async (words, window) => {
  const { code, stdout } = await estimate(...words);
  expect(stdout.split(' in "')[0]).toBe(window);
  expect(code).toBe(0);
});

it('names limits and forms, and shows a stray carriage return', async () => {
  expect((await estimate('--seed', '9007199254740993')).stderr).toContain(
    'expected a whole number of at least 0 and at most 9007199254740991',
  );
  expect((await estimate('--from', 'soon')).stderr).toMatch(
    /--from: "soon" is not an instant: .*-7d/,
  );
  const { stderr, code } = await sim('estimate', '--preset', 'small\r');
  expect(stderr).toBe(
    'error: Unknown preset "small\\r": expected default, calibrated, demo, small (did you mean "small"?)\n',
  );
  expect(code).toBe(2);
  expect((await sim('estimate', '--pre\r')).stderr).toContain("unknown option '--pre\\r'");
});

it('refuses dictionaries that a run would refuse', async () => {
  const folder = path.join(base, 'empty');
  mkdirSync(folder);
  const config = path.join(base, 'config.json');
  writeFileSync(config, JSON.stringify({ paths: { dictionaries: folder } }));
  const { stderr, code } = await sim('estimate', '--config', config);
  expect(stderr).toContain('tax_rates.csv');
  expect(code).toBe(2);
  const many = path.join(base, 'many.json');
  writeFileSync(many, JSON.stringify({ volume: { total_products: 999_999 } }));
  expect((await sim('estimate', '--config', many)).stderr).toContain(
    'volume.total_products 999999',
  );
});

it('keeps the given reserve of the disk free', async () => {
  const run = (...words: string[]) =>
    sim('run', '--preset', 'small', '--days', '1', '--out', `${base}/reserve`, ...words);
  const refused = await run('--disk-reserve', '900000TB');
  expect(refused.stderr).toMatch(/are reserved.*--disk-reserve, or performance\.disk_reserve_mb/);
  expect(refused.code).toBe(2);
  expect(existsSync(`${base}/reserve/facts`)).toBe(false);
  const { stdout } = await estimate('--json', '--disk-reserve', '900000TB');
  expect(JSON.parse(stdout)).toMatchObject({ fits: false });
  expect(JSON.parse((await estimate('--json', '--disk-reserve', '0')).stdout)).toMatchObject({
    fits: true,
  });
  expect((await run('--disk-reserve', 'much')).stderr).toContain(
    'expected a size such as 50MB or 2GB',
  );
});

it('is within 15 % of the rows and bytes of a small world, and warns of an idle scenario and of a blocking file', async () => {
  const out = path.join(base, 'w');
  const words = ['--preset', 'small', '--from', '2024-01-01', '--days', '1', '--out', out];
  const told = JSON.parse((await sim('estimate', ...words, '--json')).stdout);
  const run = await sim('run', ...words, '--scenario', 'holiday', '--json');
  const result = JSON.parse(run.stdout.trim().split('\n').at(-1)!);
  expect(Math.abs(told.rows / result.rows - 1)).toBeLessThan(0.15);
  const facts = told.tables.reduce((sum: number, { bytes }: { bytes: number }) => sum + bytes, 0);
  expect(Math.abs(facts / result.bytes - 1)).toBeLessThan(0.15);
  expect(run.stderr).toMatch(
    /note: The scenario "holiday" changes nothing from 2024-01-01T00:00:00.000Z to 2024-01-02T00:00:00.000Z: its next window begins 2024-/,
  );
  const blocked = path.join(base, 'blocked');
  mkdirSync(blocked);
  writeFileSync(path.join(blocked, 'facts'), '');
  const { stderr, code } = await sim('run', '--preset', 'small', '--days', '1', '--out', blocked);
  expect(stderr).toMatch(
    /^error: Cannot use ".*facts": a file is where a folder should be \(ENOTDIR\)/m,
  );
  expect(stderr).not.toContain('    at ');
  expect(code).toBe(1);
}, 60_000);

it.runIf(process.platform === 'linux').each([
  ['/proc/world', 'its file system takes no such file (ENOENT). Choose another folder'],
  ['/dev/null/world', 'a file is where a folder should be (ENOTDIR). Move it away'],
])('a world can not lie in %s, which is said at once', (out, reason) => {
  // In a process of its own: it would never come back.
  const cli = path.join(import.meta.dirname, '../../src/cli.ts');
  const words = ['run', '--preset', 'small', '--days', '1', '--out', out];
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', cli, ...words], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(stderr).toContain(`error: Cannot write "${out}/checkpoint/run.lock": ${reason}`);
  expect(stderr).not.toContain('    at ');
  expect(status).toBe(2);
});

it('a broken scenario does not hide the others', () => {
  const folder = path.join(base, 'scenarios');
  mkdirSync(folder);
  const text = 'name: calm\ntitle: Calm\ndescription: Nothing.\neffects: []\n';
  writeFileSync(path.join(folder, 'calm.yaml'), `\ufeff${text.replaceAll('\n', '\r\n')}`);
  writeFileSync(
    path.join(folder, 'wide.yml'),
    Buffer.from(`\ufeff${text.replace('calm', 'wide')}`, 'utf16le'),
  );
  writeFileSync(path.join(folder, 'broken.yaml'), 'name: [\n');
  writeFileSync(path.join(folder, 'latin.yaml'), Buffer.from('title: caf\xe9', 'latin1'));
  const listed = listScenarios(folder);
  expect(listed.map(({ name }) => name)).toEqual(['broken', 'calm', 'latin', 'wide']);
  expect(listed.map((one) => 'scenario' in one && one.scenario.name)).toEqual([
    false,
    'calm',
    false,
    'wide',
  ]);
  const faults = listed.flatMap((one) => ('fault' in one ? [one.fault] : []));
  expect(faults[0]).toMatch(/broken\.yaml, line/);
  expect(faults[1]).toContain('byte 11 (0xe9) on line 1 is not UTF-8');
});

const script = path.resolve('src/sim.mjs');

it('an old Node.js says that it is too old, with the floor of package.json', () => {
  const old = path.join(base, 'old.cjs');
  writeFileSync(old, "Object.defineProperty(process.versions, 'node', { value: '18.20.4' });");
  const { status, stderr } = spawnSync(process.execPath, ['--require', old, script, '--version'], {
    encoding: 'utf8',
  });
  const { engines } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(stderr).toContain(
    `error: sim needs Node.js ${engines.node.replace('>=', '')} or newer, and this is 18.20.4.`,
  );
  expect(status).toBe(2);
});

it('who reads no more of stdout is no error', async () => {
  const child = spawn(process.execPath, [script, 'estimate', '--preset', 'small', '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, 'close');
  expect(said).toBe('');
  expect(code).toBe(0);
}, 60_000);

it.runIf(existsSync('/dev/full'))(
  'a full stdout is told in a sentence',
  () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [script, '--version'], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    expect(stderr).toBe('error: Cannot use stdout: the disk is full (ENOSPC).\n');
    expect(status).toBe(1);
  },
  60_000,
);
