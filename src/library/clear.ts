/** Removes a world. */
import { worldPaths } from '../store/paths.ts';
import { removeWorld } from '../store/remove-world.ts';

/** What `clear` did. */
export interface Cleared {
  /** Files that were removed. */
  readonly removed: readonly string[];
  /** Files that remain, because this program did not create them. */
  readonly foreign: readonly string[];
}

/** Removes the world in a folder, but no files of others. @throws InputError while a run uses it */
export function clear(folder: string): Cleared {
  const { own, foreign } = removeWorld(worldPaths(folder));
  return { removed: own, foreign };
}
