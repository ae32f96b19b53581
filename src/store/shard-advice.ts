/** How to mend a world, or a shard of one, without touching what is good in it. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { shellWord } from '../domain/shell-word.ts';
import type { WorldPaths } from './paths.ts';

interface Numbered {
  readonly index: number;
  readonly count: number;
}

/** The command that removes one shard and no other. */
export function clearShardCommand({ root }: WorldPaths, { index, count }: Numbered): string {
  return `sim clear --out ${shellWord(root)} --shard ${index}/${count}`;
}

/** The shard that such paths are of; undefined for those of a whole world. */
function shardOfPaths({ manifest }: WorldPaths): Numbered | undefined {
  const match = /^shard-(\d+)-of-(\d+)\.json$/.exec(path.basename(manifest));
  return match === null ? undefined : { index: Number(match[1]), count: Number(match[2]) };
}

/** What to do about a run with other settings than those of the world that lies there. */
export function waysOut(paths: WorldPaths): string {
  const shard = shardOfPaths(paths);
  if (shard === undefined) {
    return 'Use the same settings, another folder (--out), or remove the world first (sim clear).';
  }
  if (!existsSync(paths.manifest)) return 'Use the same settings, or another folder (--out).';
  return (
    'Use the same settings, another folder (--out), or remove this shard first, and no other ' +
    `(${clearShardCommand(paths, shard)}).`
  );
}

/** What to do about files that are damaged. */
export function restoring(paths: WorldPaths): string {
  const shard = shardOfPaths(paths);
  const copy =
    'Restore them from a copy; or generate the same world in another folder (--out), up to the same ' +
    'instant, and take them from there: the same settings give the same bytes.';
  if (shard === undefined || !existsSync(paths.manifest)) return copy;
  return `${copy} Or remove this shard alone (${clearShardCommand(paths, shard)}), and generate it again.`;
}
