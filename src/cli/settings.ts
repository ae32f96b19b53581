/** From flags to what a world is made of. */
import { InputError } from '../domain/errors.ts';
import { type WorldPaths, worldPaths } from '../run/paths.ts';
import type { WorldSettings } from '../run/world-settings.ts';
import { type Config, loadConfig } from '../world/config.ts';
import { loadDictionaries } from '../world/dictionaries.ts';
import { loadScenario } from '../world/scenario.ts';
import type { WorldFlags } from './arguments.ts';

/** Reads all files that the flags name. Throws InputError naming the file and what is wrong with it. */
export function readSettings(flags: WorldFlags): WorldSettings {
  const config = readConfig(flags);
  return {
    config,
    dictionaries: loadDictionaries(config.paths.dictionaries),
    scenarios: (flags.scenario ?? []).map((name) => loadScenario(name)),
  };
}

/** The config that the flags name, with their seed. */
export function readConfig(flags: WorldFlags): Config {
  const config = loadConfig(flags.config, flags.preset);
  return flags.seed === undefined ? config : { ...config, seed: flags.seed };
}

/** Where the world of these flags lies. */
export function pathsOf(flags: WorldFlags, config: Config): WorldPaths {
  if (flags.out === '') throw new InputError('--out is empty: expected the name of a folder');
  return worldPaths(flags.out, {
    master: config.paths.master ?? undefined,
    facts: config.paths.facts ?? undefined,
  });
}
