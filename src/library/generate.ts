/** Generates the history of a world as files, or continues it. */
import { parseFormats } from '../domain/formats.ts';
import { generateHistory } from '../run/generation.ts';
import { pathsOf } from '../run/read-settings.ts';
import { simulatedWorld } from '../run/simulated-world.ts';
import { type WindowOptions, windowOf } from './instants.ts';
import { readWorld, type WorldConfig } from './world-config.ts';

/** The window, the folder and the options of a run. */
export interface GenerateOptions extends WindowOptions {
  /** Folder of the world; by default from `paths` of the config, or `data`. */
  readonly out?: string;
  /** Number of threads for the regions; by default the number of cores. The bytes don't depend on it. */
  readonly workers?: number;
  /** Compression of days that are over; fixed when a world begins. */
  readonly compress?: 'none' | 'gzip' | 'zstd';
  /** Formats of the tables; fixed when a world begins, by default those of the config, or CSV; `delta` is Parquet with the tables of Delta Lake. */
  readonly formats?: readonly ('csv' | 'parquet' | 'delta')[];
  /** Ends the run at the next consistent instant; the next run continues from there. */
  readonly signal?: AbortSignal;
  /** Called several times a second. */
  readonly onProgress?: (progress: Progress) => void;
  /** Called with a note for the user. */
  readonly onNote?: (sentence: string) => void;
}

/** Progress of a run. */
export interface Progress {
  /** Mean simulated time of the regions, epoch ms. */
  readonly simulatedMs: number;
  /** Share of the window that is done, 0–1. */
  readonly done: number;
  /** Rows written by this run so far. */
  readonly rows: number;
  /** Bytes written by this run so far. */
  readonly bytes: number;
}

/** Result of a run. */
export interface Generated {
  /** The requested window. */
  readonly window: {
    /** Opening instant of the world, epoch ms. */
    readonly startMs: number;
    /** Begin of this run: the opening, or the end of the run before; epoch ms. */
    readonly fromMs: number;
    /** End, exclusive, epoch ms. */
    readonly toMs: number;
  };
  /** End of the history, epoch ms. */
  readonly committedMs: number;
  /** Rows written by this run. */
  readonly rows: number;
  /** Bytes written by this run. */
  readonly bytes: number;
  /** Wall time, s. */
  readonly seconds: number;
  /** Whether `signal` ended it before the end of the window. */
  readonly interrupted: boolean;
}

/**
 * Writes the history of a world to a folder. An existing world is continued from its end: `from` is then
 * left out, or is the world's start.
 * @throws InputError before anything is written, RunFailure for a run that could not continue
 */
export function generate(world: WorldConfig, options: GenerateOptions = {}): Promise<Generated> {
  const settings = readWorld(world);
  const { out, workers, compress, formats, signal, onProgress, onNote } = options;
  return generateHistory({
    settings,
    paths: pathsOf(out, settings.config),
    makeWorld: simulatedWorld,
    window: windowOf(options),
    nowMs: Date.now,
    interrupted: () => signal?.aborted === true,
    ...(workers !== undefined && { workers }),
    ...(compress !== undefined && { compress }),
    ...(formats !== undefined && { formats: parseFormats(formats.join(','), 'formats') }),
    ...(onProgress !== undefined && { onProgress }),
    ...(onNote !== undefined && { onNote }),
  });
}
