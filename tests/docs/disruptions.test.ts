/** The commands of docs/disruptions.md, run unchanged. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { REQUESTED_TYPES, TARGET_KINDS } from '../../src/domain/requested-disruption.ts';
import { fakeTerminal } from '../cli/fake-terminal.ts';

const guide = readFileSync(new URL('../../docs/disruptions.md', import.meta.url), 'utf8');
const base = mkdtempSync(path.join(os.tmpdir(), 'sim-disruptions-'));
afterAll(() => rmSync(base, { recursive: true }));

/** A word of a command: folders lie elsewhere here, and nobody watches for ten minutes. */
function here(word: string): string {
  if (/^(w|again)(\/|$)/.test(word)) return path.join(base, word);
  return word === '10m' ? '1s' : word;
}

it('shows commands that work, in their order', { timeout: 240_000 }, async () => {
  const commands = [...guide.matchAll(/^ {4}npm run sim -- (.+)$/gm)].map(([, command]) => command);
  expect(commands.length).toBeGreaterThan(10);
  for (const command of commands) {
    const terminal = fakeTerminal();
    const code = await main(command.split(' ').map(here), terminal);
    expect(code, `${command}\n${terminal.stdout()}${terminal.stderr()}`).toBe(0);
  }
});

it.each(REQUESTED_TYPES)('tells the targets of %s', (type) => {
  const row = guide.split('\n').find((line) => line.startsWith(`| \`${type}\``));
  const words = TARGET_KINDS[type].map((kind) => kind.replace(/s$/, ''));
  expect(row?.split('|')[2].trim()).toBe(words.join(', '));
});
