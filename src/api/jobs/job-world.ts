/** Returns the settings and paths of a job's world. */
import type { WorldPaths } from '../../store/paths.ts';
import { readManifest } from '../../store/manifest.ts';
import { pathsOf, settingsOf } from '../../run/read-settings.ts';
import type { WorldSettings } from '../../store/world-settings.ts';
import type { Config } from '../../world/config.ts';
import { scenarioNames } from '../../scenario/scenario.ts';
import { configOfData } from '../settings.ts';
import type { Job } from './messages.ts';

export interface JobWorld {
  readonly config: Config;
  readonly settings: WorldSettings;
  readonly paths: WorldPaths;
}

/** Returns the world of a job. @throws InputError */
export function worldOfJob({ settings: data, scenarios }: Job): JobWorld {
  const config = configOfData(data);
  const paths = pathsOf(data.out, config);
  const there = readManifest(paths.manifest);
  // An existing world continues with its scenarios; it will refuse others.
  const known = scenarioNames();
  const own = there?.scenarios.map(({ name }) => name).filter((name) => known.includes(name)) ?? [];
  const names = scenarios.length > 0 ? scenarios : own;
  return { config, settings: settingsOf(config, names), paths };
}
