/**
 * The commit of a run, step by step:
 *
 * 1. the sinks' parts of facts and the regions' checkpoints are on disk;
 * 2. tables of the new instant are staged: written under temporary names;
 * 3. the manifest is replaced: now the new instant is valid;
 * 4. staged tables get their final names, tables without rows get a file with their header, Delta tables get their
 *    commits, the state file is written, outdated files are removed.
 *
 * Step 4 can be repeated: the next run begins with it, so after a crash between the steps either the
 * old instant or the new one is valid.
 */
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fsyncDir, writeFileAtomic } from '../tables/atomic-file.ts';
import { keepDeltaTables } from './delta-tables.ts';
import { keepHeaderFiles, removeEmptyClosing } from './header-files.ts';
import { requireHeld } from './lock.ts';
import { type Manifest, manifestText } from './manifest.ts';
import type { WorldPaths } from './paths.ts';
import { writeHistoryState } from './state.ts';
import { parseStaged, regionOfCheckpoint, regionOfPart, stagedName } from './world-files.ts';
import type { StepHook } from './step-hook.ts';

/** A table that a commit replaces: path and content of its file. */
export interface StagedTable {
  readonly file: string;
  readonly text: string | Uint8Array;
}

/** Executes steps 2 to 4; facts and checkpoints are on disk. Throws OutputError if the lock was lost. */
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

/** Step 2: stages tables for the commit at an instant. */
export function stage(tables: Iterable<StagedTable>, committedMs: number, onStep: StepHook): void {
  for (const { file, text } of tables) {
    onStep(`stage ${path.basename(file)}`);
    writeFileAtomic(stagedName(file, committedMs), text);
  }
}

/** The regions whose files a commit may change, if it is not of the whole world. */
export interface CommitScope {
  readonly regionIds: readonly number[];
}

/** Step 4; also removes files that a crashed run staged for an instant that was not committed. */
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
    keepDeltaTables(paths, manifest, onStep);
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
