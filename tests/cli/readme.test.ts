/** The commands of the README, run unchanged. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { DIMENSION_NAMES } from '../../src/domain/dimensions.ts';
import { FACT_NAMES } from '../../src/domain/facts.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { main } from '../../src/cli/main.ts';
import { fakeTerminal } from './fake-terminal.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const base = mkdtempSync(path.join(os.tmpdir(), 'sim-readme-'));
afterAll(() => rmSync(base, { recursive: true }));

/** A word of a command: folders lie elsewhere here, and nobody watches for ten minutes. */
function here(word: string): string {
  if (word === 'w' || word === 'live') return path.join(base, word);
  return word === '10m' ? '2s' : word;
}

const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
const commands = [...readme.matchAll(/^ {4}npm run sim -- (.+)$/gm)].map(([, command]) => command);

it('the tour of the README works', async () => {
  expect(commands.length).toBeGreaterThan(3);
  for (const command of commands) {
    const words = command.split(' ').map(here);
    const terminal = fakeTerminal();
    const code = await main(words, terminal);
    expect(code, `${command}\n${terminal.stdout()}${terminal.stderr()}`).toBe(0);
  }
});

it('names every table and every command', () => {
  const commandNames = Object.keys(COMMANDS).map((name) => `sim ${name}`);
  const names = [...FACT_NAMES, ...DIMENSION_NAMES, ...commandNames];
  expect(names.filter((name) => !readme.includes(name))).toEqual([]);
});

it.each([
  ['package.json', 'scripts'],
  ['deno.json', 'tasks'],
])('the tasks that it names are in %s', (file, section) => {
  const tasks = JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'))[section];
  expect(Object.keys(tasks)).toEqual(expect.arrayContaining(['start', 'sim', 'test', 'check']));
});
