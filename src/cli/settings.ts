/** From flags to what a world is made of. */
import { InputError } from '../domain/errors.ts';
import { WORLD_VERSION, type WorldIdentity } from '../run/manifest.ts';
import { type WorldPaths, worldPaths } from '../run/paths.ts';
import { type Config, loadConfig } from '../world/config.ts';
import { type Dictionaries, loadDictionaries } from '../world/dictionaries.ts';
import { loadScenario, type Scenario } from '../world/scenario.ts';
import type { WorldFlags } from './arguments.ts';

export interface WorldSettings {
  readonly config: Config;
  readonly dictionaries: Dictionaries;
  readonly scenarios: readonly Scenario[];
}

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

/** Everything that decides about the bytes of a world that opens at an instant. */
export function identityOf(settings: WorldSettings, startMs: number): WorldIdentity {
  const { config, dictionaries, scenarios } = settings;
  return {
    worldVersion: WORLD_VERSION,
    seed: config.seed,
    startMs,
    config: {
      ...flattened('volume', config.volume),
      ...flattened('historical', config.historical),
    },
    dictionaries: dictionaries.sha256,
    scenarios: scenarios.map(({ name, sha256 }) => ({ name, sha256 })),
  };
}

function flattened(section: string, values: object): WorldIdentity['config'] {
  const flat: WorldIdentity['config'] = {};
  for (const [key, value] of Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))) {
    // Settings without effect are kept as they came; they may be of any shape.
    if (value !== undefined && (value === null || typeof value !== 'object')) {
      flat[`${section}.${key}`] = value;
    }
  }
  return flat;
}
