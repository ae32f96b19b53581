/** Every command in this process, over a fake world: exit codes, outputs and messages. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { MakeWorld } from '../../src/run/make-world.ts';
import { main } from '../../src/cli/main.ts';
import { shellWord } from '../../src/domain/shell-word.ts';
import { worldPaths } from '../../src/store/paths.ts';
import { worldContent } from '../../src/store/world-files.ts';
import { identityOf } from '../../src/store/world-settings.ts';
import { OutputError } from '../../src/domain/errors.ts';
import { digests } from '../run/digests.ts';
import { type FakeOptions, fakeWorld } from '../run/fake-world.ts';
import { fakeTerminal } from './fake-terminal.ts';
import { wordsOf } from './words.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-cli-'));
afterAll(() => rmSync(base, { recursive: true }));
let folders = 0;
const newFolder = () => path.join(base, `w${folders++}`);

interface SimOptions {
  readonly answer?: boolean;
  readonly texts?: readonly string[];
  readonly world?: Partial<FakeOptions>;
}

/** Runs a command line over fake worlds; everything else is real. */
async function sim(line: string, { answer, texts, world }: SimOptions = {}) {
  const terminal = fakeTerminal(answer, undefined, texts);
  const makeWorld: MakeWorld = (settings, startMs, paths) => ({
    ...fakeWorld({ paths, startMs, compress: settings.compress, ...world }),
    identity: identityOf(settings, startMs),
    warnings: () => ['the fleet is small'],
  });
  const code = await main(wordsOf(line, base), terminal, makeWorld);
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr(), terminal };
}

const filesIn = (dir: string) => worldContent(worldPaths(dir)).own.length;
const phraseOf = (dir: string) => `clear ${path.basename(dir)}`;
/** All three confirmations of a removal. */
const sure = (dir: string) => `--yes --phrase "${phraseOf(dir)}" --files ${filesIn(dir)}`;

const MARCH = '--seed 3 --from 2024-03-01 --to 2024-03-03T06:00:00Z';

