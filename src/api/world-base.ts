/** The settings of the world in the folder, which apply if neither config nor flags contain them. */
import { InputError } from '../domain/errors.ts';
import { settingsThatDiffer } from '../store/identity.ts';
import { type Manifest, readManifest } from '../store/manifest.ts';
import type { WorldPaths } from '../store/paths.ts';
import type { Config } from '../world/config.ts';
import { VOLUME } from '../world/config-schema.ts';
import type { Section } from './section.ts';

/** Returns the settings of a world in the form of a config; none if there is no world. */
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

/** Returns the manifest of the world in the folder; undefined if it is damaged, which the next use reports. */
export function worldThere(paths: WorldPaths): Manifest | undefined {
  try {
    return readManifest(paths.manifest);
  } catch {
    return undefined;
  }
}

/** The requested world and the sources of its settings. */
export interface Wanted {
  /** The config from flags and config file. */
  readonly config: Config;
  readonly seed: number | undefined;
  readonly preset: string | undefined;
  /** Path of the config file, if a flag names it. */
  readonly file: string | undefined;
  /** Content of that file. */
  readonly read: Section;
}

/** Throws InputError naming each flag that requests another world than the existing one. */
export function requireFlagsFit(there: Manifest | undefined, wanted: Wanted, root: string): void {
  if (there === undefined) return;
  const lines = settingsThatDiffer(there, wanted.config).flatMap(({ field, there: old, here }) => {
    const flag = flagOf(field, wanted);
    return flag === undefined ? [] : [`  ${flag}: ${field} is ${old}, requested ${here}`];
  });
  if (lines.length === 0) return;
  throw new InputError(
    `Cannot serve the world in "${root}": it was generated with other settings.\n${lines.join('\n')}\n` +
      'Leave out these flags, because the world has its own settings; or use another folder, or remove the ' +
      'world first (sim clear).',
  );
}

/** Returns the flag of a setting; undefined if the world's setting applies. */
function flagOf(field: string, { seed, preset, file, read }: Wanted): string | undefined {
  if (field === 'seed' && seed !== undefined) return `--seed ${seed}`;
  let value: unknown = read;
  for (const key of field.split('.')) value = (value as Section | undefined)?.[key];
  if (value !== undefined) return file === undefined ? undefined : `--config ${file}`;
  return preset === undefined || !field.startsWith('volume.') ? undefined : `--preset ${preset}`;
}
