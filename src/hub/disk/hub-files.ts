/** Names of the files in the folder of a hub. */
import path from 'node:path';
import { firstSequenceOf } from './segment.ts';

/** Name of the folder of the hub that is started for a stream, in the folder of the stream. */
export const HUB_FOLDER = 'hub';

/** What is in the folder: its event hubs, and the port it had last. */
export const CONFIG_NAME = 'hub.json';
/** In a folder of its own, which goes with it. */
const LOCK = ['lock', 'hub.lock'] as const;
const EVENTS = 'events';

/** The lock of the process that serves the folder. */
export function hubLock(folder: string): string {
  return path.join(folder, ...LOCK);
}

/** Folder of a partition's segments. Event hubs are named without regard to case, files may not be. */
export function partitionFolder(folder: string, entity: string, index: number): string {
  return path.join(folder, EVENTS, entity.toLowerCase(), String(index));
}

/** Whether a file below the folder of a hub, as a list of names, is one that a hub makes. */
export function isHubFile(names: readonly string[]): boolean {
  const [first, second = '', third = '', fourth = ''] = names;
  if (names.length === 1) return first === CONFIG_NAME || first === `${CONFIG_NAME}.tmp`;
  if (names.length === 2) return first === LOCK[0] && /^hub\.lock(\.next)*$/.test(second);
  const isSegment = /^\d+$/.test(third) && firstSequenceOf(fourth) !== undefined;
  return names.length === 4 && first === EVENTS && second !== '' && isSegment;
}
