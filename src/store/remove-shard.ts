/** Removing one shard of a world that is not merged: its files, and no other's. */
import path from 'node:path';
import { InputError } from '../domain/errors.ts';
import { formatInstant } from '../engine/time.ts';
import { takeLock } from './lock.ts';
import { readManifest } from './manifest.ts';
import { commonManifest, type WorldPaths } from './paths.ts';
import { type Shard, shardPaths } from './shard.ts';
import { removeFiles, worldContent } from './world-files.ts';

/** Of which region a file is: a part, a closing table, a checkpoint, a list of parts. */
const REGION_FILE = /^(?:part|region)-(\d+)[.@]/;

/**
 * The files of a shard; none where it is not there. Throws InputError where it goes on from a world that
 * was merged: its files hold the history of that as well.
 */
export function shardContent(paths: WorldPaths, shard: Shard): string[] {
  const own = shardPaths(paths, shard);
  const manifest = readManifest(own.manifest);
  if (manifest === undefined) return [];
  const common = readManifest(commonManifest(paths));
  if (common !== undefined && common.regions.length > 0) {
    throw new InputError(
      `Cannot remove shard ${shard.index}/${shard.count} in "${paths.root}": it goes on from a world that ` +
        `reaches ${formatInstant(common.committedMs)}, and its files hold that as well. Finish the shards and ` +
        'merge them (sim merge), or remove the whole world (sim clear).',
    );
  }
  const ids = new Set(manifest.share ?? manifest.regions.map(({ id }) => id));
  const isMaster = (file: string) => path.dirname(file) === path.normalize(paths.master);
  return worldContent(paths).own.filter((file) => {
    if (file === own.manifest || file === `${own.manifest}.tmp`) return true;
    // Only the first writes the masters, unless they were there before any shard was.
    if (isMaster(file)) return shard.index === 1 && common === undefined;
    const region = REGION_FILE.exec(path.basename(file))?.[1];
    return region !== undefined && ids.has(Number(region));
  });
}

/** Removes it; returns the files that were. Throws InputError while it is being generated. */
export function removeShard(paths: WorldPaths, shard: Shard): string[] {
  const own = shardPaths(paths, shard);
  const release = takeLock(own.lock);
  try {
    const files = shardContent(paths, shard);
    // The manifest last: a removal that was broken off can be repeated as long as it says what is the shard's.
    const others = files.filter((file) => file !== own.manifest);
    removeFiles(others, [paths.master, paths.facts, paths.closing]);
    removeFiles(files, []);
    return files;
  } finally {
    release();
  }
}
