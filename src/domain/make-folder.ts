/**
 * Makes a folder and those above it.
 *
 * Not by `mkdirSync` with `recursive`, which tries for ever where a folder is there and takes no other, such as
 * below /proc.
 */
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** Others may remove an empty folder between two steps, but not so often. */
const MOST_TRIES = 20;

/**
 * @param mkdir makes one folder
 * @returns the topmost folder that was made; undefined if it was there. @throws errors of the system
 */
export function makeFolder(
  folder: string,
  mkdir: (folder: string) => unknown = mkdirSync,
): string | undefined {
  for (let tries = 1; ; tries++) {
    try {
      mkdir(folder);
      return folder;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT') {
        if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return undefined;
        throw error;
      }
      const above = path.dirname(folder);
      if (above === folder || tries === MOST_TRIES) throw error;
      const first = makeFolder(above, mkdir);
      // Where nothing was missing above, only another try can succeed.
      if (first === undefined) continue;
      makeFolder(folder, mkdir);
      return first;
    }
  }
}
