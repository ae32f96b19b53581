/** The file system functions that the CSV sink uses: `node:fs`, or a test double that fails on purpose. */
import fs from 'node:fs';

type Done = (error: Error | null) => void;

export interface FilePort {
  openSync(file: string, flags: string): number;
  readSync(
    descriptor: number,
    bytes: Uint8Array,
    from: number,
    size: number,
    position: null,
  ): number;
  writeSync(descriptor: number, bytes: Uint8Array, from: number, size: number): number;
  ftruncateSync(descriptor: number, bytes: number): void;
  fdatasync(descriptor: number, done: Done): void;
  fdatasyncSync(descriptor: number): void;
  fsync(descriptor: number, done: Done): void;
  fsyncSync(descriptor: number): void;
  closeSync(descriptor: number): void;
  mkdirSync(folder: string): unknown;
  readdirSync(folder: string): string[];
  renameSync(from: string, to: string): void;
  rmSync(file: string, options: { force: true }): void;
  statSync(file: string, options: { throwIfNoEntry: false }): { size: number } | undefined;
}

export const nodeFiles: FilePort = fs;
