/** The config: how large the world is and where output goes. Scenarios say what happens. */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import { InputError } from '../domain/errors.ts';
import { contradictions, marketingContradictions, schemaProblems } from './config-checks.ts';
import { CONFIG, UNUSED_KEYS, VOLUME } from './config-schema.ts';
import { readJsonFile } from './json-file.ts';
import { ORIGINAL_RANGES } from './opening-ranges.ts';
import { calibratedCustomers, type Preset, presetNamed } from './presets.ts';

type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;
type Parsed = z.infer<typeof CONFIG>;
type Volume = Omit<Parsed['volume'], 'truck_dc_assignment_rate' | 'trucks_per_dc'>;

/** All settings with their defaults; names as in config.json. Paths are absolute. */
export type Config = Frozen<
  Pick<
    Parsed,
    'seed' | 'marketing' | 'realtime' | 'paths' | 'stream' | 'historical' | 'output' | 'sinks'
  > & {
    volume: Volume;
    performance: { max_workers: number | null; disk_reserve_mb: number };
  }
> & {
  /** Sentences about the file that the user should read once; those about the world are in World.warnings. */
  readonly notes: readonly string[];
};

type Section = Record<string, unknown>;

/** The original system's folder of dictionaries; a copied config may name it although it does not exist. */
const ORIGINAL_DICTIONARIES = 'data/dictionaries';

/**
 * Reads a config file over a preset; without a file, the preset alone.
 * @throws InputError listing everything that is wrong with the file, one problem per line
 */
export function loadConfig(file?: string, preset = 'default'): Config {
  if (file === undefined) return configOf({}, preset);
  return configOf(readJsonFile(file, 'config file'), preset, file);
}

/**
 * Returns the config of a parsed config file.
 * @param origin path of the file, for messages; relative paths in the config start at its folder
 * @throws InputError listing everything that is wrong, one problem per line
 */
export function configOf(raw: unknown, preset = 'default', origin = 'config.json'): Config {
  const { volume: presetVolume, calibrated }: Preset = presetNamed(preset);
  const given = withoutRemarks(raw);
  if (isSection(given)) {
    if (isSection(given.paths)) given.paths = withoutAlias(given.paths);
    if (given.volume === undefined || isSection(given.volume)) {
      given.volume = completeVolume(given.volume ?? {}, presetVolume, calibrated);
    }
  }
  const parsed = CONFIG.safeParse(given);
  const problems = parsed.success ? [] : schemaProblems(given, parsed.error.issues);
  if (isSection(given) && isSection(given.volume)) problems.push(...contradictions(given.volume));
  if (parsed.success) problems.push(...marketingContradictions(parsed.data.marketing));
  if (!parsed.success || problems.length > 0) {
    throw new InputError(`Cannot use ${origin}:\n  ${problems.join('\n  ')}`);
  }
  const { seed, marketing, realtime, paths, stream, historical, output, sinks } = parsed.data;
  const { max_workers, disk_reserve_mb } = parsed.data.performance;
  const { truck_dc_assignment_rate: _rate, trucks_per_dc: _trucks, ...volume } = parsed.data.volume;
  const notes = unusedNotes(given as Section, origin);
  return {
    seed,
    volume,
    marketing,
    realtime,
    paths: absolutePaths(paths, dirname(origin), notes),
    stream,
    historical,
    output,
    ...(sinks !== undefined && { sinks }),
    performance: { max_workers, disk_reserve_mb },
    notes,
  };
}

/** Returns the opening instant that the config asks for: historical.start_date at 00:00 UTC. */
export function startOf(config: Config): number {
  return Date.parse(`${config.historical.start_date}T00:00:00Z`);
}

/** JSON has no comments, so people write them under keys such as `_comment`; `$schema` is for editors. */
function withoutRemarks(raw: unknown): unknown {
  if (!isSection(raw)) return raw;
  const told = (section: Section) =>
    Object.entries(section).filter(([key]) => !key.startsWith('_') && key !== '$schema');
  return Object.fromEntries(
    told(raw).map(([key, value]) => [
      key,
      isSection(value) ? Object.fromEntries(told(value)) : value,
    ]),
  );
}

/** Fills what the file leaves out: the preset's volumes, then defaults that fit the other settings. */
function completeVolume(given: Section, preset: Section, calibrated: boolean): Section {
  const volume: Section = { ...preset, ...given };
  for (const [key, schema] of Object.entries(VOLUME.shape)) {
    const fallback = schema.safeParse(undefined).data;
    if (volume[key] === undefined && fallback !== undefined) volume[key] = fallback;
  }
  const { stores, total_geographies: geographies, customers_per_day: visits } = volume;
  if (given.dcs === undefined) {
    const most = [stores, geographies].filter((n) => Number.isInteger(n) && (n as number) > 0);
    volume.dcs = Math.min(volume.dcs as number, ...(most as number[]));
  }
  completeRanges(volume);
  if (calibrated && given.total_customers === undefined && Number(stores) * Number(visits) > 0) {
    volume.total_customers = calibratedCustomers(Number(stores) * Number(visits));
  }
  return volume;
}

/** Gives a range of which only one end is set the other end of the original system. */
function completeRanges(volume: Section): void {
  for (const [name, range] of Object.entries(ORIGINAL_RANGES)) {
    const [min, max] = [`${name}_min`, `${name}_max`];
    if (volume[min] === null && volume[max] === null) continue;
    volume[min] ??= range.min;
    volume[max] ??= range.max;
  }
}

/** The original system named the setting for the folder of dictionaries `dict`. */
function withoutAlias(paths: Section): Section {
  const { dict, ...rest } = paths;
  return dict === undefined || rest.dictionaries !== undefined
    ? paths
    : { ...rest, dictionaries: dict };
}

function absolutePaths(paths: Parsed['paths'], base: string, notes: string[]): Parsed['paths'] {
  const from = (path: string | null) => (path === null ? null : resolve(base, path));
  let dictionaries = from(paths.dictionaries);
  if (dictionaries !== null && !existsSync(dictionaries)) {
    if (dictionaries !== from(ORIGINAL_DICTIONARIES)) {
      throw new InputError(
        `Cannot find the dictionaries: paths.dictionaries is "${paths.dictionaries}", and there is no folder ${dictionaries}`,
      );
    }
    notes.push(`There is no folder ${dictionaries}: using the dictionaries of the project.`);
    dictionaries = null;
  }
  return { dictionaries, master: from(paths.master), facts: from(paths.facts) };
}

function unusedNotes(given: Section, origin: string): string[] {
  const unused = UNUSED_KEYS.filter((path) => {
    let value: unknown = given;
    for (const key of path) value = (value as Section | undefined)?.[key];
    return value !== undefined && value !== null;
  }).map((path) => path.join('.'));
  if (unused.length === 0) return [];
  return [`No effect in ${origin}, known from the original system: ${unused.join(', ')}.`];
}

function isSection(value: unknown): value is Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
