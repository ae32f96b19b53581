/** Opens the world in a folder: begins a new one, or restores the last commit of an existing one. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../domain/errors.ts';
import { recover } from '../sinks/csv/csv-region.ts';
import { writeFileAtomic } from '../tables/atomic-file.ts';
import { type CommitScope, commit, finishCommit } from '../store/commit.ts';
import type { StepHook } from '../store/step-hook.ts';
import { requireCommandsHad } from './disruptions/had.ts';
import { requireSameWorld } from '../store/identity.ts';
import { masterFaults, requireCommittedFiles } from '../store/file-check.ts';
import { takeLock } from '../store/lock.ts';
import { type Manifest, manifestText, readManifest } from '../store/manifest.ts';
import { restorePartList } from '../store/part-list.ts';
import { commonManifest, type WorldPaths } from '../store/paths.ts';
import { masterFiles, removeOtherMasters, withMasters } from '../store/masters.ts';
import type { HistoryWorld } from './region-run.ts';
import { hasDelta } from '../store/delta-tables.ts';
import { worldIdOf } from '../store/world-id.ts';
import { restoring, waysOut } from '../store/shard-advice.ts';
import { removeDeltaTables, removeEmptyDays, worldContent } from '../store/world-files.ts';

/**
 * Returns the commit from which a run continues. Removes files that a crashed run left, and writes the masters if the
 * world is new or some are missing.
 *
 * The manifest of a new world is written before all other files, so files that a crash
 * leaves can be attributed to it. Throws InputError if the folder contains another world, or tables of
 * unknown origin.
 */
export function openWorld(
  paths: WorldPaths,
  world: HistoryWorld,
  onStep: StepHook = () => {},
): Manifest {
  const there = manifestFor(paths, world);
  if (there === undefined) {
    if (world.whole !== false) requireNoTables(paths);
  } else {
    requireSameWorld(there, world.identity, paths.root, waysOut(paths));
    requireCommandsHad(there, world.commands?.(), paths);
    restoreCommit(paths, there, world, onStep);
    requireCommittedFiles(paths, there, world.regionIds, restoring(paths));
    if (there.committedMs > there.startMs) {
      world.writeSchema?.();
      return hasMasters(paths, there) ? there : writeMasters(paths, world, there, onStep);
    }
  }
  // Nothing was generated yet, so start and scenarios may differ from the announced ones.
  const share = world.whole === false ? { share: [...world.regionIds] } : {};
  const opening = { ...world.identity, committedMs: world.identity.startMs, ...share, regions: [] };
  if (there !== undefined) {
    removeOtherMasters(paths, there, opening);
    const isSame = worldIdOf(there) === worldIdOf(opening) && hasDelta(opening);
    if (world.whole !== false && !isSame) removeDeltaTables(paths);
  }
  // A world that can't be built must not be announced, because the corrected config would be another world.
  world.warnings();
  onStep('announce world');
  writeFileAtomic(paths.manifest, manifestText(opening));
  return writeMasters(paths, world, opening, onStep);
}

/**
 * Returns the manifest from which a run continues; a shard without its own manifest starts from the whole
 * world's. Throws InputError for a damaged manifest.
 */
export function manifestFor(
  paths: WorldPaths,
  { regionIds, whole, keepsMasters }: Pick<HistoryWorld, 'regionIds' | 'whole' | 'keepsMasters'>,
): Manifest | undefined {
  const own = readManifest(paths.manifest);
  if (own !== undefined || whole !== false) return own;
  const common = readManifest(commonManifest(paths));
  if (common === undefined) return undefined;
  const regions = common.regions.filter(({ id }) => regionIds.includes(id));
  const { masters, ...rest } = common;
  const kept = keepsMasters === false || masters === undefined ? {} : { masters };
  return { ...rest, ...kept, share: [...regionIds], regions };
}

/** Restores all files to the manifest's instant, backward or forward. */
export function restoreCommit(
  paths: WorldPaths,
  manifest: Manifest,
  { regionIds, whole }: Pick<HistoryWorld, 'regionIds' | 'whole'>,
  onStep: StepHook,
): void {
  for (const regionId of regionIds) {
    onStep(`recover facts of region ${regionId}`);
    const saved = manifest.regions.find(({ id }) => id === regionId);
    const openParts = saved?.openParts;
    recover(paths.facts, regionId, saved && { atMs: manifest.committedMs, openParts });
    restorePartList(paths.checkpoint, regionId, saved);
  }
  if (whole === false) {
    finishCommit(paths, manifest, onStep, { regionIds });
    return;
  }
  removeEmptyDays(paths.facts);
  finishCommit(paths, manifest, onStep);
}

/**
 * Restores the last commit of a world whose last run crashed. Returns the commit's instant, or
 * undefined if there was nothing to do. Throws InputError while another run uses the world.
 */
export function recoverCrashed(paths: WorldPaths): number | undefined {
  if (readManifest(paths.manifest) === undefined || !existsSync(paths.lock)) return undefined;
  const release = takeLock(paths.lock);
  try {
    return restoreLastCommit(paths);
  } finally {
    release();
  }
}

/** Restores the last commit of a world; the caller has its lock. Returns the commit's instant, epoch ms. */
export function restoreLastCommit(paths: WorldPaths): number | undefined {
  const manifest = readManifest(paths.manifest);
  if (manifest === undefined) return undefined;
  const regionIds = manifest.regions.map(({ id }) => id);
  restoreCommit(paths, manifest, { regionIds }, () => {});
  return manifest.committedMs;
}

/** Returns which files a commit of this world may change. */
export function scopeOf({ regionIds, whole }: HistoryWorld): CommitScope | undefined {
  return whole === false ? { regionIds } : undefined;
}

function writeMasters(
  paths: WorldPaths,
  world: HistoryWorld,
  manifest: Manifest,
  onStep: StepHook,
): Manifest {
  onStep('write masters');
  world.writeMasters();
  world.writeSchema?.();
  const growing = [...world.calendarTables(manifest.committedMs)];
  const next = withMasters(manifest, paths, growing);
  commit(paths, next, growing, onStep, scopeOf(world));
  return next;
}

function hasMasters(paths: WorldPaths, manifest: Manifest): boolean {
  const there = masterFiles(paths, manifest).every((file) => existsSync(file));
  return there && masterFaults(paths, manifest, 'sizes').length === 0;
}

function requireNoTables(paths: WorldPaths): void {
  const { own } = worldContent(paths);
  const table = own.find(
    (file) =>
      path.dirname(file) !== paths.checkpoint && !file.startsWith(paths.commands + path.sep),
  );
  if (table === undefined) return;
  throw new InputError(
    `Cannot begin a world in "${paths.root}": "${table}" already exists, and no manifest ` +
      `("${paths.manifest}") says to which world it belongs. Choose another folder (--out), or ` +
      'remove the tables (sim clear).',
  );
}
