/** Looks at the disk before a run, so that it does not end half way. */
import { existsSync, statfsSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../world/config.ts';
import { InputError } from '../domain/errors.ts';
import { estimateRun, type Spread } from './estimate.ts';
import { formatBytes } from '../domain/format.ts';
import type { Window } from './window.ts';

/** Above this, a run asks first. */
export const LARGE_RUN_BYTES = 20e9;
const MEGABYTE = 1e6;

/** Bytes free on the disk that a folder, existing or not, is or will be on. */
export function freeBytes(folder: string): number {
  let existing = path.resolve(folder);
  while (!existsSync(existing)) existing = path.dirname(existing);
  const { bavail, bsize } = statfsSync(existing);
  return bavail * bsize;
}

/** Room that a run leaves for everything else on the disk: `performance.disk_reserve_mb`. */
export function reserveBytes({ performance }: Pick<Config, 'performance'>): number {
  return performance.disk_reserve_mb * MEGABYTE;
}

/** Whether so many bytes leave the reserve free. */
export function isRoomFor(neededBytes: number, free: number, reserve: number): boolean {
  return free >= neededBytes + reserve;
}

/** Whether the disk of a folder has room for a window of a world, by its estimate. */
export function fitsOnDisk(
  config: Config,
  folder: string,
  spread: Spread,
): (window: Window) => boolean {
  return (window) => {
    const { peakBytes } = estimateRun(config, window, spread);
    return isRoomFor(peakBytes, freeBytes(folder), reserveBytes(config));
  };
}

/** Throws InputError if the disk has no room for so many bytes beside the reserve. */
export function requireRoom(
  folder: string,
  neededBytes: number,
  reserve: number,
  free = freeBytes(folder),
): void {
  if (isRoomFor(neededBytes, free, reserve)) return;
  throw new InputError(
    `Cannot write about ${formatBytes(neededBytes)} to "${folder}": the disk has ` +
      `${formatBytes(free)} free, of which ${formatBytes(reserve)} stay in reserve. Make room, choose another disk (--out), a shorter window ` +
      '(--days, --to) or another reserve (--disk-reserve, or performance.disk_reserve_mb in the config); "sim estimate" tells how much a window takes.',
  );
}
