/** The history of a world as files, begun or continued. */
import { generateHistory } from '../run/generation.ts';
import { pathsOf } from '../run/read-settings.ts';
import { simulatedWorld } from '../run/simulated-world.ts';
import { type WindowOptions, windowOf } from './instants.ts';
import { readWorld, type WorldConfig } from './world-config.ts';

/** What a run makes, how and where to. */
export interface GenerateOptions extends WindowOptions {
  /** Folder of the world; where `paths` of the config says, or `data`, without it. */
  readonly out?: string;
  /** Threads to spread the regions over; as many as there are cores without it. The bytes don't depend on it. */
  readonly workers?: number;
  /** How days that are over are stored; fixed when a world begins. */
  readonly compress?: 'none' | 'gzip' | 'zstd';
  /** Ends the run at the next consistent instant; the next one goes on from there. */
  readonly signal?: AbortSignal;
  /** Called several times a second. */
  readonly onProgress?: (progress: Progress) => void;
  /** Called with sentences that a user should read once. */
  readonly onNote?: (sentence: string) => void;
}

/** How far a run is. */
export interface Progress {
  /** Epoch ms. */
  readonly simulatedMs: number;
  /** Share of the window that is done, 0–1. */
  readonly done: number;
  /** Rows that this run has written so far. */
  readonly rows: number;
  /** Bytes that this run has written so far. */
  readonly bytes: number;
}

/** What a run has made. */
export interface Generated {
  /** What it was to make. */
  readonly window: {
    /** Opening instant of the world, epoch ms. */
    readonly startMs: number;
    /** Where the run began: at the opening, or where the last run had stopped; epoch ms. */
    readonly fromMs: number;
    /** End, exclusive, epoch ms. */
    readonly toMs: number;
  };
  /** Up to where the history reaches now, epoch ms. */
  readonly committedMs: number;
  /** Rows that it has written. */
  readonly rows: number;
  /** Bytes that it has written. */
  readonly bytes: number;
  /** Wall time. */
  readonly seconds: number;
  /** Whether `signal` ended it before the end of the window. */
  readonly interrupted: boolean;
}

/**
 * Writes the history of a world to a folder. A world that lies there already goes on where it stopped: `from` is
 * left out then, or names its start.
 * @throws InputError before anything is written, RunFailure for a run that could not go on
 */
export function generate(world: WorldConfig, options: GenerateOptions = {}): Promise<Generated> {
  const settings = readWorld(world);
  const { out, workers, compress, signal, onProgress, onNote } = options;
  return generateHistory({
    settings,
    paths: pathsOf(out, settings.config),
    makeWorld: simulatedWorld,
    window: windowOf(options),
    nowMs: Date.now,
    interrupted: () => signal?.aborted === true,
    ...(workers !== undefined && { workers }),
    ...(compress !== undefined && { compress }),
    ...(onProgress !== undefined && { onProgress }),
    ...(onNote !== undefined && { onNote }),
  });
}
