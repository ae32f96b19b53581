/** Removes a world: only files that this program created. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { hubLock } from '../hub/disk/hub-files.ts';
import { takeLock } from './lock.ts';
import type { WorldPaths } from './paths.ts';
import type { Shard } from './shard.ts';
import { type FolderContent, removeFiles, worldContent } from './world-files.ts';

/** Returns the text that a user must type before a world, or one shard of it, is removed. */
export function clearPhrase({ root }: WorldPaths, shard?: Shard): string {
  const which = shard === undefined ? '' : ` shard ${shard.index}/${shard.count}`;
  return `clear ${path.basename(path.resolve(root))}${which}`;
}

/**
 * Removes a world; returns its content. Throws InputError while a run uses it.
 *
 * @param onProgress called with the number of removed files and of all files
 */
export function removeWorld(
  paths: WorldPaths,
  onProgress: (removed: number, all: number) => void = () => {},
): FolderContent {
  const release = takeLock(paths.lock);
  try {
    // A separate hub may serve the folder; its files must not be removed then.
    if (existsSync(paths.hub)) takeLock(hubLock(paths.hub))();
    const content = worldContent(paths);
    const own = content.own.filter((file) => file !== paths.lock);
    // The manifest is removed first: the rest of an interrupted removal must not look like a world.
    removeFiles([paths.manifest], []);
    removeFiles(
      own,
      [
        paths.master,
        paths.facts,
        paths.closing,
        paths.delta,
        paths.schema,
        paths.stream,
        paths.commands,
      ],
      (removed) => onProgress(removed, own.length),
    );
    return { own, foreign: content.foreign };
  } finally {
    release();
  }
}