describe('sim run', () => {
  it('generates a window, says so on stderr, and says what next', async () => {
    const dir = newFolder();
    const { code, stdout, stderr } = await sim(`run --mode history --out ${dir} ${MARCH}`);
    expect(code).toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain('note: the fleet is small\n');
    expect(stderr).toMatch(/Generated 2024-03-01 to 2024-03-03T06:00:00Z: [\d.]+ k? ?rows/);
    expect(stderr).toContain(`verify ${shellWord(dir)}`);
    for (const name of ['master', 'facts', 'closing', 'checkpoint', 'generation_state.json']) {
      expect(existsSync(path.join(dir, name)), name).toBe(true);
    }
    expect(existsSync(path.join(dir, 'checkpoint', 'run.lock'))).toBe(false);
  });

  it('can be repeated and continued, with the same bytes', async () => {
    const whole = newFolder();
    await sim(`run --mode history --out ${whole} --seed 3 --from 2024-03-01 --to 2024-03-06`);
    const dir = newFolder();
    await sim(`run --out ${dir} ${MARCH}`);
    const again = await sim(`run --out ${dir} ${MARCH}`);
    expect(again.code).toBe(0);
    expect(again.stderr).toBe(
      'Nothing to do: the history reaches 2024-03-03T06:00:00.000Z already.\n',
    );
    await sim(`run --out ${dir} --seed 3 --days 1`);
    await sim(`run --out ${dir} --seed 3 --from 2024-03-04T06:00:00Z --to 2024-03-06`);
    expect(digests(dir)).toEqual(digests(whole));
  });

  it('continues to the last complete day without an end', async () => {
    const dir = newFolder();
    await sim(`run --out ${dir} ${MARCH}`);
    const { stderr } = await sim(`run --out ${dir} --seed 3`);
    expect(stderr).toMatch(/Generated 2024-03-03T06:00:00Z to 2024-03-20:/);
  });

  it('speaks JSON lines to programs, on stdout', async () => {
    const { code, stdout, stderr } = await sim(`run --json --out ${newFolder()} ${MARCH}`);
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      type: 'result',
      from: '2024-03-01T00:00:00.000Z',
      generatedTo: '2024-03-03T06:00:00.000Z',
      interrupted: false,
    });
    expect(stderr).toBe('note: the fleet is small\n');
  });

  it('uses the folders of a config, and keeps its own files beside the facts', async () => {
    const dir = newFolder();
    mkdirSync(dir);
    const config = path.join(dir, 'config.json');
    const paths = { master: 'data/dims', facts: 'data/events' };
    writeFileSync(config, JSON.stringify({ seed: 3, volume: { stores: 4, dcs: 2 }, paths }));
    expect((await sim(`run --config ${config} --from 2024-03-01 --days 1`)).code).toBe(0);
    expect(existsSync(path.join(dir, 'data', 'dims', 'stores.csv'))).toBe(true);
    expect(existsSync(path.join(dir, 'data', 'events', 'receipts'))).toBe(true);
    expect(existsSync(path.join(dir, 'data', 'checkpoint', 'manifest.json'))).toBe(true);
  });

  it('refuses another world, names the differences, and changes nothing', async () => {
    const dir = newFolder();
    await sim(`run --out ${dir} ${MARCH}`);
    const before = digests(dir);
    const { code, stderr } = await sim(`run --out ${dir} --seed 4 --preset small --days 1`);
    expect(code).toBe(2);
    expect(stderr).toContain('seed: is 3, requested 4');
    expect(stderr).toContain('config volume.stores: is 42, requested 4');
    expect(digests(dir)).toEqual(before);
  });

  it('names cause, instant and the command to continue after a failure', async () => {
    const dir = newFolder();
    const cause = new OutputError('Cannot write "part-1.csv": the disk is full (ENOSPC).');
    const onFact = (_region: number, atMs: number) => {
      if (atMs > Date.parse('2024-03-02')) throw cause;
    };
    const failed = await sim(`run --out ${dir} ${MARCH}`, { world: { onFact } });
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain('the disk is full (ENOSPC).\n');
    expect(failed.stderr).not.toContain('    at ');
    expect(failed.stderr).toContain('is complete up to 2024-03-01T00:00:00.000Z');
    const command = failed.stderr.match(/ run (--mode .*)\n$/)?.[1];
    expect(command).toBe(
      `--mode history --out ${shellWord(dir)} --seed 3 --to 2024-03-03T06:00:00Z`,
    );
    expect((await sim(`run ${command}`)).code).toBe(0);
  });

  it('shows where an unexpected error comes from', async () => {
    const onFact = () => {
      throw new TypeError('a fault');
    };
    const { code, stderr } = await sim(`run --out ${newFolder()} ${MARCH}`, { world: { onFact } });
    expect(code).toBe(1);
    expect(stderr).toMatch(/TypeError: a fault\n\s+at /);
  });

  it('asks before a large run, and requires --yes without a terminal', async () => {
    const line = `run --out ${newFolder()} --from 2024-03-01 --days 15000`;
    const { code, stderr, terminal } = await sim(line);
    expect(code).toBe(2);
    // Depending on the disk: no room at all, or a question that nobody answers.
    expect(stderr).toMatch(terminal.questions.length > 0 ? /--yes/ : /the disk has/);
  });

  it('removes the lock after a refusal', async () => {
    const dir = newFolder();
    await sim(`run --out ${dir} --from 2024-03-02 --to 2024-03-01`);
    expect(existsSync(path.join(dir, 'checkpoint', 'run.lock'))).toBe(false);
  });
});

