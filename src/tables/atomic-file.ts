/** Files that are either as they were or whole as they should be, whenever the machine stops. */
import fs from 'node:fs';
import path from 'node:path';
import { outputFault } from './output-fault.ts';

/** Added to the name of a file that is not complete. */
export const TEMPORARY = '.tmp';

/** Most bytes given to the system at a time; above 2 GiB it takes none. */
const MOST_BYTES = 2 ** 30;

/** Writes all bytes, however few the system takes at a time. */
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
 * Writes a file under a temporary name, waits until it is on disk, then puts it in place; makes the
 * folders it needs. Throws OutputError, and then leaves the file as it was.
 * @param mode rights of the file, from its first byte on; what the system gives by default
 */
export function writeFileAtomic(
  file: string,
  content: string | Uint8Array | Iterable<string | Uint8Array>,
  mode?: number,
): void {
  const temporary = file + TEMPORARY;
  const whole = typeof content === 'string' || content instanceof Uint8Array;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    // One that was left behind keeps the rights that it has.
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

/** For cleaning up after a failure, which must not hide it. */
function removeIfPossible(file: string): void {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // The next writer of the file begins it anew.
  }
}

/** Makes renames within a folder last. Windows can't open folders and needs no such step. */
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
