/** Checks, before hours are spent on a shard, whether it belongs to the same world as the other shards. */
import { rmSync } from 'node:fs';
import { InputError } from '../domain/errors.ts';
import { differencesBetween, type Difference } from './identity.ts';
import { lockOwner } from './lock.ts';
import { readManifest, type WorldIdentity } from './manifest.ts';
import { commonManifest, type WorldPaths } from './paths.ts';
import { requireUndivided, type Shard, shardPaths } from './shard.ts';
import { clearShardCommand } from './shard-advice.ts';
import { type ShardManifest, shardManifests } from './shard-manifests.ts';

/** A shard of another world, and the differences. */
interface Odd {
  readonly shard: ShardManifest;
  readonly differences: readonly Difference[];
}

/**
 * Throws InputError if other shards belong to another world, and names the settings that
 * differ. If most of them belong to this shard's world, it only gives a note about the others.
 */
export function requireSiblingsAlike(
  paths: WorldPaths,
  shard: Shard,
  here: WorldIdentity,
  onNote?: (sentence: string) => void,
): void {
  const siblings = shardManifests(paths).filter(({ index }) => index !== shard.index);
  requireAlike(paths, shard, siblings, here, onNote);
}

function requireAlike(
  paths: WorldPaths,
  shard: Shard,
  siblings: readonly ShardManifest[],
  here: WorldIdentity,
  onNote: (sentence: string) => void = () => {},
): void {
  const odd = siblings.flatMap((sibling): Odd[] => {
    const differences = differencesBetween(sibling.manifest, here, isBegun(paths, sibling));
    return differences.length === 0 ? [] : [{ shard: sibling, differences }];
  });
  if (odd.length === 0) return;
  const alike = siblings.length - odd.length;
  if (alike >= odd.length) {
    onNote(`${oddText(odd)} Remove only the shards that differ: ${removing(paths, odd)}`);
    return;
  }
  const own = `${shard.index}/${shard.count}`;
  throw new InputError(
    `Cannot begin shard ${own} in "${paths.root}": it would belong to another world than the existing shards.\n` +
      `${odd.flatMap(differenceLines).join('\n')}\n` +
      `Use the settings of the others, or another folder (--out). If the other shard is wrong, ` +
      `remove only that one: ${removing(paths, odd.slice(0, 1))}`,
  );
}

/**
 * Throws InputError if the folder to which this shard will be copied contains another world, or another division of
 * it.
 */
export function requireAlikeBeside(beside: WorldPaths, shard: Shard, here: WorldIdentity): void {
  const common = readManifest(commonManifest(beside));
  const differences = common === undefined ? [] : differencesBetween(common, here);
  if (differences.length > 0) {
    const lines = differences.map(
      ({ field, there, here: wanted }) => `  ${field}: is ${there}, requested ${wanted}`,
    );
    throw new InputError(
      `Cannot begin shard ${shard.index}/${shard.count}: it would belong to another world than the one in ` +
        `"${beside.root}", its target.\n${lines.join('\n')}\nUse the same settings, or another folder.`,
    );
  }
  requireUndivided(beside, shard);
  // Including the shard with its own number, which it would replace.
  requireAlike(beside, shard, shardManifests(beside), here);
}

/**
 * Like `requireSiblingsAlike`, after this shard was announced, because two shards that begin at the same time don't
 * see each other before. A shard that is refused here removes its announcement.
 */
export function requireSiblingsStillAlike(
  paths: WorldPaths,
  shard: Shard,
  here: WorldIdentity,
): void {
  try {
    requireSiblingsAlike(paths, shard, here);
  } catch (error) {
    const { manifest } = shardPaths(paths, shard);
    if (readManifest(manifest)?.regions.length === 0) rmSync(manifest, { force: true });
    throw error;
  }
}

/** Whether a shard's settings are final: one that was only announced, and is not running, may still change some. */
function isBegun(paths: WorldPaths, { index, count, manifest }: ShardManifest): boolean {
  if (manifest.committedMs > manifest.startMs) return true;
  return lockOwner(shardPaths(paths, { index, count }).lock) !== undefined;
}

function differenceLines({ shard, differences }: Odd): string[] {
  return differences.map(
    ({ field, there, here }) =>
      `  ${field}: is ${there} in shard ${shard.index}/${shard.count}, requested ${here}`,
  );
}

function oddText(odd: readonly Odd[]): string {
  return odd
    .map(({ shard, differences }) => {
      const settings = differences.map(
        ({ field, there, here }) => `${field} ${there}, not ${here}`,
      );
      return `Shard ${shard.index}/${shard.count} belongs to another world than most: ${settings.join('; ')}.`;
    })
    .join(' ');
}

function removing(paths: WorldPaths, odd: readonly Odd[]): string {
  return odd.map(({ shard }) => clearShardCommand(paths, shard)).join('; ');
}
