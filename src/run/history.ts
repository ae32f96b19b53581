/**
 * The history of a world: all regions, step by step, from the last commit to the end of the window.
 *
 * Every region advances a step in turn, so that a commit finds them all at one instant. Steps shrink
 * for big worlds and commits follow the wall clock, but the bytes depend on neither: a window cut into
 * any runs, interrupted or crashed anywhere, ends as one run would have.
 */
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { reasonOf } from '../domain/errors.ts';
import { DAY_MS, formatInstant } from '../engine/time.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint-file.ts';
import { closingTables } from './closing-tables.ts';
import { commit, type StepHook } from './commit.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { restoreCommit } from './open-world.ts';
import type { WorldPaths } from './paths.ts';
import type { HistoryWorld, RegionRun, RegionSink } from './region-run.ts';
import { nextStepEnd, StepSize } from './step-size.ts';
import { checkpointName } from './world-files.ts';

/** Wall time between commits while a run goes on. */
const COMMIT_EVERY_MS = 20_000;

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
  /** A clock for steps and commits, ms; the simulation never sees it. */
  readonly wallMs?: () => number;
  readonly commitEveryMs?: number;
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
}

/** Runs up to `toMs`, or to the first step after `interrupted()`. Throws RunFailure. */
export async function runHistory(options: HistoryOptions): Promise<HistoryResult> {
  const regions: Region[] = [];
  let nowMs = options.manifest.committedMs;
  try {
    for (const id of options.world.regionIds) regions.push(openRegion(options, id));
    const { interrupted = () => false, wallMs = () => performance.now() } = options;
    const { toMs, commitEveryMs = COMMIT_EVERY_MS } = options;
    const stepSize = new StepSize();
    let committedAtWallMs = wallMs();
    let stop = false;
    while (nowMs < toMs && !stop) {
      const startedWallMs = wallMs();
      const endMs = nextStepEnd(nowMs, stepSize.ms, toMs);
      await advanceAll(options, regions, nowMs, endMs);
      nowMs = endMs;
      stepSize.observe(wallMs() - startedWallMs);
      stop = interrupted();
      const due = nowMs % DAY_MS === 0 && wallMs() - committedAtWallMs >= commitEveryMs;
      if (stop || due || nowMs === toMs) {
        commitAll(options, regions, nowMs);
        committedAtWallMs = wallMs();
      }
    }
    return { committedMs: nowMs, ...written(regions), interrupted: nowMs < toMs };
  } catch (error) {
    throw new RunFailure(nowMs, rollBack(options, regions), options.toMs, error);
  }
}

function openRegion({ paths, world, manifest }: HistoryOptions, id: number): Region {
  const sink = world.openSink(id);
  sink.openDay(startOfDay(manifest.committedMs));
  const saved = manifest.regions.find((region) => region.id === id);
  const sections = saved && readCheckpoint(path.join(paths.checkpoint, saved.file), saved.sha256);
  return { id, sink, run: world.openRegion(id, sink.facts, sections) };
}

async function advanceAll(
  { manifest, toMs, onProgress, onStep }: HistoryOptions,
  regions: readonly Region[],
  nowMs: number,
  endMs: number,
): Promise<void> {
  const fromMs = manifest.committedMs;
  for (const [index, { id, run, sink }] of regions.entries()) {
    onStep?.(`advance region ${id}`);
    if (nowMs > fromMs && nowMs % DAY_MS === 0) sink.openDay(nowMs);
    run.advance(endMs);
    if (endMs % DAY_MS === 0) sink.closeDay();
    const simulatedMs = nowMs + ((endMs - nowMs) * (index + 1)) / regions.length;
    const done = (simulatedMs - fromMs) / (toMs - fromMs);
    onProgress?.({ simulatedMs, done, ...written(regions) });
    // Lets signals in.
    await setImmediate();
  }
}

function commitAll(options: HistoryOptions, regions: readonly Region[], committedMs: number): void {
  const { paths, world, manifest, onStep = () => {} } = options;
  if (committedMs % DAY_MS !== 0) {
    for (const { id, sink } of regions) {
      onStep(`suspend region ${id}`);
      sink.suspend();
    }
  }
  const checkpoints = regions.map(({ id, run }) => {
    const file = checkpointName(id, committedMs);
    onStep(`write ${file}`);
    return { id, file, sha256: writeCheckpoint(path.join(paths.checkpoint, file), run.save()) };
  });
  const tables = [...world.calendarTables(committedMs), ...closingTables(paths, regions)];
  commit(paths, { ...manifest, committedMs, regions: checkpoints }, tables, onStep);
}

/** Takes the files back to the last commit; returns its instant. */
function rollBack({ paths, world, manifest }: HistoryOptions, regions: readonly Region[]): number {
  for (const { sink } of regions) sink.abort();
  // The manifest on disk decides: the failure may have come after it was replaced.
  const standing = readManifest(paths.manifest) ?? manifest;
  try {
    restoreCommit(paths, world, standing, () => {});
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