describe('input that cannot be used', () => {
  it.each([
    ['run --sead 3', "unknown option '--sead'\n(Did you mean --seed?)"],
    ['rnu', "unknown command 'rnu'\n(Did you mean run?)"],
    ['run --mode realtime', 'there is no history to continue'],
    ['run --mode realtime --speed fast', '--speed is "fast": expected a number above 0'],
    ['run --mode realtime --events receipt_create', 'did you mean receipt_created?'],
    ['run --mode realtime --duration 5', '--duration is "5": expected a length of time'],
    ['run --mode realtime --shard 1/2', '--shard is for --mode history'],
    ['run --speed 60', '--speed is for --mode realtime only'],
    ['run --beside elsewhere', '--beside is for shards (--shard)'],
    ['run --mode realtime --beside elsewhere', '--beside is for --mode history only'],
    ['run --shard 3/2', '--shard is 3/2: expected a number from 1 to 2'],
    ['run --workers 0', '--workers is "0": expected a whole number of at least 1'],
    ['run --mode histroy', 'Allowed choices are history, realtime'],
    ['run --seed x', '--seed is "x": expected a whole number of at least 0'],
    ['run --days 0', '--days is "0": expected a whole number of at least 1'],
    ['run --from yesterday', '--from'],
    ['run --to 2024-03-01 --days 2', 'cannot be used with'],
    ['run --preset tiny', 'Unknown preset "tiny"'],
    ['run --config no-such-file.json', 'no-such-file.json'],
    ['run --scenario hollyday', 'hollyday'],
    ['run --from 2024-03-02 --to 2024-03-01', '2024-03-02T00:00:00.000Z'],
    ['verify no-such-folder', 'no-such-folder'],
    ['status extra', 'too many arguments'],
  ])('%s', async (line, words) => {
    const dir = newFolder();
    const out = line.startsWith('run') ? ` --out ${dir}` : '';
    const { code, stdout, stderr } = await sim(line + out);
    expect(stderr).toContain(words);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(existsSync(path.join(dir, 'facts'))).toBe(false);
  });
});

describe('sim master', () => {
  it('writes dimensions, from which a run continues as if it had written them', async () => {
    const dir = newFolder();
    expect((await sim(`master --out ${dir} --seed 3`)).code).toBe(0);
    expect(existsSync(path.join(dir, 'master', 'stores.csv'))).toBe(true);
    expect(existsSync(path.join(dir, 'facts'))).toBe(false);
    await sim(`run --out ${dir} ${MARCH}`);
    const direct = newFolder();
    await sim(`run --out ${direct} ${MARCH}`);
    expect(digests(dir)).toEqual(digests(direct));
  });
});

describe('sim estimate', () => {
  it('shows rows, bytes and time', async () => {
    const { code, stdout, stderr } = await sim(`estimate --out ${newFolder()} --days 2`);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^receipts +[\d.]+ k rows/m);
    expect(stdout).toMatch(/visits a day/);
    expect(stdout).toMatch(/free/);
  });

  it('follows the cores and the share', async () => {
    const estimate = async (flags: string) =>
      JSON.parse((await sim(`estimate --out ${newFolder()} --days 2 --json ${flags}`)).stdout);
    const one = await estimate('--workers 1');
    const four = await estimate('--workers 4');
    expect(four.seconds).toBeCloseTo(one.seconds / 4);
    expect(four.rows).toBe(one.rows);
    expect((await estimate('')).workers).toBe(Math.min(os.availableParallelism(), 5));
    const shard = await estimate('--shard 5/5 --workers 4');
    expect(shard).toMatchObject({ regions: 1, workers: 1 });
    expect(shard.seconds).toBeCloseTo(one.seconds / 5);
    const text = await sim(`estimate --out ${newFolder()} --days 2 --workers 2`);
    expect(text.stdout).toMatch(/^Time +about .* with 2 workers.*regions: 5/m);
  });

  it('writes nothing', async () => {
    const dir = newFolder();
    const { stdout } = await sim(`estimate --out ${dir} --days 2 --json`);
    // Of two days of 84,000 visits, of which a holiday and two evenings are cut off.
    expect(JSON.parse(stdout)).toMatchObject({ days: 2, visits: 109_812 });
    expect(existsSync(dir)).toBe(false);
  });
});

