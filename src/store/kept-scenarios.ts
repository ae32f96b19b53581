/** The scenarios of a world that lies there, wherever the files are that they were read from. */
import { InputError } from '../domain/errors.ts';
import { shellWord } from '../domain/shell-word.ts';
import {
  type Scenario,
  listScenarios,
  scenarioNames,
  scenarioOfEffects,
} from '../scenario/scenario.ts';
import type { Manifest } from './manifest.ts';
import type { WorldPaths } from './paths.ts';

type Kept = Manifest['scenarios'][number];

/** @throws InputError for one of a file, where an older program kept only its name, or a changed one of the project */
export function scenariosThere(there: Manifest, { root }: WorldPaths): Scenario[] {
  const { scenarios } = there;
  if (scenarios.length === 0) return [];
  const listed = listScenarios().flatMap((one) => ('scenario' in one ? [one.scenario] : []));
  return scenarios.flatMap((kept) => {
    const scenario = listed.find((ours) => isSame(ours, kept)) ?? ofEffects(kept);
    if (scenario !== undefined && isSame(scenario, kept)) return [scenario];
    // While nothing has been generated, a world is free to have others, or none.
    if (there.committedMs === there.startMs) return [];
    throw new InputError(
      `Cannot find scenario "${kept.name}" (${kept.sha256.slice(0, 12)}) of the world in "${root}": it came from a ` +
        'file, or has changed in the project since. Continue with the file as it was: ' +
        `sim run --out ${shellWord(root)} ${scenarioFlags(scenarios)}`,
    );
  });
}

/** The flags that ask for a world's scenarios, as far as their names tell. */
export function scenarioFlags(scenarios: readonly Kept[]): string {
  const ours = scenarioNames();
  const flag = ({ name }: Kept) => (ours.includes(name) ? name : `FILE (that of "${name}")`);
  return scenarios.map((kept) => `--scenario ${flag(kept)}`).join(' ');
}

function ofEffects({ name, effects }: Kept): Scenario | undefined {
  return effects === undefined ? undefined : scenarioOfEffects(name, effects);
}

function isSame(scenario: Scenario, { name, sha256 }: Kept): boolean {
  return scenario.name === name && scenario.sha256 === sha256;
}
