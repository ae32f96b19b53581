/** docs/credentials.md: its commands run, and it names every source and exit. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { CONNECTION_VARIABLE } from '../../src/sinks/event-hubs/credentials.ts';
import { fakeTerminal } from '../cli/fake-terminal.ts';
import { ENTITY, testHub } from '../hub/clients.ts';

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const guide = read('docs/credentials.md');
const commands = [...guide.matchAll(/^ {4}npm run sim -- (.+)$/gm)].map(([, command]) => command);

it('shows commands that work', async () => {
  const hub = await testHub();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'sim-credentials-'));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
  vi.stubEnv(CONNECTION_VARIABLE, hub.connectionString(ENTITY));
  expect(commands.length).toBeGreaterThan(5);
  for (const command of commands) {
    const terminal = fakeTerminal();
    const words = command.split(' ').map((word) => (word === 'w' ? folder : word));
    const code = await main(words, terminal);
    expect(code, `${command}\n${terminal.stdout()}${terminal.stderr()}`).toBe(0);
  }
});

it('names the variable that .env.example has, and git ignores .env', () => {
  expect(read('.env.example')).toMatch(new RegExp(`^${CONNECTION_VARIABLE}=`, 'm'));
  expect(read('.gitignore').split('\n')).toContain('.env');
  expect(guide).toContain(CONNECTION_VARIABLE);
});

it('names every setting that it takes', () => {
  const settings = [
    'use_keyvault',
    'keyvault_url',
    'keyvault_secret_name',
    'azure_connection_string',
  ];
  for (const name of [...settings, 'azure_namespace', 'enable_dead_letter_queue']) {
    expect(guide).toContain(name);
  }
});
