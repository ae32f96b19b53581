/** Returns the names of the files in the folder of a hub. */
import path from 'node:path';
import { firstSequenceOf } from './segment.ts';

/** Name of the folder of a stream's own hub, within the folder of the stream. */
export const HUB_FOLDER = 'hub';

/** Holds the event hubs of the folder and the port that it had last. */
export const CONFIG_NAME = 'hub.json';
/** Kept in a folder of its own, which is removed with it. */
const LOCK = ['lock', 'hub.lock'] as const;
const EVENTS = 'events';

/** The lock file of the process that serves the folder. */
export function hubLock(folder: string): string {
  return path.join(folder, ...LOCK);
}

/** Returns the folder of a partition's segments. Names of event hubs ignore case, file names may not. */
export function partitionFolder(folder: string, entity: string, index: number): string {
  return path.join(folder, EVENTS, entity.toLowerCase(), String(index));
}

/** Returns whether a path below the folder of a hub, as a list of names, belongs to a file that a hub creates. */
export function isHubFile(names: readonly string[]): boolean {
  const [first, second = '', third = '', fourth = ''] = names;
  if (names.length === 1) return first === CONFIG_NAME || first === `${CONFIG_NAME}.tmp`;
  if (names.length === 2) return first === LOCK[0] && /^hub\.lock(\.next)*$/.test(second);
  const isSegment = /^\d+$/.test(third) && firstSequenceOf(fourth) !== undefined;
  return names.length === 4 && first === EVENTS && second !== '' && isSegment;
}
