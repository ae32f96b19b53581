/** The manifests of shards: what each has generated so far. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../domain/errors.ts';
import { formatInstant } from '../engine/time.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { commonManifest, type WorldPaths } from './paths.ts';

export interface ShardManifest {
  /** Number of the shard, from 1 to `count`. */
  readonly index: number;
  readonly count: number;
  readonly file: string;
  readonly manifest: Manifest;
}

const SHARD_MANIFEST = /^shard-(\d+)-of-(\d+)\.json$/;

/** Returns the manifests of the unmerged shards in a world's folder, by number. */
export function shardManifests(paths: WorldPaths): ShardManifest[] {
  const all = allShardManifests(paths);
  const merged = mergedAmong(all, paths);
  return all.filter((shard) => !merged.includes(shard));
}

/** Returns the manifests that an interrupted merge did not remove. */
export function mergedShardFiles(paths: WorldPaths): ShardManifest[] {
  return mergedAmong(allShardManifests(paths), paths);
}

/** Returns the shards with nothing beyond the manifest of the whole world. */
function mergedAmong(shards: readonly ShardManifest[], paths: WorldPaths): ShardManifest[] {
  if (shards.length === 0) return [];
  const regions = readManifest(commonManifest(paths))?.regions ?? [];
  const known = new Map(regions.map((region) => [region.id, JSON.stringify(region)]));
  return shards.filter(
    ({ manifest }) =>
      manifest.regions.length > 0 &&
      manifest.regions.every((region) => known.get(region.id) === JSON.stringify(region)),
  );
}

function allShardManifests({ checkpoint }: WorldPaths): ShardManifest[] {
  if (!existsSync(checkpoint)) return [];
  return readdirSync(checkpoint)
    .flatMap((name) => {
      const match = SHARD_MANIFEST.exec(name);
      if (match === null) return [];
      const file = path.join(checkpoint, name);
      const manifest = readManifest(file);
      if (manifest === undefined) return [];
      return [{ index: Number(match[1]), count: Number(match[2]), file, manifest }];
    })
    .sort((a, b) => a.index - b.index);
}

/** Returns messages about what is still missing for a merge; none if it is possible. */
export function missingShards(shards: readonly ShardManifest[]): string[] {
  const furthestMs = shards.reduce((most, { manifest }) => Math.max(most, manifest.committedMs), 0);
  const count = shards[0]?.count ?? 0;
  return Array.from({ length: count }, (_, at) => at + 1).flatMap((index) => {
    const shard = shards.find((other) => other.index === index);
    if (shard === undefined) return [`shard ${index}/${count} is missing`];
    const { committedMs } = shard.manifest;
    if (committedMs === furthestMs) return [];
    const reached = formatInstant(committedMs);
    return [`shard ${index}/${count} has reached ${reached}, others ${formatInstant(furthestMs)}`];
  });
}

/** Throws InputError if a folder contains unmerged shards, which are not a complete world. */
export function requireMerged(paths: WorldPaths): void {
  const shards = shardManifests(paths);
  if (shards.length === 0) return;
  const missing = missingShards(shards);
  const next =
    missing.length === 0
      ? 'All of them have reached the same instant: merge them first (sim merge).'
      : `Finish them (${missing.slice(0, 5).join('; ')}${missing.length > 5 ? '; …' : ''}), then ` +
        'merge them (sim merge).';
  throw new InputError(
    `Cannot verify "${paths.root}": it contains shards that are not merged, ${shards.length} of ` +
      `${shards[0].count}. ${next}`,
  );
}
