/** The newest segment of a partition, where records are added. */
import fs from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../../domain/make-folder.ts';
import { type RecordKind, recordHead } from './record.ts';

/** Why a hub can't store what it was sent. The sender gets the message and may try again. */
export class StorageFault extends Error {
  override readonly name = 'StorageFault';
}

export class SegmentWriter {
  readonly file: string;
  /** Bytes of complete records. */
  size: number;
  private readonly descriptor: number;
  private unsynced = false;
  private isNew: boolean;
  private syncing: Promise<void> | undefined;
  private isOpen = true;
  /** Whether a failed write could not be undone. */
  private isBroken = false;

  /** @param size bytes to keep of an existing file; 0 creates a new one */
  constructor(file: string, size: number) {
    this.file = file;
    this.size = size;
    this.isNew = size === 0;
    try {
      makeFolder(path.dirname(file));
      this.descriptor = fs.openSync(file, 'a');
      if (fs.fstatSync(this.descriptor).size > size) fs.ftruncateSync(this.descriptor, size);
    } catch (error) {
      throw fault(file, error);
    }
  }

  /**
   * Writes a record to the file. It then survives the end of this process, but not yet a power cut. Throws
   * StorageFault.
   */
  append(kind: RecordKind, pieces: readonly Buffer[]): void {
    const parts = [recordHead(kind, pieces), ...pieces];
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    try {
      if (this.isBroken) this.repair();
      const written = fs.writevSync(this.descriptor, parts);
      if (written < length) this.writeRest(Buffer.concat(parts), written);
    } catch (error) {
      this.isBroken = true;
      try {
        this.repair();
      } catch {
        // The next record tries again and is refused until it works.
      }
      throw fault(this.file, error);
    }
    this.size += length;
    this.unsynced = true;
  }

  /** Resolves when everything added so far is on disk. Throws StorageFault. */
  sync(): Promise<void> {
    this.syncing ??= this.syncOnce().finally(() => {
      this.syncing = undefined;
    });
    return this.syncing;
  }

  /** Syncs everything added so far, synchronously. */
  syncNow(): void {
    try {
      if (this.unsynced) fs.fdatasyncSync(this.descriptor);
      this.unsynced = false;
      if (this.isNew) syncFolder(path.dirname(this.file));
      this.isNew = false;
    } catch (error) {
      throw fault(this.file, error);
    }
  }

  /** Syncs everything to disk and closes the file. Throws StorageFault. */
  closeNow(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    try {
      this.syncNow();
    } finally {
      // A running sync needs the descriptor until it ends.
      const close = () => fs.closeSync(this.descriptor);
      if (this.syncing === undefined) close();
      else void this.syncing.then(close, close);
    }
  }

  /** Closes and removes a file whose first record could not be written. */
  abandon(): void {
    this.isOpen = false;
    fs.closeSync(this.descriptor);
    fs.rmSync(this.file, { force: true });
  }

  private async syncOnce(): Promise<void> {
    if (!this.unsynced) return;
    this.unsynced = false;
    await new Promise<void>((resolve, reject) => {
      fs.fdatasync(this.descriptor, (error) => {
        if (error === null) resolve();
        else {
          this.unsynced = true;
          reject(fault(this.file, error));
        }
      });
    });
    if (!this.isNew) return;
    this.isNew = false;
    syncFolder(path.dirname(this.file));
  }

  private writeRest(bytes: Buffer, from: number): void {
    for (let at = from; at < bytes.length; ) {
      at += fs.writeSync(this.descriptor, bytes, at, bytes.length - at);
    }
  }

  private repair(): void {
    fs.ftruncateSync(this.descriptor, this.size);
    this.isBroken = false;
  }
}

/** Makes a new file durable by syncing its folder. Windows can't open folders and needs no such step. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

function fault(file: string, error: unknown): StorageFault {
  const reason = error instanceof Error ? error.message : String(error);
  return new StorageFault(`Cannot write "${file}": ${reason}`, { cause: error });
}
