/**
 * Generates the history of a world: all regions, from the last commit to the end of the window.
 *
 * Workers simulate the regions, each at its own speed; at a commit all regions are at the same instant. Steps, commits
 * and the number of workers adapt to the machine, and the bytes depend on none of them: a window that is split into
 * runs, interrupted or crashed anywhere, has the same result as one run.
 */
import { setImmediate } from 'node:timers/promises';
import { InputError, OutputError } from '../domain/errors.ts';
import { commit } from '../store/commit.ts';
import type { StepHook } from '../store/step-hook.ts';
import { withCommandsHad } from './disruptions/had.ts';
import { requireHeld } from '../store/lock.ts';
import { type Manifest, readManifest } from '../store/manifest.ts';
import { withCalendar } from '../store/masters.ts';
import type { Onlooker } from './onlooker.ts';
import { restoreCommit, scopeOf } from './open-world.ts';
import { type CommitPace, steadyPace } from './pace.ts';
import type { WorldPaths } from '../store/paths.ts';
import { RegionGroup } from './region-group.ts';
import { RunFailure } from './run-failure.ts';
import type { HistoryWorld } from './region-run.ts';
import type { RegionWorker } from './threads/region-worker.ts';
import { Schedule } from './schedule.ts';

/** Wall clock for steps and commits; the simulation never reads it. */
const wallMs = () => performance.now();

export interface Progress {
  readonly simulatedMs: number;
  /** Share of the window that is done, 0–1. */
  readonly done: number;
  /** Rows and bytes written by this run so far. */
  readonly rows: number;
  readonly bytes: number;
}

export interface HistoryOptions {
  readonly paths: WorldPaths;
  readonly world: HistoryWorld;
  /** The commit to continue from: result of `openWorld`. */
  readonly manifest: Manifest;
  readonly toMs: number;
  /** Called between steps; returns whether to commit and stop. */
  readonly interrupted?: () => boolean;
  readonly onProgress?: (progress: Progress) => void;
  readonly onStep?: StepHook;
  readonly onlooker?: Onlooker | undefined;
  /** How often to commit during the run; the bytes don't depend on it. */
  readonly pace?: CommitPace;
  /** Number of threads for the regions; with 1, or a world without threads, this thread simulates them. */
  readonly workers?: number;
}

export interface HistoryResult {
  readonly committedMs: number;
  readonly rows: number;
  readonly bytes: number;
  /** Whether it was interrupted before the end of the window. */
  readonly interrupted: boolean;
}

/** Runs up to `toMs`, or to the first common instant after `interrupted()`. Throws RunFailure. */
export async function runHistory(options: HistoryOptions): Promise<HistoryResult> {
  const { manifest, toMs, interrupted = () => false, pace = steadyPace(wallMs) } = options;
  const fromMs = manifest.committedMs;
  if (fromMs >= toMs) return { committedMs: fromMs, rows: 0, bytes: 0, interrupted: false };
  const workers = startWorkers(options);
  let rows = 0;
  let bytes = 0;
  const schedule = new Schedule(workers, {
    wallMs,
    interrupted,
    commitDue: () => pace.due(),
    onlooker: options.onlooker,
    onStep: (simulatedMs, written) => {
      rows += written.rows;
      bytes += written.bytes;
      const done = (simulatedMs - fromMs) / (toMs - fromMs);
      options.onProgress?.({ simulatedMs, done, rows, bytes });
    },
  });
  let nowMs = fromMs;
  try {
    await schedule.open(
      largestFirst(options.world).map((id) => {
        const committed = manifest.regions.find((region) => region.id === id);
        return { id, origin: { atMs: fromMs, committed } };
      }),
    );
    let stop = false;
    while (nowMs < toMs && !stop) {
      nowMs = await schedule.advance(nowMs, toMs);
      const advancedMs = wallMs();
      stop = interrupted();
      await commitAll(options, workers, nowMs);
      pace.committed(wallMs() - advancedMs);
    }
    return { committedMs: nowMs, rows, bytes, interrupted: nowMs < toMs };
  } catch (error) {
    const committedMs = await rollBack(options, workers);
    if (error instanceof InputError) throw error;
    const atMs = Math.max(nowMs, schedule.furthestMs);
    throw new RunFailure(atMs, committedMs, toMs, underlyingFault(error));
  } finally {
    await Promise.all(workers.map((worker) => worker.close()));
  }
}

function startWorkers({ paths, world, workers = 1, onStep }: HistoryOptions): RegionWorker[] {
  const count = threadsFor(world, workers);
  const { startThread } = world;
  if (count === 0 || startThread === undefined) return [new LocalWorker(paths, world, onStep)];
  return Array.from({ length: count }, () => startThread());
}

/** Returns the number of threads of a run; 0 if this thread does the work. */
export function threadsFor({ regionIds, startThread }: HistoryWorld, workers: number): number {
  const count = Math.min(workers, regionIds.length);
  return count <= 1 || startThread === undefined ? 0 : count;
}

function largestFirst({ regionIds, weightOf }: HistoryWorld): readonly number[] {
  if (weightOf === undefined) return regionIds;
  return regionIds.toSorted((a, b) => weightOf(b) - weightOf(a));
}

/** Simulates regions in this thread, which also handles signals. */
class LocalWorker extends RegionGroup {
  override async advance(regionId: number, endMs: number) {
    await setImmediate();
    return super.advance(regionId, endMs);
  }
}

async function commitAll(
  { paths, world, manifest, onStep = () => {} }: HistoryOptions,
  workers: readonly RegionWorker[],
  committedMs: number,
): Promise<void> {
  const committed = await Promise.all(workers.map((worker) => worker.checkpoint(committedMs)));
  const regions = committed.flat().sort((a, b) => a.id - b.id);
  const tables = [...world.calendarTables(committedMs)];
  const moved = withCalendar({ ...manifest, committedMs, regions }, tables);
  const next = withCommandsHad(moved, world.commands?.());
  const settled = () => Promise.all(workers.map((worker) => worker.committed()));
  try {
    commit(paths, next, tables, onStep, scopeOf(world));
  } catch (error) {
    // What fails behind the manifest, the next run does; sinks must not go back to the commit before.
    if (readManifest(paths.manifest)?.committedMs === committedMs) await settled();
    throw error;
  }
  await settled();
}

/** Returns the cause of an error. Writing a full buffer fails within the simulation if the disk is full. */
function underlyingFault(error: unknown): unknown {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    if (inner instanceof OutputError) return inner;
  }
  return error;
}

/** Restores the files of the last commit; returns its instant, epoch ms. */
async function rollBack(
  { paths, world, manifest }: HistoryOptions,
  workers: readonly RegionWorker[],
): Promise<number> {
  await Promise.allSettled(workers.map((worker) => worker.abort()));
  // The manifest on disk counts, because the failure may have come after it was replaced.
  const standing = readManifest(paths.manifest) ?? manifest;
  try {
    // If the lock was lost, the files belong to the process that has it now.
    requireHeld(paths.lock);
    restoreCommit(paths, standing, world, () => {});
  } catch {
    // If the disk can't be written now, the next run restores the commit.
  }
  return standing.committedMs;
}
