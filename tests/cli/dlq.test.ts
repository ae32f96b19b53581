/** `sim dlq` over the dead letters of a world's folder. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { listDeadLetters, replaceDeadLetters } from '../../src/delivery/dead-letters.ts';
import { ENTITY, testHub } from '../hub/clients.ts';
import { eventAt } from '../delivery/publishing.ts';
import { fakeTerminal } from './fake-terminal.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-dlq-'));
afterAll(() => rmSync(base, { recursive: true }));
let worlds = 0;

function world(letters: number) {
  const root = path.join(base, `w${worlds++}`);
  const file = path.join(root, 'stream', 'dead-letters.ndjson');
  const time = Date.parse('2024-03-01T10:00:00Z');
  replaceDeadLetters(
    file,
    Array.from({ length: letters }, (_, sequence) => ({
      event: eventAt(1, sequence),
      partition: 0,
      reason: 'it takes 2000000 bytes',
      category: 'oversized' as const,
      attempts: 0,
      firstMs: time,
      lastMs: time,
    })),
  );
  return { root, file };
}

async function dlq(args: string[], answer?: boolean) {
  const terminal = fakeTerminal(answer);
  const code = await main(['dlq', ...args], terminal);
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr(), asked: terminal.questions };
}

it('lists letters, as text and as JSON', async () => {
  const { root, file } = world(25);
  const { code, stdout } = await dlq(['list', '--out', root]);
  expect(code).toBe(0);
  expect(stdout).toContain(`25 dead letters in "${file}"`);
  expect(stdout).toContain('By reason  oversized 25');
  expect(stdout).toContain('receipt_created  1-0  it takes 2000000 bytes');
  expect(stdout).toContain('and 5 more');
  const json = JSON.parse((await dlq(['list', '--out', root, '--json'])).stdout);
  expect(json).toMatchObject({ letters: 25, byCategory: { oversized: 25 } });
  expect(json.list).toHaveLength(25);
  expect(json.list[3]).toMatchObject({
    worldId: '0123456789abcdef',
    eventId: '1-3',
    firstTime: '2024-03-01T10:00:00.000Z',
  });
  expect((await dlq(['list', '--out', path.join(base, 'none')])).stdout).toContain(
    'No dead letters',
  );
});

it('publishes them again, with the real client', async () => {
  const hub = await testHub();
  const { root, file } = world(30);
  const config = path.join(base, 'config.json');
  const realtime = { azure_connection_string: hub.connectionString(ENTITY) };
  writeFileSync(config, JSON.stringify({ realtime }));
  const { code, stdout, stderr } = await dlq([
    'retry',
    '--out',
    root,
    '--config',
    config,
    '--json',
  ]);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ delivered: 30, kept: 0 });
  expect(existsSync(file)).toBe(false);
  expect(hub.stats().incomingEvents).toBe(30);
});

it('says what is missing to publish them, and keeps them', async () => {
  const { root, file } = world(2);
  const { code, stderr } = await dlq(['retry', '--out', root]);
  expect(code).toBe(2);
  expect(stderr).toContain('Cannot publish the dead letters: no connection is configured');
  expect(listDeadLetters(file)).toHaveLength(2);
});

it('purges after asking, or with --yes', async () => {
  const { root, file } = world(3);
  const unasked = await dlq(['purge', '--out', root]);
  expect(unasked.code).toBe(2);
  expect(unasked.stderr).toContain('needs --yes');
  const refused = await dlq(['purge', '--out', root], false);
  expect(refused.asked[0]).toContain('Remove 3 dead letters');
  expect(listDeadLetters(file)).toHaveLength(3);
  const { code, stdout } = await dlq(['purge', '--out', root, '--yes', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ removed: 3 });
  expect(existsSync(file)).toBe(false);
});
