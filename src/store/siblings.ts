/** Whether a shard is of the same world as those that lie beside it: asked before hours are spent on it. */
import { rmSync } from 'node:fs';
import { InputError } from '../domain/errors.ts';
import { differencesBetween, type Difference } from './identity.ts';
import { lockOwner } from './lock.ts';
import { readManifest, type WorldIdentity } from './manifest.ts';
import { commonManifest, type WorldPaths } from './paths.ts';
import { requireUndivided, type Shard, shardPaths } from './shard.ts';
import { clearShardCommand } from './shard-advice.ts';
import { type ShardManifest, shardManifests } from './shard-manifests.ts';

/** A shard of another world, and where it differs. */
interface Odd {
  readonly shard: ShardManifest;
  readonly differences: readonly Difference[];
}

/**
 * Throws InputError where shards lie beside this one that are of another world, and says which settings
 * differ. Where most of them are of this one's, it only tells which are not.
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
    onNote(`${oddText(odd)} Remove what is odd, and no more: ${removing(paths, odd)}`);
    return;
  }
  const own = `${shard.index}/${shard.count}`;
  throw new InputError(
    `Cannot begin shard ${own} in "${paths.root}": it would be of another world than what lies there.\n` +
      `${odd.flatMap(differenceLines).join('\n')}\n` +
      `Use the settings of the others, or another folder (--out). If it is the other shard that is odd, ` +
      `remove that one alone: ${removing(paths, odd.slice(0, 1))}`,
  );
}

/**
 * Throws InputError where the folder in which shards are brought together, which this one will be copied
 * to, holds another world, or another division of it.
 */
export function requireAlikeBeside(beside: WorldPaths, shard: Shard, here: WorldIdentity): void {
  const common = readManifest(commonManifest(beside));
  const differences = common === undefined ? [] : differencesBetween(common, here);
  if (differences.length > 0) {
    const lines = differences.map(
      ({ field, there, here: wanted }) => `  ${field}: ${there} there, ${wanted} asked for`,
    );
    throw new InputError(
      `Cannot begin shard ${shard.index}/${shard.count}: it would be of another world than the one in ` +
        `"${beside.root}", where it is to go.\n${lines.join('\n')}\nUse the same settings, or another folder.`,
    );
  }
  requireUndivided(beside, shard);
  // Its own number counts as well: that is what it would replace.
  requireAlike(beside, shard, shardManifests(beside), here);
}

/**
 * The same, once this shard has announced what it is: two that began at one moment did not see each
 * other before. One that is refused here takes its announcement back.
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

/** Whether all of its settings hold: one that has only been announced, and is not at work, may still change some. */
function isBegun(paths: WorldPaths, { index, count, manifest }: ShardManifest): boolean {
  if (manifest.committedMs > manifest.startMs) return true;
  return lockOwner(shardPaths(paths, { index, count }).lock) !== undefined;
}

function differenceLines({ shard, differences }: Odd): string[] {
  return differences.map(
    ({ field, there, here }) =>
      `  ${field}: ${there} in shard ${shard.index}/${shard.count}, ${here} asked for`,
  );
}

function oddText(odd: readonly Odd[]): string {
  return odd
    .map(({ shard, differences }) => {
      const settings = differences.map(
        ({ field, there, here }) => `${field} ${there}, not ${here}`,
      );
      return `Shard ${shard.index}/${shard.count} is of another world than most: ${settings.join('; ')}.`;
    })
    .join(' ');
}

function removing(paths: WorldPaths, odd: readonly Odd[]): string {
  return odd.map(({ shard }) => clearShardCommand(paths, shard)).join('; ');
}
