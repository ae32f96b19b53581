/** Looks at the disk before a run, so that it does not end half way. */
import { existsSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../domain/errors.ts';
import { formatBytes } from './figures.ts';

/** Above this, a run asks first. */
export const LARGE_RUN_BYTES = 20e9;
/** Room left for everything else on the disk. */
const RESERVE_BYTES = 200e6;

/** Bytes free on the disk that a folder, existing or not, is or will be on. */
export function freeBytes(folder: string): number {
  let existing = path.resolve(folder);
  while (!existsSync(existing)) existing = path.dirname(existing);
  const { bavail, bsize } = statfsSync(existing);
  return bavail * bsize;
}

/** Throws InputError if the disk has no room for so many bytes. */
export function requireRoom(folder: string, neededBytes: number, free = freeBytes(folder)): void {
  if (free >= neededBytes + RESERVE_BYTES) return;
  throw new InputError(
    `Cannot write about ${formatBytes(neededBytes)} to "${folder}": the disk has ` +
      `${formatBytes(free)} free, of which ${formatBytes(RESERVE_BYTES)} stay in reserve. Make room, choose another disk (--out), or a shorter window ` +
      '(--days, --to); "sim estimate" tells how much a window takes.',
  );
}
