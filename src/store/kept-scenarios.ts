/** The scenarios of an existing world, independent of the files from which they were read. */
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

/** Returns a world's scenarios. @throws InputError for one that an older version stored without effects, or that changed */
export function scenariosThere(there: Manifest, { root }: WorldPaths): Scenario[] {
  const { scenarios } = there;
  if (scenarios.length === 0) return [];
  const listed = listScenarios().flatMap((one) => ('scenario' in one ? [one.scenario] : []));
  return scenarios.flatMap((kept) => {
    const scenario = listed.find((ours) => isSame(ours, kept)) ?? ofEffects(kept);
    if (scenario !== undefined && isSame(scenario, kept)) return [scenario];
    // A world without history may still have other scenarios, or none.
    if (there.committedMs === there.startMs) return [];
    throw new InputError(
      `Cannot find scenario "${kept.name}" (${kept.sha256.slice(0, 12)}) of the world in "${root}": it came from a ` +
        'file, or has changed in the project since. Continue with the original file: ' +
        `sim run --out ${shellWord(root)} ${scenarioFlags(scenarios)}`,
    );
  });
}

/** Returns the flags for a world's scenarios, with a placeholder for those from files. */
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
