/** What a world is made of, and what of that decides about its bytes. */
import type { Codec } from '../tables/compression.ts';
import type { Config } from '../world/config.ts';
import type { Dictionaries } from '../world/dictionaries.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { type Manifest, WORLD_VERSION, type WorldIdentity } from './manifest.ts';

/** Plain data: it can be sent to another thread. */
export interface WorldSettings {
  readonly config: Config;
  readonly dictionaries: Dictionaries;
  readonly scenarios: readonly Scenario[];
  /** How parts of days that are over are stored; as they are without it. */
  readonly compress?: Codec;
}

/** How a folder stores days that are over. */
export type Compression = 'none' | Codec;

/** The settings with the compression that is asked for, or that of the world that is there. */
export function withCompression(
  settings: WorldSettings,
  asked: Compression | undefined,
  there: Manifest | undefined,
): WorldSettings {
  const compression = asked ?? there?.compress ?? 'none';
  return compression === 'none' ? settings : { ...settings, compress: compression };
}

/** Everything that decides about the bytes of a world that opens at an instant. */
export function identityOf(settings: WorldSettings, startMs: number): WorldIdentity {
  const { config, dictionaries, scenarios, compress } = settings;
  return {
    worldVersion: WORLD_VERSION,
    seed: config.seed,
    startMs,
    config: worldConfigOf(config),
    dictionaries: dictionaries.sha256,
    scenarios: scenarios.map(({ name, sha256, effects }) => ({
      name,
      sha256,
      effects: [...effects],
    })),
    ...(compress === undefined ? {} : { compress }),
  };
}

/** Settings besides the seed that decide about the bytes of a world, by their names in config.json. */
export function worldConfigOf(config: Config): WorldIdentity['config'] {
  return {
    ...flattened('volume', config.volume),
    ...flattened('historical', config.historical),
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
