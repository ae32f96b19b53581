/** Made-up worlds in shards, for tests of shards. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { runHistory } from '../../src/run/history.ts';
import { openWorld } from '../../src/run/open-world.ts';
import { shardOf } from '../../src/run/shard-share.ts';
import { worldPaths } from '../../src/store/paths.ts';
import { type Shard, shardPaths } from '../../src/store/shard.ts';
import type { Codec } from '../../src/tables/compression.ts';
import { fakeWorld } from '../run/fake-world.ts';

export const REGIONS = 3;

export interface ShardOptions {
  readonly startMs: number;
  readonly toMs: number;
  readonly seed?: number;
  readonly compress?: Codec | undefined;
}

/** Gives names of new folders, which go away with the test file. */
export function newFolders(): () => string {
  const base = mkdtempSync(path.join(os.tmpdir(), 'sim-shard-'));
  afterAll(() => rmSync(base, { recursive: true }));
  let folders = 0;
  return () => path.join(base, String(folders++));
}

/** Generates a world, or a shard of it, in a folder. */
export function generateShard(root: string, shard: Shard | undefined, options: ShardOptions) {
  const { startMs, toMs, seed = 1, compress } = options;
  const common = worldPaths(root);
  const whole = fakeWorld({ paths: common, startMs, regions: REGIONS, seed, compress });
  const paths = shard === undefined ? common : shardPaths(common, shard);
  const world = shard === undefined ? whole : shardOf(whole, shard);
  return runHistory({ paths, world, manifest: openWorld(paths, world), toMs });
}
