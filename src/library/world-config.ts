/** The description of a world in the library. */
import type { z } from 'zod';
import { settingsOf } from '../run/read-settings.ts';
import type { WorldSettings } from '../store/world-settings.ts';
import { configOf, loadConfig } from '../world/config.ts';
import type { CONFIG } from '../world/config-schema.ts';
import type { PresetName } from '../world/presets.ts';

/** The sections of config.json with a preset and scenarios; or the path of a config.json. */
export type WorldConfig =
  | string
  | (z.input<typeof CONFIG> & {
      /** Values for settings that `volume` does not contain; `default` by default. */
      readonly preset?: PresetName;
      /** Names of scenarios, or paths of YAML files. */
      readonly scenarios?: readonly string[];
    });

/** Reads the settings of a world. @throws InputError that lists what is wrong @internal */
export function readWorld(world: WorldConfig): WorldSettings {
  if (typeof world === 'string') return settingsOf(loadConfig(world), []);
  const { preset, scenarios = [], ...config } = world;
  return settingsOf(configOf(config, preset, 'the config'), scenarios);
}
