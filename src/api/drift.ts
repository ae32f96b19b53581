/** Whether the config still is that of the world in the folder. */
import { settingsThatDiffer } from '../store/identity.ts';
import type { Manifest } from '../store/manifest.ts';
import type { Config } from '../world/config.ts';
import type { Services } from './services.ts';

/** Why the world that is there can't go on with the config; undefined where it can. */
export function obstacleOf({
  manifest,
  settings,
}: Pick<Services, 'manifest' | 'settings'>): string | undefined {
  return driftNotes(manifest, settings.config)[0];
}

/** A sentence for whoever changes a config, where the world can't go on with it; damaged worlds have other worries. */
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
    ({ field, there: old, here }) => `${field} was ${old} then, and is ${here} now`,
  );
  return [
    `The world that is there was made with other settings: ${list.join('; ')}. It cannot go on with ` +
      'these: put them back, or remove the world first.',
  ];
}
