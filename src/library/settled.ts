/** A world's files as they were last committed, for whoever reads them. */
import { formatInstant } from '../engine/time.ts';
import { recoverCrashed } from '../run/open-world.ts';
import { watchLock } from '../store/lock.ts';
import type { WorldPaths } from '../store/paths.ts';
import { requireMerged } from '../store/shard-manifests.ts';

/**
 * Waits until nobody writes to a world, and brings its files back to the last commit if a run crashed.
 * @param onNote called with a note for the user
 * @throws InputError if shards are not merged yet
 */
export async function settleWorld(
  paths: WorldPaths,
  onNote?: (sentence: string) => void,
): Promise<void> {
  requireMerged(paths);
  await watchLock(paths.lock, { onNote });
  const recoveredMs = recoverCrashed(paths);
  if (recoveredMs !== undefined) {
    const instant = formatInstant(recoveredMs);
    onNote?.(`the last run crashed; its files were restored to ${instant}.`);
  }
}
