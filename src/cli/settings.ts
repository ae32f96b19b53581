/** Reads the settings of a world from flags. */
import { requireSinkSettings } from '../sinks/settings.ts';
import { pathsOf as pathsIn, settingsOf } from '../run/read-settings.ts';
import type { WorldPaths } from '../store/paths.ts';
import type { WorldSettings } from '../store/world-settings.ts';
import { type Config, loadConfig } from '../world/config.ts';
import type { WorldFlags } from './arguments.ts';

/** Reads all files that the flags name. Throws InputError naming the file and what is wrong with it. */
export function readSettings(flags: WorldFlags): WorldSettings {
  return settingsOf(readConfig(flags), flags.scenario ?? [], flags.set ?? []);
}

/** Returns the config that the flags name, with their seed and disk reserve. */
export function readConfig(flags: WorldFlags): Config {
  const config = loadConfig(flags.config, flags.preset);
  requireSinkSettings(config);
  const { seed = config.seed, diskReserve = config.performance.disk_reserve_mb } = flags;
  return { ...config, seed, performance: { ...config.performance, disk_reserve_mb: diskReserve } };
}

/** Returns the folder of the world that the flags describe. */
export function pathsOf(flags: WorldFlags, config: Config): WorldPaths {
  return pathsIn(flags.out, config);
}
