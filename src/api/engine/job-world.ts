/** From a job's settings to what a world is made of. */
import type { WorldPaths } from '../../store/paths.ts';
import { type Manifest, readManifest } from '../../store/manifest.ts';
import { pathsOf, settingsOf, settingsWith } from '../../run/read-settings.ts';
import type { WorldSettings } from '../../store/world-settings.ts';
import type { Config } from '../../world/config.ts';
import { scenariosThere } from '../../store/kept-scenarios.ts';
import { configOfData, type SettingsData } from '../settings.ts';
import type { Job } from './messages.ts';

export interface JobWorld {
  readonly config: Config;
  readonly settings: WorldSettings;
  readonly paths: WorldPaths;
}

/** @throws InputError */
export function worldOfJob({ settings: data, scenarios }: Job): JobWorld {
  const { config, paths } = placeOfJob(data);
  const there = readManifest(paths.manifest);
  // A world that has begun goes on with its scenarios unless others are asked for, which it will refuse.
  const settings =
    there !== undefined && goesOnWith(there, scenarios)
      ? settingsWith(config, scenariosThere(there, paths))
      : settingsOf(config, scenarios);
  return { config, settings, paths };
}

function goesOnWith(
  { scenarios, startMs, committedMs }: Manifest,
  asked: Job['scenarios'],
): boolean {
  if (asked.length === 0) return true;
  return committedMs > startMs && String(asked) === String(scenarios.map(({ name }) => name));
}

/** Where the world of a job lies: for those that do not go on with it. @throws InputError */
export function placeOfJob(data: SettingsData): Pick<JobWorld, 'config' | 'paths'> {
  const config = configOfData(data);
  return { config, paths: pathsOf(data.out, config) };
}
