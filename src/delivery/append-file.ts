/** An append-only file, written in whole pieces: a piece that was written in part is cut off again. */
import fs from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../domain/make-folder.ts';
import { fsyncDir, writeAll } from '../tables/atomic-file.ts';
import { outputFault } from '../tables/output-fault.ts';

/** The file system functions that `AppendFile` uses: `node:fs`, or a test double that fails on purpose. */
export interface AppendPort {
  openSync(file: string, flags: string): number;
  writeSync(descriptor: number, bytes: Uint8Array, from: number, size: number): number;
  ftruncateSync(descriptor: number, bytes: number): void;
  fdatasync(descriptor: number, done: (error: Error | null) => void): void;
  fdatasyncSync(descriptor: number): void;
  fsyncSync(descriptor: number): void;
  closeSync(descriptor: number): void;
}

export class AppendFile {
  readonly file: string;
  /** Size of the whole pieces, bytes. */
  size: number;
  private readonly port: AppendPort;
  private readonly descriptor: number;
  private isOpen = true;
  private syncing: Promise<void> | undefined;
  private nextSync: Promise<void> | undefined;

  /**
   * Opens or creates a file, and its folder.
   * @param keep bytes from the start that are kept; the rest is cut off
   * @throws OutputError
   */
  constructor(file: string, keep: number, port: AppendPort = fs) {
    this.file = file;
    this.port = port;
    this.size = keep;
    this.descriptor = this.guarded(() => {
      makeFolder(path.dirname(file));
      const isNew = !fs.existsSync(file);
      const descriptor = port.openSync(file, 'a');
      // Only if the file is longer: truncating to a greater length would fill it with zeros.
      if (!isNew && fs.statSync(file).size > keep) port.ftruncateSync(descriptor, keep);
      if (isNew) fsyncDir(path.dirname(file));
      return descriptor;
    });
  }

  /** Appends bytes. They survive the end of this process, but a power cut only after `sync`. @throws OutputError */
  append(bytes: Uint8Array): void {
    if (!this.isOpen) throw new Error(`Cannot write "${this.file}": it is closed`);
    const { descriptor, port } = this;
    this.guarded(() => {
      try {
        writeAll(descriptor, bytes, (fd, all, from, size) => port.writeSync(fd, all, from, size));
      } catch (error) {
        port.ftruncateSync(descriptor, this.size);
        throw error;
      }
    });
    this.size += bytes.length;
  }

  /** Resolves when all bytes appended so far are on disk. Concurrent calls share one `fsync`. */
  sync(): Promise<void> {
    if (this.nextSync !== undefined) return this.nextSync;
    if (this.syncing === undefined) return this.startSync();
    // The running sync may have begun before the last bytes were appended.
    this.nextSync = this.syncing
      .catch(() => {})
      .then(() => {
        this.nextSync = undefined;
        return this.startSync();
      });
    return this.nextSync;
  }

  /** Like `sync`, but synchronous. */
  syncNow(): void {
    this.guarded(() => this.port.fdatasyncSync(this.descriptor));
  }

  /** Closes the file after a running sync. May be called repeatedly. */
  async close(): Promise<void> {
    if (!this.isOpen) return;
    this.isOpen = false;
    await Promise.allSettled([this.syncing, this.nextSync]);
    this.guarded(() => this.port.closeSync(this.descriptor));
  }

  /** Closes the file at once. Must not be called during a `sync`. */
  closeNow(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.guarded(() => this.port.closeSync(this.descriptor));
  }

  private startSync(): Promise<void> {
    const done = new Promise<void>((resolve, reject) => {
      this.port.fdatasync(this.descriptor, (error) => {
        this.syncing = undefined;
        if (error === null) resolve();
        else reject(outputFault(this.file, error));
      });
    });
    this.syncing = done;
    return done;
  }

  private guarded<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw outputFault(this.file, error);
    }
  }
}
