/** Checks the free disk space before a run, so that it does not fail half way. */
import { existsSync, statfsSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../world/config.ts';
import { InputError } from '../domain/errors.ts';
import { estimateRun, type Spread } from './estimate.ts';
import { formatBytes } from '../domain/format.ts';
import type { Window } from './window.ts';

/** Size above which a run asks for confirmation. */
export const LARGE_RUN_BYTES = 20e9;
const MEGABYTE = 1e6;

/** Returns the free bytes of the disk of a folder, which need not exist. */
export function freeBytes(folder: string): number {
  let existing = path.resolve(folder);
  while (!existsSync(existing)) existing = path.dirname(existing);
  const { bavail, bsize } = statfsSync(existing);
  return bavail * bsize;
}

/** Returns the bytes that a run leaves free on the disk: `performance.disk_reserve_mb`. */
export function reserveBytes({ performance }: Pick<Config, 'performance'>): number {
  return performance.disk_reserve_mb * MEGABYTE;
}

/** Whether `neededBytes` leave the reserve free. */
export function isRoomFor(neededBytes: number, free: number, reserve: number): boolean {
  return free >= neededBytes + reserve;
}

/** Whether the estimated size of a window fits on the disk of a folder. */
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

/** Throws InputError if the disk has no room for `neededBytes` in addition to the reserve. */
export function requireRoom(
  folder: string,
  neededBytes: number,
  reserve: number,
  free = freeBytes(folder),
): void {
  if (isRoomFor(neededBytes, free, reserve)) return;
  throw new InputError(
    `Cannot write about ${formatBytes(neededBytes)} to "${folder}": the disk has ` +
      `${formatBytes(free)} free, of which ${formatBytes(reserve)} are reserved. Free some space, or choose ` +
      'another disk (--out), a shorter window (--days, --to) or another reserve (--disk-reserve, or ' +
      'performance.disk_reserve_mb in the config); "sim estimate" shows the size of a window.',
  );
}
