/** The manifests of shards: what each has made so far. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { formatInstant } from '../engine/time.ts';
import { type Manifest, readManifest } from './manifest.ts';
import type { WorldPaths } from './paths.ts';

export interface ShardManifest {
  /** Number of the shard, from 1 to `count`. */
  readonly index: number;
  readonly count: number;
  readonly file: string;
  readonly manifest: Manifest;
}

const SHARD_MANIFEST = /^shard-(\d+)-of-(\d+)\.json$/;

/** Manifests of shards in a world's folder, by number. */
export function shardManifests({ checkpoint }: WorldPaths): ShardManifest[] {
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

/** What is still missing for a merge, in words; empty if nothing is. */
export function missingShards(shards: readonly ShardManifest[]): string[] {
  const furthestMs = shards.reduce((most, { manifest }) => Math.max(most, manifest.committedMs), 0);
  const count = shards[0]?.count ?? 0;
  return Array.from({ length: count }, (_, at) => at + 1).flatMap((index) => {
    const shard = shards.find((other) => other.index === index);
    if (shard === undefined) return [`shard ${index}/${count} is not there`];
    const { committedMs } = shard.manifest;
    if (committedMs === furthestMs) return [];
    const reached = formatInstant(committedMs);
    return [`shard ${index}/${count} has reached ${reached}, others ${formatInstant(furthestMs)}`];
  });
}
