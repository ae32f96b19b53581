/** Removes one shard of a world that is not merged: only its own files. */
import path from 'node:path';
import { InputError } from '../domain/errors.ts';
import { formatInstant } from '../engine/time.ts';
import { takeLock } from './lock.ts';
import { readManifest } from './manifest.ts';
import { commonManifest, type WorldPaths } from './paths.ts';
import { type Shard, shardPaths } from './shard.ts';
import { removeFiles, worldContent } from './world-files.ts';

/** Matches the region of a file: a part, a closing table, a checkpoint, a list of parts. */
const REGION_FILE = /^(?:part|region)-(\d+)[.@]/;

/**
 * Returns the files of a shard; none if it does not exist. Throws InputError if it continues a merged
 * world, because its files then contain that world's history, too.
 */
export function shardContent(paths: WorldPaths, shard: Shard): string[] {
  const own = shardPaths(paths, shard);
  const manifest = readManifest(own.manifest);
  if (manifest === undefined) return [];
  const common = readManifest(commonManifest(paths));
  if (common !== undefined && common.regions.length > 0) {
    throw new InputError(
      `Cannot remove shard ${shard.index}/${shard.count} in "${paths.root}": it continues a world that ` +
        `reaches ${formatInstant(common.committedMs)}, and its files contain that history, too. Finish the shards and ` +
        'merge them (sim merge), or remove the whole world (sim clear).',
    );
  }
  const ids = new Set(manifest.share ?? manifest.regions.map(({ id }) => id));
  const isMaster = (file: string) => path.dirname(file) === path.normalize(paths.master);
  return worldContent(paths).own.filter((file) => {
    if (file === own.manifest || file === `${own.manifest}.tmp`) return true;
    // Only the first shard writes the masters, unless they existed before.
    if (isMaster(file)) return shard.index === 1 && common === undefined;
    const region = REGION_FILE.exec(path.basename(file))?.[1];
    return region !== undefined && ids.has(Number(region));
  });
}

/** Removes a shard; returns its files. Throws InputError while it is being generated. */
export function removeShard(paths: WorldPaths, shard: Shard): string[] {
  const own = shardPaths(paths, shard);
  const release = takeLock(own.lock);
  try {
    const files = shardContent(paths, shard);
    // The manifest is removed last, because it names the shard's files if an interrupted removal is repeated.
    const others = files.filter((file) => file !== own.manifest);
    removeFiles(others, [paths.master, paths.facts, paths.closing]);
    removeFiles(files, []);
    return files;
  } finally {
    release();
  }
}
