/** Generates a window of history, for a command, the catch-up of a stream, or a program. */
import { availableParallelism } from 'node:os';
import type { Format } from '../domain/formats.ts';
import { encoderOf } from '../sinks/csv/codecs.ts';
import { startOf } from '../world/config.ts';
import { requireWindow } from './check-world.ts';
import { idleScenarios } from '../scenario/notes.ts';
import { adoptJournal } from './disruptions/adopt.ts';
import { presentMs, takeWaiting } from './disruptions/desk.ts';
import { estimateRun } from './estimate.ts';
import { fitsOnDisk, requireRoom, reserveBytes } from './guard.ts';
import { type HistoryResult, type Progress, runHistory, threadsFor } from './history.ts';
import { takeLock, watchLock } from '../store/lock.ts';
import { readManifest } from '../store/manifest.ts';
import type { Onlooker } from './onlooker.ts';
import { openWorld } from './open-world.ts';
import { keepStreamBase } from '../store/stream-checkpoint.ts';
import { commonManifest, type WorldPaths, worldPaths } from '../store/paths.ts';
import type { HistoryWorld } from './region-run.ts';
import { requireUndivided, type Shard, shardPaths } from '../store/shard.ts';
import { shardOf, shareOf } from './shard-share.ts';
import {
  requireAlikeBeside,
  requireSiblingsAlike,
  requireSiblingsStillAlike,
} from '../store/siblings.ts';
import { runWindow, type Window, type WindowRequest } from './window.ts';
import { type Compression, withStorage, type WorldSettings } from '../store/world-settings.ts';
import type { MakeWorld } from './make-world.ts';

export interface GenerationRequest {
  readonly settings: WorldSettings;
  readonly paths: WorldPaths;
  readonly makeWorld: MakeWorld;
  readonly window: WindowRequest;
  readonly workers?: number;
  readonly shard?: Shard;
  /** Folder to which a shard will be copied: it must not contain another world. */
  readonly beside?: string | undefined;
  readonly compress?: Compression;
  readonly formats?: readonly Format[] | undefined;
  /** Journal of disruptions of another run, for a new world. */
  readonly disruptions?: string;
  /** Wall clock, epoch ms. */
  readonly nowMs: () => number;
  /** Called before anything is written, with the estimated bytes; throws to refuse. */
  readonly approve?: (bytes: number) => Promise<void> | void;
  /** Called with a note for the user. */
  readonly onNote?: (sentence: string) => void;
  /** Called with the window before the simulation begins. */
  readonly onBegin?: (window: Window) => void;
  readonly onProgress?: (progress: Progress) => void;
  /** Called between steps; returns whether to commit and stop. */
  readonly interrupted?: () => boolean;
  readonly onlooker?: Onlooker;
}

export interface Generated extends HistoryResult {
  readonly window: Window;
  readonly seconds: number;
}

/**
 * Generates the requested window; an empty window only restores the files of the last commit.
 * Throws InputError before anything is written, RunFailure after.
 */
export async function generateHistory(request: GenerationRequest): Promise<Generated> {
  const { paths, shard } = request;
  const own = shard === undefined ? paths : shardPaths(paths, shard);
  const { onNote } = request;
  if (shard !== undefined) await watchLock(paths.lock, { onNote });
  requireUndivided(paths, shard);
  await watchLock(own.lock, { onNote });
  const release = takeLock(own.lock);
  try {
    return await generateLocked({ ...request, paths: own });
  } finally {
    release();
  }
}

async function generateLocked(request: GenerationRequest): Promise<Generated> {
  const { paths, shard, nowMs, makeWorld } = request;
  const there = readManifest(paths.manifest) ?? (shard && readManifest(commonManifest(paths)));
  const settings = withStorage(request.settings, request, there);
  const { config, compress, formats } = settings;
  // A missing codec must be reported before anything is written.
  if (compress !== undefined) await encoderOf(compress);
  const fits = fitsOnDisk(config, paths.facts, { shard, compress, formats });
  const window = runWindow(request.window, startOf(config), there, nowMs(), fits);
  const empty = window.toMs <= window.fromMs;
  requireWindow(config, window);
  const whole = makeWorld(settings, window.startMs, paths);
  const world = shard === undefined ? whole : shardOf(whole, shard);
  if (shard !== undefined) {
    requireSiblingsAlike(paths, shard, world.identity, request.onNote);
    if (request.beside !== undefined) {
      requireAlikeBeside(worldPaths(request.beside), shard, world.identity);
    }
  }
  if (!empty) {
    const share = shard && shareOf(whole, world.regionIds);
    const zones = whole.zones?.();
    const cost = estimateRun(config, window, { shard, share, compress, formats, zones });
    requireRoom(paths.facts, cost.peakBytes, reserveBytes(config));
    await request.approve?.(cost.bytes);
  }
  if (request.disruptions !== undefined) {
    adoptJournal(paths, request.disruptions, window.startMs, there);
  }
  if (empty) {
    openWorld(paths, world);
    const nothing = { committedMs: window.fromMs, rows: 0, bytes: 0, interrupted: false };
    return { ...nothing, window, seconds: 0 };
  }
  const workers = request.workers ?? config.performance.max_workers ?? availableParallelism();
  try {
    world.warmThreads?.(threadsFor(world, workers));
    return { ...(await generateWindow(request, world, window, workers)), window };
  } finally {
    await world.closeThreads?.();
  }
}

async function generateWindow(
  request: GenerationRequest,
  world: HistoryWorld,
  window: Window,
  workers: number,
): Promise<Omit<Generated, 'window'>> {
  const { interrupted, onBegin, onlooker, onNote, onProgress, paths, shard } = request;
  const common = shard && readManifest(commonManifest(paths));
  if (common !== undefined) keepStreamBase(paths, common);
  const manifest = openWorld(paths, world);
  if (shard === undefined) keepStreamBase(paths, manifest);
  else requireSiblingsStillAlike(paths, shard, world.identity);
  const idle = idleScenarios(request.settings.scenarios, window);
  for (const sentence of [...world.warnings(), ...idle]) onNote?.(sentence);
  if (shard === undefined) {
    const taken = takeWaiting(paths, () => presentMs(paths), onNote);
    for (const command of taken) world.commands?.().add(command);
  }
  onBegin?.(window);
  const startedMs = performance.now();
  const result = await runHistory({
    paths,
    world,
    manifest,
    toMs: window.toMs,
    workers,
    interrupted,
    onProgress,
    onlooker,
  });
  return { ...result, seconds: (performance.now() - startedMs) / 1000 };
}
