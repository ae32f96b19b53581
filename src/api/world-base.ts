/** What the world in the folder says about itself: it holds for all that a config and the flags leave open. */
import { InputError } from '../domain/errors.ts';
import { settingsThatDiffer } from '../store/identity.ts';
import { type Manifest, readManifest } from '../store/manifest.ts';
import type { WorldPaths } from '../store/paths.ts';
import type { Config } from '../world/config.ts';
import { VOLUME } from '../world/config-schema.ts';
import type { Section } from './section.ts';

/** The settings that a world was made with, as a config has them; none where there is no world. */
export function settingsThere(there: Manifest | undefined): Section {
  if (there === undefined) return {};
  const sections: { [section: string]: { [key: string]: unknown } } = {
    volume: {},
    historical: {},
  };
  for (const [path, value] of Object.entries(there.config)) {
    const [section, key] = path.split('.');
    const isKnown = section === 'historical' || Object.hasOwn(VOLUME.shape, key);
    if (section in sections && isKnown) sections[section][key] = value;
  }
  return { seed: there.seed, ...sections };
}

/** The world in the folder; a damaged one has other worries, which whoever uses it is told. */
export function worldThere(paths: WorldPaths): Manifest | undefined {
  try {
    return readManifest(paths.manifest);
  } catch {
    return undefined;
  }
}

/** What the command line asks of the world, and where it says so. */
export interface Wanted {
  /** Everything that the flags and the config file say together. */
  readonly config: Config;
  readonly seed: number | undefined;
  readonly preset: string | undefined;
  /** Path of the config file, if a flag names it. */
  readonly file: string | undefined;
  /** What that file says. */
  readonly read: Section;
}

/** @throws InputError naming each flag that asks for another world than the one that lies there */
export function requireFlagsFit(there: Manifest | undefined, wanted: Wanted, root: string): void {
  if (there === undefined) return;
  const lines = settingsThatDiffer(there, wanted.config).flatMap(({ field, there: old, here }) => {
    const flag = flagOf(field, wanted);
    return flag === undefined ? [] : [`  ${flag}: ${field} is ${old}, requested ${here}`];
  });
  if (lines.length === 0) return;
  throw new InputError(
    `Cannot serve the world in "${root}": it was made with other settings.\n${lines.join('\n')}\n` +
      'Leave these flags out, as the world knows its own settings; or use another folder, or remove the ' +
      'world first (sim clear).',
  );
}

/** The flag that a setting comes from; undefined where the world is free to say. */
function flagOf(field: string, { seed, preset, file, read }: Wanted): string | undefined {
  if (field === 'seed' && seed !== undefined) return `--seed ${seed}`;
  let value: unknown = read;
  for (const key of field.split('.')) value = (value as Section | undefined)?.[key];
  if (value !== undefined) return file === undefined ? undefined : `--config ${file}`;
  return preset === undefined || !field.startsWith('volume.') ? undefined : `--preset ${preset}`;
}
