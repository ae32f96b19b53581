/** The config of the server: read once, changed through the API, and stored in a file that the CLI also reads. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../domain/errors.ts';
import { looksSecret, MASK, redact, Secret, withLastingSecrets } from '../domain/secret.ts';
import { pathsOf } from '../run/read-settings.ts';
import { requireSinkSettings, secretSettings } from '../sinks/settings.ts';
import type { WorldPaths } from '../store/paths.ts';
import { writeFileAtomic } from '../tables/atomic-file.ts';
import { type Config, configOf } from '../world/config.ts';
import { SECRET_KEYS } from '../world/config-schema.ts';
import { readJsonFile } from '../world/json-file.ts';
import { requireFlagsFit, settingsThere, worldThere } from './world-base.ts';
import type { Section } from './section.ts';

/** The data with which another thread has the same config. */
export interface SettingsData {
  readonly raw: Section;
  readonly preset: string;
  /** Path of the config file, for messages and relative paths. */
  readonly origin: string;
  readonly out: string | undefined;
}

export interface SettingsOptions {
  /** Value of `--config`; by default `config.json` in the world's folder. */
  readonly config?: string | undefined;
  readonly preset?: string | undefined;
  readonly seed?: number | undefined;
  readonly out?: string | undefined;
}

/** Name of the config file in a world's folder. */
const OWN_CONFIG = 'config.json';

export class Settings {
  readonly file: string;
  private readonly preset: string;
  private readonly out: string | undefined;
  /** Settings of the command line, which override the file. */
  private readonly given: Section;
  /** Settings of the world in the folder, for those that neither the file nor the command line contains. */
  private there: Section;
  private raw: Section;
  private current: Config;

  /** @throws InputError if the config file can't be used, or a flag requests another world than the existing one */
  constructor({ config: file, preset: asked, seed, out }: SettingsOptions) {
    const preset = asked ?? 'default';
    this.preset = preset;
    this.out = out;
    this.file = file ?? path.join(pathsOf(out, configOf({}, preset)).root, OWN_CONFIG);
    const isThere = file !== undefined || existsSync(this.file);
    const read = isThere ? sectionOf(readJsonFile(this.file, 'config file')) : {};
    this.given = seed === undefined ? {} : { seed };
    this.raw = { ...read, ...this.given };
    rememberSecrets(read);
    const folders = { ...(isSection(read.paths) && { paths: read.paths }) };
    const paths = pathsOf(out, configOf(folders, preset, this.file));
    const world = worldThere(paths);
    if (world !== undefined) {
      const config = configOf(this.raw, preset, this.file);
      requireFlagsFit(world, { config, seed, preset: asked, file, read }, paths.root);
    }
    this.there = settingsThere(world);
    this.current = this.checked(this.raw);
  }

  get config(): Config {
    return this.current;
  }

  get paths(): WorldPaths {
    return pathsOf(this.out, this.current);
  }

  /** Data for the thread of a job. */
  get data(): SettingsData {
    return {
      raw: mergedOver(this.there, this.raw),
      preset: this.preset,
      origin: this.file,
      out: this.out,
    };
  }

  /** Returns the data with changes that are not stored. @throws InputError */
  dataWith(changes: Section): SettingsData {
    const raw = this.merged(changes);
    this.checked(raw);
    return { ...this.data, raw: mergedOver(this.there, raw) };
  }

  /** The effective settings without secrets and internal settings. */
  get shown(): Section {
    return shownOf(this.current);
  }

  /** The settings of the world, the preset and the command line, without secrets. */
  get defaults(): Section {
    return shownOf(configOf(mergedOver(this.there, this.given), this.preset, this.file));
  }

  get notes(): readonly string[] {
    return this.current.notes;
  }

  /** Returns the config with changes, without storing it. @throws InputError that says what is wrong, line by line */
  preview(changes: Section): Config {
    return this.checked(this.merged(changes));
  }

  /** Makes changes and writes the file. @throws InputError, OutputError; then nothing is changed */
  change(changes: Section): void {
    this.keep(this.merged(changes));
  }

