/** docs/hub.md: its example runs, and it knows every fault. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { partitionOfKey } from '../../src/hub/partition-key.ts';
import { ENTITY, stored, testHub } from './clients.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const guide = readFileSync(new URL('../../docs/hub.md', import.meta.url), 'utf8');

it('shows a program that works', async () => {
  const [, program] = /```js\n([\s\S]*?)```/.exec(guide) ?? [];
  const hub = await testHub();
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: ROOT,
    env: { ...process.env, AZURE_EVENTHUB_CONNECTION_STRING: hub.connectionString(ENTITY) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  expect(stored(hub, partitionOfKey('S17', 8))).toEqual([{ event_type: 'receipt_created' }]);
});

it('names every fault', () => {
  const source = readFileSync(new URL('../../src/hub/faults.ts', import.meta.url), 'utf8');
  const kinds = [...source.matchAll(/readonly kind: '([a-z-]+)'/g)].map(([, kind]) => kind);
  expect(kinds.length).toBeGreaterThan(4);
  expect(kinds.filter((kind) => !guide.includes(`kind: '${kind}'`))).toEqual([]);
});
