/** What `sim status` shows about shards that are not merged yet. */
import { shellWord } from '../domain/shell-word.ts';
import { formatInstant } from '../engine/time.ts';
import { isAbandoned, lockOwner } from '../store/lock.ts';
import type { WorldPaths } from '../store/paths.ts';
import { shardPaths } from '../store/shard.ts';
import { worldIdOf } from '../store/world-id.ts';
import { missingShards, type ShardManifest, shardManifests } from '../store/shard-manifests.ts';
import { launcher } from './suggest.ts';

export interface ShardStatus {
  /** `2/5`. */
  readonly shard: string;
  readonly worldId: string;
  readonly generatedTo: string;
  /** Number of regions that it has generated; undefined before its first commit. */
  readonly regions: number;
  readonly running: boolean;
  /** Whether its last run ended without releasing its lock. */
  readonly unfinished: boolean;
}

export interface ShardsStatus {
  readonly found: readonly ShardManifest[];
  readonly shards: readonly ShardStatus[];
  /** What has to happen before a merge, as text. */
  readonly missing: readonly string[];
}

/** The shards in a world's folder; undefined if there are none. */
export function shardsStatus(paths: WorldPaths): ShardsStatus | undefined {
  const found = shardManifests(paths);
  if (found.length === 0) return undefined;
  const shards = found.map((shard): ShardStatus => {
    const { lock } = shardPaths(paths, shard);
    return {
      shard: `${shard.index}/${shard.count}`,
      worldId: worldIdOf(shard.manifest),
      generatedTo: formatInstant(shard.manifest.committedMs),
      regions: shard.manifest.regions.length,
      running: lockOwner(lock) !== undefined,
      unfinished: isAbandoned(lock),
    };
  });
  return { found, shards, missing: missingShards(found) };
}

/** The same as text: a line for all, one for each, and what to do next. */
export function shardsText({ found, shards, missing }: ShardsStatus, { root }: WorldPaths): string {
  const lines = shards.map(({ shard, generatedTo, regions, running, unfinished }) => {
    const state = running ? ', running' : unfinished ? ', its last run did not end' : '';
    return `  ${shard.padEnd(9)}up to ${generatedTo}, ${regions} regions${state}\n`;
  });
  const next =
    missing.length === 0
      ? `  all at one instant; merge them: ${launcher()} merge --out ${shellWord(root)}\n`
      : missing.map((sentence) => `  missing: ${sentence}\n`).join('');
  return `Shards     ${shards.length} of ${found[0].count}, not merged\n${lines.join('')}${next}`;
}
