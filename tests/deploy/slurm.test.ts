/**
 * The job array on a real Slurm, against a single run, byte for byte. Only when asked for:
 *
 *   SIM_TEST_SLURM=1 npx vitest run tests/deploy/slurm.test.ts
 *
 * starts a cluster of this machine alone (as root, with Debian's slurm-wlm and munge installed);
 * SIM_TEST_SLURM=/shared/folder uses the running cluster and works below that folder, which its nodes share.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digests } from '../run/digests.ts';
import { startSim } from '../run/sim-process.ts';
import { type Cluster, startCluster } from './slurm-cluster.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const scripts = path.join(ROOT, 'deploy/slurm');
const wanted = process.env.SIM_TEST_SLURM ?? '';

describe('the scripts of Slurm', () => {
  it.each(['array.sh', 'merge.sh'])('%s is valid for bash, and asks for what it needs', (name) => {
    const script = path.join(scripts, name);
    execFileSync('bash', ['-n', script]);
    const text = readFileSync(script, 'utf8');
    const directives = [...text.matchAll(/^#SBATCH (--[a-z-]+)/gm)].map(([, flag]) => flag);
    expect(directives).toEqual(
      expect.arrayContaining(['--job-name', '--ntasks', '--mem', '--time', '--output']),
    );
    // Slurm reads directives up to the first command only.
    expect(text.lastIndexOf('#SBATCH')).toBeLessThan(text.indexOf('set -euo'));
  });

  it.each([
    ['array.sh', {}],
    ['array.sh', { SLURM_ARRAY_TASK_ID: '1' }],
    ['merge.sh', {}],
  ])('%s without its arguments says how to submit it', (name, variables) => {
    const env = { PATH: process.env.PATH, ...variables };
    expect(() => execFileSync(path.join(scripts, name), [], { env, stdio: 'pipe' })).toThrow(
      expect.objectContaining({
        status: 2,
        message: expect.stringMatching(/usage: sbatch .*OUT/),
      }),
    );
  });
});

describe.skipIf(wanted === '')('a job array', () => {
  let base = '';
  let cluster: Cluster = { environment: process.env, stop: () => Promise.resolve() };
  beforeAll(async () => {
    base = mkdtempSync(path.join(wanted === '1' ? os.tmpdir() : wanted, 'sim-slurm-'));
    if (wanted === '1') cluster = await startCluster(path.join(base, 'cluster'));
  });
  afterAll(async () => {
    await cluster.stop();
    rmSync(base, { recursive: true });
  });

  const WORLD = ['--preset', 'small', '--seed', '7', '--from', '2024-03-01'];
  const MIDDLE = ['--to', '2024-03-02T15:00:00Z'];
  const END = ['--to', '2024-03-03'];

  /** Submits, waits for all tasks; returns the job's number. Throws with their logs if one failed. */
  function submit(
    script: string,
    args: readonly string[],
    { flags = [], env = {} }: Submission = {},
  ) {
    const logs = path.join(base, 'logs');
    mkdirSync(logs, { recursive: true });
    try {
      const command = [
        ...['--parsable', '--wait', `--output=${logs}/%x-%A_%a.log`, ...flags],
        ...[path.join(scripts, script), ...args],
      ];
      return execFileSync('sbatch', command, {
        cwd: ROOT,
        env: { ...cluster.environment, ...env },
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      }).trim();
    } catch (error) {
      const said = readdirSync(logs).map((name) => readFileSync(path.join(logs, name), 'utf8'));
      throw new Error(`"${script}" failed:\n${said.join('\n')}`, { cause: error });
    }
  }

  async function singleRun(): Promise<string[]> {
    const out = path.join(base, 'single');
    const { code, stderr } = await startSim(['run', '--out', out, ...WORLD, ...END]).ended;
    expect(code, stderr).toBe(0);
    const lines = digests(out);
    rmSync(out, { recursive: true });
    return lines;
  }

  it('on a shared disk, continued and repeated, makes the world of one run', {
    timeout: 900_000,
  }, async () => {
    const expected = await singleRun();
    const out = path.join(base, 'shared');
    const flags = ['--array=1-2'];
    submit('array.sh', [out, ...WORLD, ...MIDDLE], { flags });
    submit('array.sh', [out, ...WORLD, ...END], { flags });
    expect(digests(out)).toEqual(expected);
    submit('array.sh', [out, ...WORLD, ...END], { flags });
    expect(digests(out)).toEqual(expected);
  });

  it('on disks of their own, merged by a job that waits for it, does so too', {
    timeout: 900_000,
  }, async () => {
    const expected = await singleRun();
    const out = path.join(base, 'copied');
    const scratch = path.join(base, 'scratch');
    const env = { SIM_SCRATCH: scratch };
    const job = submit('array.sh', [out, ...WORLD, ...END], { flags: ['--array=1-2'], env });
    expect(digests(out)).not.toEqual(expected);
    submit('merge.sh', [out], { flags: [`--dependency=afterok:${job}`] });
    expect(digests(out)).toEqual(expected);
    expect(readdirSync(scratch)).toEqual([]);
  });
});

interface Submission {
  readonly flags?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}
