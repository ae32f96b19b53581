/** The settings and the folder of a world, from its config and scenarios. */
import { InputError } from '../domain/errors.ts';
import type { Config } from '../world/config.ts';
import { loadDictionaries } from '../world/dictionaries.ts';
import { chooseScenarios } from '../scenario/chosen-scenarios.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { type WorldPaths, worldPaths } from '../store/paths.ts';
import type { WorldSettings } from '../store/world-settings.ts';

/**
 * Returns the settings of a world.
 * @param sets values of the scenarios' parameters as `name=value`
 * @throws InputError naming the file and what is wrong with it
 */
export function settingsOf(
  config: Config,
  scenarios: readonly string[],
  sets: readonly string[] = [],
): WorldSettings {
  return settingsWith(config, chooseScenarios(scenarios, sets));
}

/** The same with scenarios that are known already. */
export function settingsWith(config: Config, scenarios: readonly Scenario[]): WorldSettings {
  return { config, dictionaries: loadDictionaries(config.paths.dictionaries), scenarios };
}

/** Returns the paths of the world: in `out`, or in the config's folder. @throws InputError */
export function pathsOf(out: string | undefined, config: Config): WorldPaths {
  if (out === '') throw new InputError('--out is empty: expected the name of a folder');
  return worldPaths(out, {
    master: config.paths.master ?? undefined,
    facts: config.paths.facts ?? undefined,
  });
}
