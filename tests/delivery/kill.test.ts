/** A publishing process, killed at random moments and started again: nothing is lost. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { purposeKey, Substream } from '../../src/engine/substream.ts';
import type { LedgerRow } from '../../src/delivery/ledger.ts';
import { testHub } from '../hub/clients.ts';
import { account, ENTITIES, ENTITY, PARTITIONS } from './chaos.ts';
import { temporaryFolder } from './fixtures.ts';

const SCRIPT = fileURLToPath(new URL('publish-process.ts', import.meta.url));
const KILLS = 10;
const REGIONS = 3;
const PER_REGION = 8_000;
const BATCH = 25;
/** Events of a life at most, from none at all. */
const MOST_PER_LIFE = 2_000;

it('killed ten times, it repeats a batch per partition at most, and counts exactly', {
  timeout: 240_000,
}, async () => {
  const hub = await testHub({ entities: ENTITIES, retentionBytes: 64 << 20 });
  const journal = path.join(temporaryFolder(), 'delivery.journal');
  const random = Substream.of(11, purposeKey('chaos', 'kills'));
  const start = () => publish(hub.connectionString(ENTITY), journal);
  let kills = 0;
  for (let life = 0; life < KILLS; life++) {
    const { child, opened, ended } = start();
    await opened;
    // By what has arrived, not by time: however slow the machine, it dies on the way.
    const enough = hub.stats().incomingEvents + random.below(MOST_PER_LIFE);
    while (child.exitCode === null && hub.stats().incomingEvents < enough) await sleep(1);
    child.kill('SIGKILL');
    if ((await ended).code === null) kills++;
  }
  expect(kills).toBe(KILLS);
  const { code, stdout } = await start().ended;
  expect(code).toBe(0);
  const ledger = JSON.parse(stdout.trimEnd().split('\n')[1]) as LedgerRow & { skipped: number };
  const all = REGIONS * PER_REGION;
  expect(ledger).toMatchObject({ generated: all, acknowledged: all, sent: all, inFlight: 0 });
  expect(ledger.skipped).toBeGreaterThan(0);
  const { repeats, repeatsByPartition } = account(hub, REGIONS, PER_REGION);
  for (const count of repeatsByPartition) expect(count).toBeLessThanOrEqual(kills * BATCH);
  expect(repeats).toBeLessThanOrEqual(ledger.possiblyRepeated);
  expect(ledger.possiblyRepeated).toBeLessThanOrEqual(kills * BATCH * PARTITIONS);
});

function publish(connection: string, journal: string) {
  const args = [SCRIPT, connection, journal, String(REGIONS), String(PER_REGION)];
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
    open();
  });
  const ended = new Promise<{ code: number | null; stdout: string }>((resolve) => {
    child.on('close', (code) => {
      open();
      resolve({ code, stdout });
    });
  });
  return { child, opened, ended };
}