describe('--compress', () => {
  it('applies to the whole world, is shown in its status, and removed with it', async () => {
    const dir = newFolder();
    await sim(`run --out ${dir} ${MARCH} --compress gzip`);
    const part = path.join(dir, 'facts', 'store_ops', 'dt=2024-03-01', 'part-1.csv');
    expect(existsSync(`${part}.gz`)).toBe(true);
    expect(existsSync(part)).toBe(false);
    const other = await sim(`run --out ${dir} --seed 3 --days 1 --compress none`);
    expect(other.code).toBe(2);
    expect(other.stderr).toContain('compression: is gzip, requested none');
    expect((await sim(`run --out ${dir} --seed 3 --days 1`)).code).toBe(0);
    expect(existsSync(`${part.replace('2024-03-01', '2024-03-03')}.gz`)).toBe(true);
    expect((await sim(`status --out ${dir}`)).stdout).toContain('Compressed gzip');
    const { world } = JSON.parse((await sim(`status --out ${dir} --json`)).stdout);
    expect(world.compression).toBe('gzip');
    expect((await sim(`clear --out ${dir} ${sure(dir)}`)).code).toBe(0);
    expect(existsSync(dir)).toBe(true);
    expect(digests(dir)).toEqual([]);
  });

  it('is refused for an unknown codec', async () => {
    const { code, stderr } = await sim(`run --out ${newFolder()} ${MARCH} --compress lz4`);
    expect(code).toBe(2);
    expect(stderr).toContain('Allowed choices are none, gzip, zstd');
  });
});

describe('sim status', () => {
  it('shows the world and its folder', async () => {
    const dir = newFolder();
    expect((await sim(`status --out ${dir}`)).stdout).toContain('none yet');
    await sim(`run --out ${dir} ${MARCH}`);
    const { code, stdout } = await sim(`status --out ${dir}`);
    expect(code).toBe(0);
    expect(stdout).toContain('2024-03-01T00:00:00.000Z to 2024-03-03T06:00:00.000Z');
    const json = JSON.parse((await sim(`status --out ${dir} --json`)).stdout);
    expect(json.world).toMatchObject({ seed: 3, generatedTo: '2024-03-03T06:00:00.000Z' });
    expect(json.world.worldId).toMatch(/^[0-9a-f]{16}$/);
    expect(stdout).toContain(`World      ${json.world.worldId}\n`);
    expect(json.running).toBe(false);
  });
});

describe('shards in a folder', () => {
  const twoOfThree = async () => {
    const dir = newFolder();
    const world = { regions: 3 };
    await sim(`run --out ${dir} ${MARCH} --shard 1/3`, { world });
    await sim(`run --out ${dir} --seed 3 --from 2024-03-01 --to 2024-03-02 --shard 3/3`, { world });
    return dir;
  };

  it('are shown by status, each with its progress', async () => {
    const dir = await twoOfThree();
    const { code, stdout } = await sim(`status --out ${dir}`);
    expect(code).toBe(0);
    expect(stdout).toContain('seed 3');
    expect(stdout).toContain('Shards     2 of 3, not merged\n');
    expect(stdout).toMatch(/^ {2}1\/3 +up to 2024-03-03T06:00:00\.000Z, 1 regions$/m);
    expect(stdout).toMatch(/^ {2}3\/3 +up to 2024-03-02T00:00:00\.000Z, 1 regions$/m);
    expect(stdout).toContain('missing: shard 2/3 is missing\n');
    expect(stdout).toContain('missing: shard 3/3 has reached 2024-03-02');
    const json = JSON.parse((await sim(`status --out ${dir} --json`)).stdout);
    expect(json.world).toBeNull();
    const worldId = /^World +([0-9a-f]{16})$/m.exec(stdout)?.[1];
    expect(json.shards).toEqual([
      {
        worldId,
        shard: '1/3',
        generatedTo: '2024-03-03T06:00:00.000Z',
        regions: 1,
        running: false,
        unfinished: false,
      },
      {
        worldId,
        shard: '3/3',
        generatedTo: '2024-03-02T00:00:00.000Z',
        regions: 1,
        running: false,
        unfinished: false,
      },
    ]);
  });

  it('that fail are continued with the command of their shard', async () => {
    let facts = 0;
    const onFact = () => {
      if (++facts > 5) throw new OutputError('disk full');
    };
    const failed = await sim(`run --out ${newFolder()} ${MARCH} --shard 2/3`, {
      world: { regions: 3, onFact },
    });
    expect(failed.code).toBe(1);
    expect(failed.stderr).toMatch(/continue with:\n.* --to 2024-03-03T06:00:00Z --shard 2\/3$/m);
  });

  it('are shown as running, or as crashed', async () => {
    const dir = await twoOfThree();
    const lock = path.join(dir, 'checkpoint', 'shard-1-of-3.lock');
    writeFileSync(lock, '1 another-host\n');
    expect((await sim(`status --out ${dir}`)).stdout).toMatch(/1\/3 .*, running$/m);
    writeFileSync(lock, `${process.pid} ${os.hostname()}\n`);
    expect((await sim(`status --out ${dir}`)).stdout).toMatch(
      /1\/3 .*, its last run did not end$/m,
    );
  });

  it("can't be verified before they are merged", async () => {
    const dir = await twoOfThree();
    const before = digests(dir);
    const some = await sim(`verify ${dir}`);
    expect(some).toMatchObject({ code: 2, stdout: '' });
    expect(some.stderr).toMatch(/2 of 3.*shard 2\/3 is missing.*then merge them \(sim merge\)/s);
    expect(digests(dir)).toEqual(before);

    const apart = newFolder();
    const world = { regions: 5 };
    await sim(`run --out ${apart} ${MARCH} --shard 1/2`, { world });
    const other = newFolder();
    await sim(`run --out ${other} ${MARCH} --shard 2/2`, { world });
    cpSync(other, apart, { recursive: true });
    const all = await sim(`verify ${apart}`);
    expect(all.code).toBe(2);
    expect(all.stderr).toContain('2 of 2. All of them have reached the same instant: merge them');
    expect((await sim(`status --out ${apart}`)).stdout).toContain('all at one instant; merge');
    const merged = await sim(`merge --out ${apart}`);
    expect(merged.code, merged.stderr).toBe(0);
    expect((await sim(`status --out ${apart} --json`)).stdout).toContain('"shards":[]');
  });
});

