/** What only a process shows: the exit code, and that both entries start. */
import { expect, it } from 'vitest';
import { startSim } from '../run/sim-process.ts';

it.each(['src/cli.ts', 'src/sim.mjs'])(
  '%s ends with the exit code of the command',
  async (script) => {
    const good = await startSim(['--version'], script).ended;
    expect(good).toMatchObject({ code: 0, stderr: '' });
    expect(good.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const bad = await startSim(['run', '--sead', '3'], script).ended;
    expect(bad.code).toBe(2);
    expect(bad.stdout).toBe('');
    expect(bad.stderr).toContain('--seed');
  },
);
