/** Files that are either as they were or whole as they should be, whenever the machine stops. */
import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/** Writes text or bytes and waits until they are on the disk. */
export function writeSynced(file: string, content: string | Uint8Array): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const descriptor = openSync(file, 'w');
  try {
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Puts a file in the place of another in one step, and makes the step last. */
export function replaceFile(from: string, to: string): void {
  renameSync(from, to);
  syncFolder(path.dirname(to));
}

/** Writes a file under a temporary name, then puts it in place. */
export function writeAtomically(file: string, content: string | Uint8Array): void {
  const temporary = `${file}.tmp`;
  try {
    writeSynced(temporary, content);
    replaceFile(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Makes renames within a folder last. Windows can't open folders and needs no such step. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** SHA-256 of text or bytes, hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
