/**
 * The commit of a run, step by step:
 *
 * 1. parts of facts are on disk (the sinks did that), and the regions' checkpoints;
 * 2. tables that belong to the new instant are staged beside their places;
 * 3. the manifest is replaced: from here on the new instant holds;
 * 4. staged tables move into place, tables without rows get a file with their header, the state file
 *    follows, what is outdated goes.
 *
 * Step 4 can be repeated: the next run begins with it, so a crash between the steps leaves either the
 * old instant or the new one.
 */
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fsyncDir, writeFileAtomic } from '../tables/atomic-file.ts';
import { keepHeaderFiles, removeEmptyClosing } from './header-files.ts';
import { requireHeld } from './lock.ts';
import { type Manifest, manifestText } from './manifest.ts';
import type { WorldPaths } from './paths.ts';
import { writeHistoryState } from './state.ts';
import { parseStaged, regionOfCheckpoint, regionOfPart, stagedName } from './world-files.ts';
import type { StepHook } from './step-hook.ts';

/** A table that a commit replaces: its file's path and whole content. */
export interface StagedTable {
  readonly file: string;
  readonly text: string | Uint8Array;
}

/** Steps 2 to 4 for a manifest whose facts and checkpoints are on disk. Throws OutputError if the lock was lost. */
export function commit(
  paths: WorldPaths,
  manifest: Manifest,
  tables: Iterable<StagedTable>,
  onStep: StepHook,
  scope?: CommitScope,
): void {
  requireHeld(paths.lock);
  stage(tables, manifest.committedMs, onStep);
  onStep('replace manifest');
  requireHeld(paths.lock);
  writeFileAtomic(paths.manifest, manifestText(manifest));
  finishCommit(paths, manifest, onStep, scope);
}

/** Step 2: puts tables beside their places, to wait for the commit at an instant. */
export function stage(tables: Iterable<StagedTable>, committedMs: number, onStep: StepHook): void {
  for (const { file, text } of tables) {
    onStep(`stage ${path.basename(file)}`);
    writeFileAtomic(stagedName(file, committedMs), text);
  }
}

/** What a commit may touch where it is not the whole world: the files of some regions. */
export interface CommitScope {
  readonly regionIds: readonly number[];
}

/** Step 4; also removes whatever a crashed run staged for an instant that never came to hold. */
export function finishCommit(
  paths: WorldPaths,
  manifest: Manifest,
  onStep: StepHook,
  scope?: CommitScope,
): void {
  const ours = (regionId: number | undefined) =>
    scope === undefined || regionId === undefined || scope.regionIds.includes(regionId);
  for (const folder of stagingFolders(paths)) {
    for (const name of namesIn(folder)) {
      const staged = parseStaged(name);
      if (staged === undefined || !ours(regionOfPart(staged.file))) continue;
      onStep(`place ${staged.file}`);
      const from = path.join(folder, name);
      const holds = staged.whole && staged.committedMs === manifest.committedMs;
      if (holds) renameSync(from, path.join(folder, staged.file));
      else rmSync(from);
    }
    if (existsSync(folder)) fsyncDir(folder);
  }
  removeEmptyClosing(
    paths,
    manifest.regions.filter(({ id }) => ours(id)),
    onStep,
  );
  if (scope === undefined) {
    keepHeaderFiles(paths, manifest, onStep);
    onStep('write state');
    writeHistoryState(paths.state, manifest);
  }
  rmSync(`${paths.manifest}.tmp`, { force: true });
  const valid = new Set(manifest.regions.map(({ file }) => file));
  for (const name of namesIn(paths.checkpoint)) {
    const regionId = regionOfCheckpoint(name);
    if (regionId === undefined || valid.has(name) || !ours(regionId)) continue;
    onStep(`remove ${name}`);
    rmSync(path.join(paths.checkpoint, name));
  }
}

function stagingFolders(paths: WorldPaths): string[] {
  const tables = namesIn(paths.closing).map((name) => path.join(paths.closing, name));
  return [paths.master, ...tables];
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}
