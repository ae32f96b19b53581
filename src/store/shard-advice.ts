/** Advice on how to repair a world or a shard without changing its good files. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { shellWord } from '../domain/shell-word.ts';
import type { WorldPaths } from './paths.ts';

interface Numbered {
  readonly index: number;
  readonly count: number;
}

/** Returns the command that removes only one shard. */
export function clearShardCommand({ root }: WorldPaths, { index, count }: Numbered): string {
  return `sim clear --out ${shellWord(root)} --shard ${index}/${count}`;
}

/** Returns the shard of paths; undefined for those of a whole world. */
function shardOfPaths({ manifest }: WorldPaths): Numbered | undefined {
  const match = /^shard-(\d+)-of-(\d+)\.json$/.exec(path.basename(manifest));
  return match === null ? undefined : { index: Number(match[1]), count: Number(match[2]) };
}

/** Returns advice for a run whose settings differ from those of the existing world. */
export function waysOut(paths: WorldPaths): string {
  const shard = shardOfPaths(paths);
  if (shard === undefined) {
    return 'Use the same settings, another folder (--out), or remove the world first (sim clear).';
  }
  if (!existsSync(paths.manifest)) return 'Use the same settings, or another folder (--out).';
  return (
    'Use the same settings, another folder (--out), or first remove only this shard ' +
    `(${clearShardCommand(paths, shard)}).`
  );
}

/** Returns advice for damaged files. */
export function restoring(paths: WorldPaths): string {
  const shard = shardOfPaths(paths);
  const copy =
    'Restore them from a copy; or generate the same world in another folder (--out), up to the same ' +
    'instant, and copy them from there: the same settings give the same bytes.';
  if (shard === undefined || !existsSync(paths.manifest)) return copy;
  return `${copy} Or remove only this shard (${clearShardCommand(paths, shard)}), and generate it again.`;
}
