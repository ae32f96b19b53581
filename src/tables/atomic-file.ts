/** Writes files atomically: whenever the machine stops, a file is either unchanged or complete. */
import fs from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../domain/make-folder.ts';
import { outputFault } from './output-fault.ts';

/** Suffix of the name of a file that is incomplete. */
export const TEMPORARY = '.tmp';

/** Maximum bytes in one system call; the system refuses more than 2 GiB. */
const MOST_BYTES = 2 ** 30;

/** Writes all bytes, even if the system accepts few at a time. */
export function writeAll(
  descriptor: number,
  bytes: Uint8Array,
  writeSync: (descriptor: number, bytes: Uint8Array, from: number, size: number) => number,
): void {
  let written = 0;
  while (written < bytes.length) {
    const size = Math.min(bytes.length - written, MOST_BYTES);
    written += writeSync(descriptor, bytes, written, size);
  }
}

/**
 * Writes a file under a temporary name, waits until it is on disk, then renames it; creates missing
 * folders. If it throws OutputError, the file is unchanged.
 * @param mode permissions of the file, from its first byte on; the system's default if omitted
 */
export function writeFileAtomic(
  file: string,
  content: string | Uint8Array | Iterable<string | Uint8Array>,
  mode?: number,
): void {
  const temporary = file + TEMPORARY;
  const whole = typeof content === 'string' || content instanceof Uint8Array;
  try {
    makeFolder(path.dirname(file));
    // A leftover temporary file keeps its own permissions.
    if (mode !== undefined) removeIfPossible(temporary);
    const descriptor = fs.openSync(temporary, 'w', mode);
    try {
      for (const piece of whole ? [content] : content) {
        const bytes = typeof piece === 'string' ? new TextEncoder().encode(piece) : piece;
        writeAll(descriptor, bytes, fs.writeSync);
      }
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
    fs.renameSync(temporary, file);
    fsyncDir(path.dirname(file));
  } catch (error) {
    removeIfPossible(temporary);
    throw outputFault(file, error);
  }
}

/** For cleaning up after a failure, which it must not hide. */
function removeIfPossible(file: string): void {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // The next writer of the file starts it again.
  }
}

/** Makes renames within a folder durable. Windows can't open folders and needs no such step. */
export function fsyncDir(
  folder: string,
  port: {
    openSync(file: string, flags: string): number;
    fsyncSync(descriptor: number): void;
    closeSync(descriptor: number): void;
  } = fs,
): void {
  if (process.platform === 'win32') return;
  const descriptor = port.openSync(folder, 'r');
  try {
    port.fsyncSync(descriptor);
  } finally {
    port.closeSync(descriptor);
  }
}
