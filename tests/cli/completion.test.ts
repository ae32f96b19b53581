/** The scripts of `sim completion`, in the shells that they are for. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Command, type Option } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { allOf, shapeOf } from '../../src/cli/completion/shape.ts';
import type { Context } from '../../src/cli/context.ts';
import { main } from '../../src/cli/main.ts';
import { REQUESTED_TYPES } from '../../src/domain/requested-disruption.ts';
import { scenarioNames } from '../../src/scenario/scenario.ts';
import { sinkNames } from '../../src/sinks/registry.ts';
import { fakeTerminal } from './fake-terminal.ts';
import { hasShell, SHELLS } from './shells.ts';

const PRESETS = ['calibrated', 'default', 'demo', 'small'];
const FILES = ['a file.yaml', 'config.json', 'shop'];

/** The last word is being typed: what is offered for it, without what stands already. */
const CASES: readonly (readonly [line: string, offered: readonly string[]])[] = [
  ['sim ver', ['verify']],
  ['sim --ver', ['--version']],
  ['sim run --comp', ['--compress']],
  ['sim run --mode ', ['history', 'realtime']],
  ['sim run --mode=hi', ['history']],
  ['sim run --out w --preset ', PRESETS],
  ['sim run --scenario ho', ['holiday']],
  ['sim run --scenario ', [...scenarioNames(), ...FILES]],
  ['sim run --config ', FILES],
  ['sim run --config=co', ['config.json']],
  ['sim run --seed ', []],
  ['sim run --sink ', sinkNames()],
  ['sim run --events receipt_created,paym', ['payment_processed']],
  ['sim tail --from ', ['earliest', 'latest']],
  ['sim verify ', ['shop']],
  ['sim verify --config c', ['config.json']],
  ['sim init s', ['shop']],
  ['sim dlq re', ['retry']],
  ['sim dlq retry --out ', ['shop']],
  ['sim disrupt create --type ', REQUESTED_TYPES],
  ['sim disrupt list --ty', []],
  ['sim help esti', ['estimate']],
  ['sim completion ', ['bash', 'fish', 'zsh']],
];

let base: string;
let folder: string;

beforeAll(() => {
  base = mkdtempSync(path.join(os.tmpdir(), 'sim-completion-'));
  folder = path.join(base, 'here');
  mkdirSync(path.join(folder, 'shop'), { recursive: true });
  for (const file of ['config.json', 'a file.yaml']) writeFileSync(path.join(folder, file), '');
});
afterAll(() => rmSync(base, { recursive: true }));

/** Has the program write the script of a shell; returns its path. */
async function scriptOf(shell: string): Promise<string> {
  const terminal = fakeTerminal();
  expect(await main(['completion', shell], terminal), terminal.stderr()).toBe(0);
  expect(terminal.stderr()).toBe('');
  const file = path.join(base, `completion.${shell}`);
  writeFileSync(file, terminal.stdout());
  return file;
}

/** Only what is new: a shell may also repeat what stands before it, or end it with a slash or an equals sign. */
const plain = (word: string) =>
  word
    .replace(/^--[\w-]+=(?=.)/, '')
    .replace(/^.*,/, '')
    .replace(/[/=]$/, '')
    .replaceAll('\\', '');

// CI has all three.
describe.each(Object.entries(SHELLS))('in %s', (shell, ask) => {
  it.runIf(process.env.CI || hasShell(shell))('the words that fit are offered', async () => {
    const script = await scriptOf(shell);
    execFileSync(shell, ['-n', script]);
    const answers = ask(
      script,
      CASES.map(([line]) => line),
      folder,
    );
    const found = CASES.map(([line], at) => [line, (answers[at] ?? ['?']).map(plain).sort()]);
    expect(found).toEqual(CASES.map(([line, offered]) => [line, [...offered].sort()]));
  });
});

async function everyCommand(): Promise<Command> {
  const root = new Command('sim');
  const context: Context = {
    terminal: fakeTerminal(),
    makeWorld: () => Promise.reject(new Error('no command runs here')),
    exit: () => {},
  };
  for (const { load } of Object.values(COMMANDS)) (await load())(root, context);
  return root;
}

interface Flagged {
  readonly line: string;
  readonly options: readonly Option[];
}

function flagged(command: Command, line: string): Flagged[] {
  return [
    { line, options: command.options },
    ...command.commands.flatMap((below) => flagged(below, `${line} ${below.name()}`)),
  ];
}

it.runIf(process.env.CI || hasShell('bash'))(
  'every flag of every command is offered, and every choice',
  async () => {
    const asked: string[] = [];
    const expected: string[][] = [];
    for (const { line, options } of flagged(await everyCommand(), 'sim')) {
      if (line === 'sim') continue;
      asked.push(`${line} --`);
      expected.push([...options.map(({ long }) => long ?? ''), '--help'].sort());
      for (const { long, argChoices } of options) {
        if (argChoices === undefined) continue;
        asked.push(`${line} ${long} `);
        expected.push([...argChoices].sort());
      }
    }
    expect(asked.length).toBeGreaterThan(25);
    expect(SHELLS.bash(await scriptOf('bash'), asked, folder)).toEqual(expected);
  },
);

it('a value is a path, one of some words, or nothing that could be guessed', async () => {
  const root = await everyCommand();
  const unguessed = new Set<string>();
  for (const { flags, argument } of allOf(await shapeOf(root))) {
    for (const value of [argument, ...flags.map((flag) => flag.value)]) {
      if (value === undefined || value.paths !== undefined || value.words.length > 0) continue;
      unguessed.add(value.name);
    }
  }
  // A new name here is a flag that has to say what a shell may offer: `offering`, or choices.
  expect([...unguessed].sort()).toEqual([
    'address',
    'day',
    'events',
    'i/n',
    'id',
    'instant',
    'key',
    'kind:n,n',
    'n',
    'name',
    'name=value',
    'n|max',
    'path',
    'share',
    'size',
    'sql',
    'text',
    'time',
  ]);
  const names = allOf(await shapeOf(root)).flatMap(({ path: words, flags }) =>
    flags
      .filter(({ value }) => value?.name === 'name' && value.words.length === 0)
      .map(({ forms }) => [...words, ...forms].join(' ')),
  );
  expect(names).toEqual(['tail --hub', 'tail --consumer-group', 'serve --allow-host']);
});

it('refuses a shell that it does not know', async () => {
  const terminal = fakeTerminal();
  expect(await main(['completion', 'tcsh'], terminal)).toBe(2);
  expect(terminal.stderr()).toContain('Allowed choices are bash, zsh, fish');
  expect(terminal.stdout()).toBe('');
});
