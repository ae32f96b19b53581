/** Removes a world. */
import { worldPaths } from '../store/paths.ts';
import { removeWorld } from '../store/remove-world.ts';

/** What `clear` did. */
export interface Cleared {
  /** Files that were removed. */
  readonly removed: readonly string[];
  /** Files that are still there, as this program didn't make them. */
  readonly foreign: readonly string[];
}

/** Removes the world in a folder, and no file of anybody else. @throws InputError while a run is at work */
export function clear(folder: string): Cleared {
  const { own, foreign } = removeWorld(worldPaths(folder));
  return { removed: own, foreign };
}
