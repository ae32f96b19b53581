/** docs/api.md: its commands, run unchanged against a server. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Server, startServer } from '../../src/api/control.ts';

const guide = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');
const commands = [...guide.matchAll(/^ {4}(curl .+)$/gm)].map(([, command]) => command);
const run = promisify(execFile);

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-api-guide-'));
let server: Server;
beforeAll(async () => {
  server = await startServer({ preset: 'small', out: path.join(base, 'w') }, 0);
});
afterAll(async () => {
  await server.close();
  rmSync(base, { recursive: true, force: true });
});

/** Waits for what a reader would wait for. */
async function settle(command: string): Promise<void> {
  const { jobs, tasks } = server.control.services;
  if (/master\/status|historical\/status|clear -H/.test(command)) {
    while (tasks.running !== undefined) await sleep(20);
    await jobs.idle();
  }
  if (/stream\/status/.test(command)) {
    while ((jobs.streamStatus?.total.acknowledged ?? 0) === 0) await sleep(20);
  }
  if (/stream\/stop/.test(command)) await jobs.idle();
}

it('has the curl that the commands need', async () => {
  await expect(run('curl', ['--version']), 'install curl').resolves.toBeDefined();
});

it('shows commands that work', { timeout: 180_000 }, async () => {
  expect(commands.length).toBeGreaterThan(40);
  const words: Record<string, string> = {};
  for (const command of commands) {
    // The task that the guide cancels is over by then: that is a conflict, and the only one.
    const isCancel = command.includes('/cancel/');
    if (/(master|historical)\/status|stream\/status/.test(command)) await settle(command);
    const here = command.replaceAll('localhost:8000', `127.0.0.1:${server.port}`);
    const { stdout } = await run('sh', ['-c', `${here} --noproxy '*' || [ $? -eq 28 ]`], {
      env: { ...process.env, ...words },
    });
    expect(stdout, command).not.toBe('');
    if (stdout.startsWith('{')) {
      const answer = JSON.parse(stdout);
      expect(answer.status === 409, `${command}\n${stdout}`).toBe(isCancel);
      expect(typeof answer.status === 'number' && !isCancel, `${command}\n${stdout}`).toBe(false);
      expect(answer.success ?? true, `${command}\n${stdout}`).toBe(true);
      if (answer.operation_id) words.OPERATION_ID = answer.operation_id;
      if (answer.challenge) {
        words.CHALLENGE = answer.challenge;
        words.PHRASE = answer.phrase;
        words.FILES = String(answer.files);
      }
    }
    if (/stream\/stop|clear -H/.test(command)) await settle(command);
  }
  expect(server.control.services.manifest()).toBeUndefined();
});

it('names every kind of route', () => {
  for (const part of [
    'generate',
    'master',
    'facts',
    'stream',
    'disruption',
    'config',
    'scenarios',
  ]) {
    expect(guide).toContain(`/api/${part}`);
  }
});