describe('a shard in a folder', () => {
  it('is refused if it belongs to another world, and removed without the others, after three confirmations', async () => {
    const dir = newFolder();
    const world = { regions: 3 };
    await sim(`run --out ${dir} ${MARCH} --shard 1/3`, { world });
    await sim(`run --out ${dir} ${MARCH} --shard 3/3`, { world });
    const there = digests(dir);
    const apart = newFolder();
    const odd = MARCH.replace('--seed 3', '--seed 4');
    for (const flags of [`--out ${dir}`, `--out ${apart} --beside ${dir}`]) {
      const refused = await sim(`run ${flags} ${odd} --shard 2/3`, {
        world: { ...world, seed: 4 },
      });
      expect(refused.code, flags).toBe(2);
      expect(refused.stderr).toContain('seed: is 3 in shard 1/3, requested 4');
      expect(refused.stderr).not.toContain('(sim clear)');
    }
    expect(digests(apart)).toEqual([]);

    const unasked = await sim(`clear --out ${dir} --shard 3/3`);
    expect(unasked.code).toBe(2);
    const words = /needs: (--shard 3\/3 --yes --phrase .* --files \d+)/.exec(unasked.stderr)?.[1];
    expect(words).toContain(`--phrase "clear ${path.basename(dir)} shard 3/3"`);
    expect(digests(dir)).toEqual(there);
    const count = Number(words?.split(' ').at(-1));
    const removed = await sim(`clear --out ${dir} ${words}`);
    expect(removed).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('Removed shard 3/3'),
    });
    expect(digests(dir).length).toBe(there.length - count);
    expect((await sim(`status --out ${dir}`)).stdout).toContain('Shards     1 of 3, not merged\n');
    const again = await sim(`clear --out ${dir} --shard 3/3`);
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('Nothing to remove') });
  });

  it('that was copied to be merged is read completely, or only its sizes on request', async () => {
    const dir = newFolder();
    const world = { regions: 5 };
    const other = newFolder();
    await sim(`run --out ${dir} ${MARCH} --shard 1/2`, { world });
    await sim(`run --out ${other} ${MARCH} --shard 2/2`, { world });
    cpSync(other, dir, { recursive: true });
    const part = path.join(dir, 'facts', 'store_ops', 'dt=2024-03-01', 'part-2.csv');
    const content = readFileSync(part);
    content[content.length - 4] ^= 1;
    writeFileSync(part, content);
    const refused = await sim(`merge --out ${dir}`);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(
      /shard 2\/2: ".*part-2\.csv" has \d+ bytes as expected, but another content/,
    );
    expect(await sim(`merge --out ${dir} --sizes`)).toMatchObject({ code: 0 });
    // Once more does no harm.
    expect(await sim(`merge --out ${dir}`)).toMatchObject({ code: 0 });
  });
});

