/** The settings of a world, and those of them that determine its bytes. */
import { registeredExtensions } from '../domain/extensions.ts';
import type { Codec } from '../tables/compression.ts';
import { DEFAULT_FORMATS, distinct, type Format, parseFormats } from '../domain/formats.ts';
import type { Config } from '../world/config.ts';
import type { Dictionaries } from '../world/dictionaries.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { type Manifest, WORLD_VERSION, type WorldIdentity } from './manifest.ts';

/** The settings of a world: plain data, which can be sent to another thread. */
export interface WorldSettings {
  readonly config: Config;
  readonly dictionaries: Dictionaries;
  readonly scenarios: readonly Scenario[];
  /** Compression of parts of days that are over; none if undefined. */
  readonly compress?: Codec;
  /** Formats of the tables; CSV if undefined. */
  readonly formats?: readonly Format[];
}

/** How a folder stores days that are over. */
export type Compression = 'none' | Codec;

/** How a run asks its files to be stored; what it leaves out is that of the existing world. */
export interface StorageRequest {
  readonly compress?: Compression | undefined;
  readonly formats?: readonly Format[] | undefined;
}

/**
 * Returns the settings with the storage that was asked for, or that of the existing world, or that of the config. A
 * world that has not begun may still be stored in another way.
 */
export function withStorage(
  settings: WorldSettings,
  asked: StorageRequest,
  there: Manifest | undefined,
): WorldSettings {
  const begun = there !== undefined && there.committedMs > there.startMs;
  const compression = asked.compress ?? there?.compress ?? 'none';
  const formats =
    (asked.formats && distinct(asked.formats)) ??
    there?.formats ??
    (begun ? DEFAULT_FORMATS : parseFormats(settings.config.output.format, 'output.format'));
  return {
    ...settings,
    ...(compression !== 'none' && { compress: compression }),
    ...(String(formats) !== String(DEFAULT_FORMATS) && { formats }),
  };
}

/** Returns everything that determines the bytes of a world that opens at an instant. */
export function identityOf(settings: WorldSettings, startMs: number): WorldIdentity {
  const { config, dictionaries, scenarios, compress, formats } = settings;
  const extensions = registeredExtensions().map(({ name, version }) => ({ name, version }));
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
    ...(extensions.length === 0 ? {} : { extensions }),
    ...(compress === undefined ? {} : { compress }),
    ...(formats === undefined ? {} : { formats: [...formats] }),
  };
}

/** Returns the settings, without the seed, that determine the bytes of a world, by their names in config.json. */
export function worldConfigOf(config: Config): WorldIdentity['config'] {
  return {
    ...flattened('volume', config.volume),
    ...flattened('marketing', config.marketing),
    ...flattened('historical', config.historical),
  };
}

function flattened(section: string, values: object): WorldIdentity['config'] {
  const flat: WorldIdentity['config'] = {};
  for (const [key, value] of Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))) {
    // Settings without effect are not validated and may have any shape.
    if (value !== undefined && (value === null || typeof value !== 'object')) {
      flat[`${section}.${key}`] = value;
    }
  }
  return flat;
}
