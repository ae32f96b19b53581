/** Flags shared by several commands, and how their values are read. */
import { type Command, Option } from 'commander';
import { InputError, reasonOf } from '../domain/errors.ts';
import { MOMENT_FORM, parseMoment } from '../engine/moment.ts';
import { parseShard } from '../store/shard.ts';
import {
  DEFAULT_FORMATS,
  FORMATS,
  FORMATS_EXPECTED,
  type Format,
  parseFormats,
} from '../domain/formats.ts';
import { CODECS } from '../tables/compression.ts';
import { PRESETS } from '../world/presets.ts';
import { offering } from './offered-words.ts';

/** What the world is made of, as given on the command line. */
export interface WorldFlags {
  readonly config?: string;
  readonly preset?: string;
  readonly seed?: number;
  readonly scenario?: readonly string[];
  /** Values of the scenarios' parameters. */
  readonly set?: readonly string[];
  /** Modules of extensions. */
  readonly extension?: readonly string[];
  readonly out?: string;
  /** Megabytes. */
  readonly diskReserve?: number;
}

export interface WindowFlags {
  readonly from?: number;
  readonly to?: number;
  readonly days?: number;
}

/** The flag that sets parameters of scenarios. */
export const SET_FLAG = '--set <name=value...>';
export const SET_ABOUT =
  "values of the scenarios' parameters, such as outageDays=5; disruption.outageDays=5 for one of several";

/** Adds --config, --preset, --seed, --scenario, --set. */
export function withWorldFlags(command: Command): Command {
  const presets = Object.entries(PRESETS).map(([name, { about }]) => `${name} (${about})`);
  return command
    .option('--config <file>', 'config.json; defaults apply to missing settings')
    .addOption(presetFlag(`volumes for settings missing in the config: ${presets.join('; ')}`))
    .option('--seed <n>', "seed of the world; the config's by default", wholeNumber('--seed', 0))
    .addOption(
      offering(
        new Option(
          '--scenario <name|file...>',
          'scenarios, by name or as YAML files; may be repeated',
        ),
        async () => (await import('../scenario/scenario.ts')).scenarioNames(),
      ),
    )
    .option(SET_FLAG, SET_ABOUT);
}

/** Returns --preset. */
export function presetFlag(about: string): Option {
  return offering(new Option('--preset <name>', about), () => Object.keys(PRESETS));
}

/** Adds --from, --to, --days. @param nowMs wall clock, the origin of `now` and `-7d` */
export function withWindowFlags(command: Command, nowMs: () => number): Command {
  return command
    .option('--from <instant>', `start of a new world: ${MOMENT_FORM}`, instant('--from', nowMs))
    .option(
      '--to <instant>',
      'end of the history, exclusive; the same forms',
      instant('--to', nowMs),
    )
    .addOption(
      new Option('--days <n>', 'length in days, instead of --to')
        .argParser(wholeNumber('--days', 1))
        .conflicts('to'),
    );
}

/** Adds --workers. */
export function withWorkers(command: Command): Command {
  return command.option(
    '--workers <n>',
    "threads for the regions; one for each core by default; the bytes don't depend on it",
    wholeNumber('--workers', 1),
  );
}

/** Adds --shard. */
export function withShard(
  command: Command,
  about = 'only this share of the regions, 1/n to n/n; auto reads i and n from the scheduler, auto/n only i (Slurm, Kubernetes, …)',
): Command {
  return command.option('--shard <i/n>', about, (text) => parseShard(text, process.env));
}

/** Adds --compress. */
export function withCompress(command: Command): Command {
  return command.addOption(
    new Option(
      '--compress <codec>',
      'compression of completed days; fixed when a world begins, none by default',
    ).choices(['none', ...CODECS]),
  );
}

/** Adds --format. */
export function withFormat(command: Command): Command {
  return command.addOption(
    offering(
      new Option(
        '--format <names>',
        `formats of the tables, ${FORMATS_EXPECTED}; fixed when a world begins, ${DEFAULT_FORMATS.join(',')} by default`,
      ).argParser(formats('--format')),
      () => FORMATS,
    ),
  );
}

/** Reads the value of a flag that names formats; several of the same flag add up. */
function formats(flag: string): (text: string, before?: readonly Format[]) => readonly Format[] {
  return (text, before = []) => parseFormats([...before, text].join(','), flag);
}

/** Adds --disk-reserve. */
export function withDiskReserve(command: Command): Command {
  return command.option(
    '--disk-reserve <size>',
    'space that a run leaves free on the disk, such as 50MB or 2GB; by default from the config, or 200MB',
    megabytes('--disk-reserve'),
  );
}

/** Adds --out. */
export function withOut(command: Command): Command {
  return command.option(
    '--out <dir>',
    "folder of the world; the config's paths or data/ if absent",
  );
}

/** Reads the value of a flag that is an instant. @param nowMs wall clock, the origin of `now` and `-7d` */
export function instant(flag: string, nowMs: () => number): (text: string) => number {
  return (text) => {
    try {
      return parseMoment(text, nowMs());
    } catch (error) {
      throw new InputError(`${flag}: ${reasonOf(error)}`);
    }
  };
}

const UNITS_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** Reads the value of a flag that is a length of time, in ms. */
export function lengthOfTime(flag: string): (text: string) => number {
  return (text) => {
    const match = /^(\d+(?:\.\d+)?)(s|m|h|d|w)$/.exec(text);
    const unitMs = UNITS_MS[match?.[2] as keyof typeof UNITS_MS];
    const lengthMs = match === null ? 0 : Math.round(Number(match[1]) * unitMs);
    if (lengthMs > 0) return lengthMs;
    throw new InputError(
      `${flag} is "${text}": expected a length of time such as 90s, 10m, 2h or 3d`,
    );
  };
}

const MEGABYTES = { MB: 1, GB: 1000, TB: 1_000_000 } as const;

/** Reads the value of a flag that is a size, in megabytes. */
function megabytes(flag: string): (text: string) => number {
  return (text) => {
    const match = /^(\d+)\s?(MB|GB|TB)$/i.exec(text);
    const size = Number(match?.[1]) * MEGABYTES[match?.[2].toUpperCase() as keyof typeof MEGABYTES];
    if (text === '0') return 0;
    if (Number.isSafeInteger(size)) return size;
    throw new InputError(`${flag} is "${text}": expected a size such as 50MB or 2GB, or 0`);
  };
}

/** Reads the value of a flag that is a count. */
export function wholeNumber(flag: string, min: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value) && value >= min) return value;
    const most = value > Number.MAX_SAFE_INTEGER ? ` and at most ${Number.MAX_SAFE_INTEGER}` : '';
    throw new InputError(`${flag} is "${text}": expected a whole number of at least ${min}${most}`);
  };
}
