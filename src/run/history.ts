/**
 * The history of a world: all regions, from the last commit to the end of the window.
 *
 * Workers move the regions, each at its own speed; for a commit all stand at one instant. Steps, commits
 * and the number of workers follow the machine, and the bytes depend on none of them: a window cut into
 * any runs, interrupted or crashed anywhere, ends as one run would have.
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

/** Steps and commits follow it; the simulation never sees it. */
const wallMs = () => performance.now();

export interface Progress {
  readonly simulatedMs: number;
  /** Share of the window that is done, 0–1. */
  readonly done: number;
  /** Written by this run so far. */
  readonly rows: number;
  readonly bytes: number;
}

export interface HistoryOptions {
  readonly paths: WorldPaths;
  readonly world: HistoryWorld;
  /** The commit to go on from, as `openWorld` gives it. */
  readonly manifest: Manifest;
  readonly toMs: number;
  /** Asked between steps: whether to commit and stop. */
  readonly interrupted?: () => boolean;
  readonly onProgress?: (progress: Progress) => void;
  readonly onStep?: StepHook;
  readonly onlooker?: Onlooker | undefined;
  /** How often to commit while the run goes on; the bytes don't depend on it. */
  readonly pace?: CommitPace;
  /** Threads to spread the regions over; 1, and a world that has no threads, keep to this one. */
  readonly workers?: number;
}

export interface HistoryResult {
  readonly committedMs: number;
  readonly rows: number;
  readonly bytes: number;
  /** Whether it stopped before the end of the window because it was asked to. */
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

/** Threads that a run with so many workers takes; 0 where one worker needs none. */
export function threadsFor({ regionIds, startThread }: HistoryWorld, workers: number): number {
  const count = Math.min(workers, regionIds.length);
  return count <= 1 || startThread === undefined ? 0 : count;
}

function largestFirst({ regionIds, weightOf }: HistoryWorld): readonly number[] {
  if (weightOf === undefined) return regionIds;
  return regionIds.toSorted((a, b) => weightOf(b) - weightOf(a));
}

/** Moves regions in the thread that also listens for signals. */
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
  const next = withCommandsHad(moved, world.live?.());
  commit(paths, next, tables, onStep, scopeOf(world));
  await Promise.all(workers.map((worker) => worker.committed()));
}

/** A full disk shows within the simulation, where a buffer overflowed; it is no fault of that place. */
function underlyingFault(error: unknown): unknown {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    if (inner instanceof OutputError) return inner;
  }
  return error;
}

/** Takes the files back to the last commit; returns its instant. */
async function rollBack(
  { paths, world, manifest }: HistoryOptions,
  workers: readonly RegionWorker[],
): Promise<number> {
  await Promise.allSettled(workers.map((worker) => worker.abort()));
  // The manifest on disk decides: the failure may have come after it was replaced.
  const standing = readManifest(paths.manifest) ?? manifest;
  try {
    // The files belong to whoever took the lock over, if it was lost.
    requireHeld(paths.lock);
    restoreCommit(paths, standing, world, () => {});
  } catch {
    // Whatever keeps the disk from being written now: the next run begins by doing this again.
  }
  return standing.committedMs;
}
