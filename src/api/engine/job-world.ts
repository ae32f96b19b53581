/** Returns the settings and paths of a job's world. */
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

/** Returns the world of a job. @throws InputError */
export function worldOfJob({ settings: data, scenarios }: Job): JobWorld {
  const { config, paths } = placeOfJob(data);
  const there = readManifest(paths.manifest);
  // An existing world continues with its scenarios; it will refuse others.
  const settings =
    there !== undefined && continuesWith(there, scenarios)
      ? settingsWith(config, scenariosThere(there, paths))
      : settingsOf(config, scenarios);
  return { config, settings, paths };
}

function continuesWith(
  { scenarios, startMs, committedMs }: Manifest,
  asked: Job['scenarios'],
): boolean {
  if (asked.length === 0) return true;
  return committedMs > startMs && String(asked) === String(scenarios.map(({ name }) => name));
}

/** Returns config and folder of a job's world, for jobs that do not continue it. @throws InputError */
export function placeOfJob(data: SettingsData): Pick<JobWorld, 'config' | 'paths'> {
  const config = configOfData(data);
  return { config, paths: pathsOf(data.out, config) };
}
