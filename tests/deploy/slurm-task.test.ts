/** A task of the job array as Slurm would run it, with scratch: killed, submitted again, refused. */
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { digests } from '../run/digests.ts';
import { appearance } from '../run/sim-process.ts';
import { startSim } from '../run/sim-process.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const base = mkdtempSync(path.join(os.tmpdir(), 'sim-slurm-task-'));
afterAll(() => rmSync(base, { recursive: true }));

const bin = path.join(base, 'bin');
mkdirSync(bin);
// Starts the step as srun does, but here, and tells its number.
writeFileSync(
  path.join(bin, 'srun'),
  '#!/usr/bin/env bash\nwhile [[ $1 == --* ]]; do shift; done\necho $$ >"$STEP"\nexec "$@"\n',
  { mode: 0o755 },
);

const config = path.join(base, 'config.json');
const volume = {
  ...{ stores: 3, dcs: 2, total_geographies: 8, total_customers: 600, total_products: 400 },
  ...{ customers_per_day: 80, online_orders_per_day: 20 },
};
writeFileSync(config, JSON.stringify({ volume }));
const WORLD = ['--config', config, '--seed', '7', '--from', '2024-03-01', '--to', '2024-03-13'];

const out = path.join(base, 'w');
const scratch = path.join(base, 'scratch');

/** Whether a process, or by a negative number any of a group, is there. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

let steps = 0;
/** Runs a script of Slurm as a task of a job of this number, in a process group of its own. */
function task(script: string, jobId: number, index: number, args: readonly string[]) {
  const step = path.join(base, `step-${++steps}`);
  const child = spawn(path.join(ROOT, 'deploy/slurm', script), args, {
    detached: true,
    cwd: base,
    env: {
      ...process.env,
      PATH: `${bin}:${process.env.PATH}`,
      STEP: step,
      SIM_HOME: ROOT,
      SIM_SCRATCH: scratch,
      SLURM_SUBMIT_DIR: base,
      SLURM_JOB_ID: String(jobId + index),
      SLURM_ARRAY_JOB_ID: String(jobId),
      SLURM_ARRAY_TASK_ID: String(index),
      SLURM_ARRAY_TASK_MIN: '1',
      SLURM_ARRAY_TASK_COUNT: '2',
      SLURM_CPUS_PER_TASK: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
    });
  }
  const ended = new Promise<{ code: number | null; said: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, said }));
  });
  return {
    ended,
    /** Ends all of it at once, as when a node is lost. */
    kill: async () => {
      process.kill(-child.pid!, 'SIGKILL');
      // A process that was killed is at work until the system has taken it away.
      await expect.poll(() => isAlive(-child.pid!), { timeout: 30_000 }).toBe(false);
    },
    /** Tells the step alone to end, as Slurm does before its time is up. */
    stop: () => process.kill(Number(readFileSync(step, 'utf8')), 'SIGTERM'),
  };
}

const array = (jobId: number, index: number, flags: readonly string[] = WORLD) =>
  task('array.sh', jobId, index, [out, ...flags]);

/** The folder of a task on its node. */
function scratchOf(index: number): string {
  const [name] = readdirSync(scratch);
  return path.join(scratch, name, `shard-${index}-of-2`);
}

it('goes on where its earlier submission was stopped or killed, and refuses an OUT of another world', {
  timeout: 300_000,
}, async () => {
  // Stopped in order, as before its time is up: nothing of it reaches OUT.
  const first = array(100, 1);
  while (!existsSync(scratch) || readdirSync(scratch).length === 0) await appearance(bin);
  await appearance(path.join(scratchOf(1), 'facts', 'receipts', 'dt=2024-03-02'), 120_000);
  first.stop();
  expect(await first.ended).toMatchObject({ code: 130 });
  const manifest = path.join(scratchOf(1), 'checkpoint', 'shard-1-of-2.json');
  const committed = () => JSON.parse(readFileSync(manifest, 'utf8')).committed as string;
  const stopped = committed();
  expect(stopped > '2024-03-02').toBe(true);
  expect(existsSync(path.join(out, 'facts'))).toBe(false);

  // Another job of the same OUT finds it; killed, it leaves what was committed.
  const second = array(200, 1);
  await appearance(path.join(scratchOf(1), 'checkpoint', 'shard-1-of-2.lock'), 120_000);
  await second.kill();
  expect((await second.ended).code).not.toBe(0);
  expect(committed()).toBe(stopped);

  const third = await array(300, 1).ended;
  expect(third.code, third.said).toBe(0);
  expect(third.said).toContain(
    `Generated ${stopped.replace('.000Z', 'Z').replace('T00:00:00Z', '')}`,
  );
  expect(existsSync(scratchOf(1))).toBe(false);
  expect(existsSync(path.join(out, 'checkpoint', 'shard-1-of-2.json'))).toBe(true);

  // A task that is done ends at once, in OUT.
  const again = await array(300, 1).ended;
  expect(again).toMatchObject({ code: 0, said: expect.stringContaining('Nothing to do') });

  const there = digests(out);
  const other = WORLD.map((word) => (word === '7' ? '8' : word));
  for (const index of [1, 2]) {
    const refused = await array(400, index, other).ended;
    expect(refused).toMatchObject({
      code: 2,
      said: expect.stringMatching(/seed: is 7( in shard \d\/\d)?, requested 8/),
    });
  }
  expect(digests(out)).toEqual(there);
  expect(existsSync(path.join(scratchOf(2), 'checkpoint'))).toBe(false);

  const last = await array(500, 2).ended;
  expect(last.code, last.said).toBe(0);
  for (const _twice of [1, 2]) {
    const merged = await task('merge.sh', 600, 1, [out]).ended;
    expect(merged).toMatchObject({ code: 0, said: expect.stringContaining('Merged 2 regions') });
  }
  const single = path.join(base, 'single');
  expect((await startSim(['run', '--out', single, ...WORLD]).ended).code).toBe(0);
  expect(digests(out)).toEqual(digests(single));
});
