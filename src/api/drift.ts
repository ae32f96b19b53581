/** Checks whether the config still matches the world in the folder. */
import { settingsThatDiffer } from '../store/identity.ts';
import type { Manifest } from '../store/manifest.ts';
import type { Config } from '../world/config.ts';
import type { Services } from './services.ts';

/** Returns why the existing world can't be continued with the config; undefined if it can. */
export function obstacleOf({
  manifest,
  settings,
}: Pick<Services, 'manifest' | 'settings'>): string | undefined {
  return driftNotes(manifest, settings.config)[0];
}

/** Returns a note for users who change a config if the world can't be continued with it. */
export function driftNotes(manifest: Services['manifest'], config: Config): string[] {
  let there: Manifest | undefined;
  try {
    there = manifest();
  } catch {
    return [];
  }
  if (there === undefined) return [];
  const differences = settingsThatDiffer(there, config);
  if (differences.length === 0) return [];
  const list = differences.map(
    ({ field, there: old, here }) => `${field} was ${old}, and is now ${here}`,
  );
  return [
    `The existing world was generated with other settings: ${list.join('; ')}. It cannot continue with ` +
      'these: change them back, or remove the world first.',
  ];
}
