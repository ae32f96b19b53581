/**
 * The history of a world: all regions, step by step, from the last commit to the end of the window.
 *
 * Every region advances a step in turn, so that a commit finds them all at one instant. Steps shrink
 * for big worlds and commits follow the wall clock, but the bytes depend on neither: a window cut into
 * any runs, interrupted or crashed anywhere, ends as one run would have.
 */
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { InputError, OutputError, reasonOf } from '../domain/errors.ts';
import { DAY_MS, formatInstant } from '../engine/time.ts';
import { readCheckpoint, type Sections, writeCheckpoint } from './checkpoint-file.ts';
import { closingTables } from './closing-tables.ts';
import { commit, type StagedTable, type StepHook } from './commit.ts';
import { type Manifest, readManifest, WORLD_VERSION } from './manifest.ts';
import { restoreCommit } from './open-world.ts';
import type { WorldPaths } from './paths.ts';
import type { HistoryWorld, RegionRun, RegionSink, SavedRegion } from './region-run.ts';
import { type CommitPace, nextStepEnd, StepSize, steadyPace } from './pace.ts';
import { checkpointName } from './world-files.ts';

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
  /** How often to commit while the run goes on; the bytes don't depend on it. */
  readonly pace?: CommitPace;
}

export interface HistoryResult {
  readonly committedMs: number;
  readonly rows: number;
  readonly bytes: number;
  /** Whether it stopped before the end of the window because it was asked to. */
  readonly interrupted: boolean;
}

/** A run that could not go on; the world stands as it was committed last. */
export class RunFailure extends Error {
  override readonly name = 'RunFailure';
  readonly committedMs: number;
  /** The end that the run was meant to reach. */
  readonly toMs: number;

  constructor(atMs: number, committedMs: number, toMs: number, cause: unknown) {
    super(`The run stopped at ${formatInstant(atMs)}: ${reasonOf(cause)}`, { cause });
    this.committedMs = committedMs;
    this.toMs = toMs;
  }
}

interface Region {
  readonly id: number;
  readonly run: RegionRun;
  readonly sink: RegionSink;
  /** Kept when all days closed so far are on disk. */
  durable: Promise<unknown>;
}

/** Runs up to `toMs`, or to the first step after `interrupted()`. Throws RunFailure. */
export async function runHistory(options: HistoryOptions): Promise<HistoryResult> {
  const regions: Region[] = [];
  let nowMs = options.manifest.committedMs;
  if (nowMs >= options.toMs) return { committedMs: nowMs, rows: 0, bytes: 0, interrupted: false };
  try {
    for (const id of options.world.regionIds) regions.push(openRegion(options, id));
    const { toMs, interrupted = () => false, pace = steadyPace(wallMs) } = options;
    const stepSize = new StepSize();
    let stop = false;
    while (nowMs < toMs && !stop) {
      const startedMs = wallMs();
      const endMs = nextStepEnd(nowMs, stepSize.ms, toMs);
      await advanceAll(options, regions, nowMs, endMs);
      nowMs = endMs;
      const advancedMs = wallMs();
      stepSize.observe(advancedMs - startedMs);
      stop = interrupted();
      if (stop || nowMs === toMs || (nowMs % DAY_MS === 0 && pace.due())) {
        await commitAll(options, regions, nowMs);
        pace.committed(wallMs() - advancedMs);
      }
    }
    return { committedMs: nowMs, ...written(regions), interrupted: nowMs < toMs };
  } catch (error) {
    const committedMs = await rollBack(options, regions);
    if (error instanceof InputError) throw error;
    throw new RunFailure(nowMs, committedMs, options.toMs, underlyingFault(error));
  }
}

function openRegion({ paths, world, manifest }: HistoryOptions, id: number): Region {
  const sink = world.openSink(id);
  const saved = manifest.regions.find((region) => region.id === id);
  const checkpoint = saved && readCheckpoint(path.join(paths.checkpoint, saved.file), saved.sha256);
  sink.openDay(startOfDay(manifest.committedMs), saved?.openParts);
  const run = world.openRegion(id, sink.facts, checkpoint?.sections as SavedRegion | undefined);
  return { id, sink, run, durable: Promise.resolve() };
}

async function advanceAll(
  { manifest, toMs, onProgress, onStep }: HistoryOptions,
  regions: readonly Region[],
  nowMs: number,
  endMs: number,
): Promise<void> {
  const fromMs = manifest.committedMs;
  for (const [index, region] of regions.entries()) {
    const { sink } = region;
    onStep?.(`advance region ${region.id}`);
    if (nowMs > fromMs && nowMs % DAY_MS === 0) sink.openDay(nowMs);
    region.run.advance(endMs);
    if (endMs % DAY_MS === 0) {
      // One day in flight per region: a slow disk holds the run back instead of piling up files.
      await region.durable;
      region.durable = sink.closeDay();
    }
    const simulatedMs = nowMs + ((endMs - nowMs) * (index + 1)) / regions.length;
    const done = (simulatedMs - fromMs) / (toMs - fromMs);
    onProgress?.({ simulatedMs, done, ...written(regions) });
    // Lets signals in.
    await setImmediate();
  }
}

async function commitAll(
  options: HistoryOptions,
  regions: readonly Region[],
  committedMs: number,
): Promise<void> {
  const { paths, manifest, onStep = () => {} } = options;
  await Promise.all(regions.map(({ durable }) => durable));
  const checkpoints = regions.map(({ id, run, sink }) => {
    onStep(`suspend region ${id}`);
    const openParts = committedMs % DAY_MS === 0 ? [] : [...sink.suspend()];
    const file = checkpointName(id, committedMs);
    onStep(`write ${file}`);
    const header = { version: WORLD_VERSION, region: id, committed: formatInstant(committedMs) };
    const sha256 = writeCheckpoint(
      path.join(paths.checkpoint, file),
      header,
      run.save() as Sections,
    );
    return { id, file, sha256, openParts };
  });
  const committed = { ...manifest, committedMs, regions: checkpoints };
  commit(paths, committed, tablesAt(options, regions, committedMs), onStep);
}

function* tablesAt(
  { paths, world }: HistoryOptions,
  regions: readonly Region[],
  committedMs: number,
): Generator<StagedTable> {
  yield* world.calendarTables(committedMs);
  yield* closingTables(paths, regions);
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
  regions: readonly Region[],
): Promise<number> {
  for (const { sink } of regions) sink.abort();
  await Promise.allSettled(regions.map(({ durable }) => durable));
  // The manifest on disk decides: the failure may have come after it was replaced.
  const standing = readManifest(paths.manifest) ?? manifest;
  try {
    restoreCommit(paths, standing, world.regionIds, () => {});
  } catch {
    // Whatever keeps the disk from being written now: the next run begins by doing this again.
  }
  return standing.committedMs;
}

function startOfDay(atMs: number): number {
  return Math.floor(atMs / DAY_MS) * DAY_MS;
}

function written(regions: readonly Region[]): { rows: number; bytes: number } {
  let rows = 0;
  let bytes = 0;
  for (const { sink } of regions) {
    rows += sink.rows;
    bytes += sink.bytes;
  }
  return { rows, bytes };
}