describe('sim clear', () => {
  it('removes the world, and leaves and names everything else', async () => {
    const dir = newFolder();
    await sim(`run --out ${dir} ${MARCH}`);
    const foreign = ['notes.txt', 'facts/receipts/mine.csv', 'master/stores.xlsx'];
    for (const name of foreign) writeFileSync(path.join(dir, name), 'mine');
    const { code, stderr } = await sim(`clear --out ${dir} ${sure(dir)}`);
    expect(code).toBe(0);
    expect(digests(dir).map((line) => line.split(' ')[0])).toEqual([
      'facts/receipts/mine.csv',
      'master/stores.xlsx',
      'notes.txt',
    ]);
    expect(stderr).toContain(path.join(dir, 'facts/receipts/mine.csv'));
    expect(stderr).toContain(path.join(dir, 'master/stores.xlsx'));
  });

  it.each([
    [undefined, 2],
    [false, 0],
  ])('removes nothing when asked and answered %s', async (answer, expected) => {
    const dir = newFolder();
    await sim(`run --out ${dir} ${MARCH}`);
    const before = digests(dir);
    const { code, terminal } = await sim(`clear --out ${dir}`, { answer });
    expect(code).toBe(expected);
    expect(terminal.questions).toHaveLength(1);
    expect(digests(dir)).toEqual(before);
  });

  it('asks three times on a terminal', async () => {
    const dir = newFolder();
    await sim(`run --out ${dir} ${MARCH}`);
    const before = digests(dir);
    const right = [phraseOf(dir), String(filesIn(dir))];
    for (const texts of [
      ['yes', right[1]],
      [right[0], '1'],
    ]) {
      const { code } = await sim(`clear --out ${dir}`, { answer: true, texts });
      expect(code).toBe(0);
      expect(digests(dir)).toEqual(before);
    }
    const { code, terminal } = await sim(`clear --out ${dir}`, { answer: true, texts: right });
    expect(code).toBe(0);
    expect(terminal.questions).toHaveLength(3);
    expect(digests(dir)).toEqual([]);
  });

  it('says which confirmations are missing or wrong', async () => {
    const dir = newFolder();
    await sim(`run --out ${dir} ${MARCH}`);
    const before = digests(dir);
    const all = sure(dir);
    for (const flags of ['--yes', `--yes --phrase "${phraseOf(dir)}"`]) {
      const { code, stderr } = await sim(`clear --out ${dir} ${flags}`);
      expect(code).toBe(2);
      expect(stderr).toContain(all);
    }
    for (const flags of [all.replace('clear', 'remove'), `${all}0`]) {
      const { code, stderr } = await sim(`clear --out ${dir} ${flags}`);
      expect(code).toBe(2);
      expect(stderr).toContain('expected');
    }
    expect(digests(dir)).toEqual(before);
  });

  it('has nothing to do without a world', async () => {
    expect(await sim(`clear --out ${newFolder()}`)).toMatchObject({ code: 0 });
  });
});

describe('help', () => {
  it.each(['', 'run', 'verify', 'estimate', 'status', 'master', 'clear', 'quickstart'])(
    'of "%s" goes to stdout, with an example',
    async (command) => {
      const { code, stdout } = await sim(`${command} --help`);
      expect(code).toBe(0);
      expect(stdout).toMatch(/Usage: sim/);
      if (command !== 'quickstart') expect(stdout).toMatch(/Examples?:/);
    },
  );
});

it('the state file is part of the published layout', async () => {
  const dir = newFolder();
  await sim(`master --out ${dir} --seed 3`);
  const state = JSON.parse(readFileSync(path.join(dir, 'generation_state.json'), 'utf8'));
  expect(state).toMatchObject({ has_historical_data: false, last_generated_timestamp: null });
});