  /** Resets to the settings of the world, the preset and the command line; keeps the folders. @throws OutputError */
  reset(): void {
    const { paths } = this.raw;
    // The settings of a removed world no longer apply.
    if (worldThere(this.paths) === undefined) this.there = {};
    this.keep({ ...(paths !== undefined && { paths }), ...this.given });
  }

  private keep(raw: Section): void {
    const config = this.checked(raw);
    const text = `${JSON.stringify(raw, null, 2)}\n`;
    writeFileAtomic(this.file, text, modeFor(this.file, holdsSecret(raw)));
    withLastingSecrets(() => rememberSecrets(raw));
    this.raw = raw;
    this.current = config;
  }

  private checked(raw: Section): Config {
    rememberSecrets(raw);
    const config = configOf(mergedOver(this.there, raw), this.preset, this.file);
    requireSinkSettings(config);
    return config;
  }

  /** Returns the settings with changes: sections are merged, values replaced; masked values stay unchanged. */
  private merged(changes: Section): Section {
    const merged = Object.entries(changes).map(([key, value]) => {
      const old = this.raw[key];
      return [key, isSection(value) ? mergedSection(isSection(old) ? old : {}, value) : value];
    });
    return { ...this.raw, ...Object.fromEntries(merged) };
  }
}

/** Returns the config of settings from another thread. */
export function configOfData({ raw, preset, origin }: SettingsData): Config {
  rememberSecrets(raw);
  return configOf(raw, preset, origin);
}

function shownOf({ notes: _notes, ...config }: Config): Section {
  return masked(config) as Section;
}

/** Merges sections over others. Values that are not sections are kept and refused later. */
function mergedOver(below: Section, raw: Section): Section {
  const merged = Object.entries(below).map(([key, value]) => {
    const over = raw[key];
    if (over === undefined) return [key, value];
    return [key, isSection(value) && isSection(over) ? { ...value, ...over } : over];
  });
  return { ...raw, ...Object.fromEntries(merged) };
}

function mergedSection(old: Section, changes: Section): Section {
  const kept = Object.entries(changes).filter(([key, value]) => !(isSecret(key) && value === MASK));
  return { ...old, ...Object.fromEntries(kept) };
}

/** Whether the values of a key are never shown: settings of the program, or of a sink. */
function isSecret(key: string): boolean {
  return SECRET_KEYS.has(key) || secretSettings().includes(key);
}

function masked(value: unknown, key = ''): unknown {
  if (isSecret(key)) return value === '' || value == null ? value : MASK;
  // Also hides secrets that a user wrote into the wrong setting.
  if (typeof value === 'string') return redact(value);
  if (!isSection(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, masked(part, name)]),
  );
}

/** Registers secrets, so that no message shows them. */
function rememberSecrets(value: unknown, key = ''): void {
  if (isSecret(key) && typeof value === 'string' && value !== '' && value !== MASK) {
    new Secret(value, /SharedAccessKey=([^;]+)/.exec(value)?.slice(1) ?? []);
  } else if (isSection(value)) {
    for (const [name, part] of Object.entries(value)) rememberSecrets(part, name);
  }
}

function holdsSecret(value: unknown, key = ''): boolean {
  if (typeof value === 'string') {
    return value !== '' && (isSecret(key) || looksSecret(value));
  }
  if (Array.isArray(value)) return value.some((part) => holdsSecret(part));
  return isSection(value) && Object.entries(value).some(([name, part]) => holdsSecret(part, name));
}

/** Returns the mode of the file: unchanged, or only for its owner if it contains a secret. */
function modeFor(file: string, secret: boolean): number | undefined {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode;
  if (mode === undefined) return secret ? 0o600 : undefined;
  return mode & (secret ? 0o600 : 0o777);
}

function sectionOf(value: unknown): Section {
  if (isSection(value)) return value;
  throw new InputError('Cannot use the config file: expected an object in braces: { … }');
}

function isSection(value: unknown): value is Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
