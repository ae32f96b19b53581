/** Generates a scenario's trial: the world that it speaks of, with and without it. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { main } from '../../src/cli/main.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { fakeTerminal } from '../cli/fake-terminal.ts';

/** Folders of the two worlds, below `folder`. */
export async function runTrial({ name, trial }: Scenario, folder: string) {
  const config = path.join(folder, `${name}.json`);
  writeFileSync(config, JSON.stringify({ volume: trial.volume ?? {} }));
  const world = path.join(folder, name);
  const baseline = path.join(folder, `${name}-without`);
  const window = ['--from', trial.from, '--days', String(trial.days)];
  const common = ['run', '--mode', 'history', '--preset', 'small', '--config', config, ...window];
  await sim([...common, '--out', baseline]);
  await sim([...common, '--out', world, '--scenario', name]);
  return { baseline, world };
}

async function sim(argv: string[]): Promise<void> {
  const terminal = fakeTerminal();
  const code = await main(argv, terminal);
  if (code !== 0) throw new Error(terminal.stderr());
}
