/** What a world is made of, and what of that decides about its bytes. */
import type { Config } from '../world/config.ts';
import type { Dictionaries } from '../world/dictionaries.ts';
import type { Scenario } from '../world/scenario.ts';
import { WORLD_VERSION, type WorldIdentity } from './manifest.ts';

/** Plain data: it can be sent to another thread. */
export interface WorldSettings {
  readonly config: Config;
  readonly dictionaries: Dictionaries;
  readonly scenarios: readonly Scenario[];
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
