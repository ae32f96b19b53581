/** Removing a world: only files that this program made. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { hubLock } from '../hub/disk/hub-files.ts';
import { takeLock } from './lock.ts';
import type { WorldPaths } from './paths.ts';
import type { Shard } from './shard.ts';
import { type FolderContent, removeFiles, worldContent } from './world-files.ts';

/** What has to be typed before a world, or one shard of it, is removed. */
export function clearPhrase({ root }: WorldPaths, shard?: Shard): string {
  const which = shard === undefined ? '' : ` shard ${shard.index}/${shard.count}`;
  return `clear ${path.basename(path.resolve(root))}${which}`;
}

/**
 * Removes it; returns what was there. Throws InputError while a run is at work.
 *
 * @param onProgress told how many of how many files are gone
 */
export function removeWorld(
  paths: WorldPaths,
  onProgress: (removed: number, all: number) => void = () => {},
): FolderContent {
  const release = takeLock(paths.lock);
  try {
    // A hub may serve the folder by itself: its files must not go under it.
    if (existsSync(paths.hub)) takeLock(hubLock(paths.hub))();
    const content = worldContent(paths);
    const own = content.own.filter((file) => file !== paths.lock);
    // The manifest first: what is left of a broken removal must not pass for a world.
    removeFiles([paths.manifest], []);
    removeFiles(
      own,
      [paths.master, paths.facts, paths.closing, paths.schema, paths.stream, paths.live],
      (removed) => onProgress(removed, own.length),
    );
    return { own, foreign: content.foreign };
  } finally {
    release();
  }
}
