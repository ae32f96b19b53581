/** One region's part of one table: a file for each day that has rows, written through a buffer. */
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { makeFolder } from '../../domain/make-folder.ts';
import { InputError } from '../../domain/errors.ts';
import { FACTS, type FactName } from '../../domain/facts.ts';
import { writeAll } from '../../tables/atomic-file.ts';
import { ByteWriter } from '../../tables/byte-writer.ts';
import { header, rowEncoder } from '../../tables/encoder.ts';
import { outputFault } from '../../tables/output-fault.ts';
import type { RowStamps } from '../../tables/row-stamps.ts';
import type { FilePort } from './file-port.ts';
import { temporaryOf } from './part-files.ts';

const CLOSED = -1;

export class CsvPart {
  readonly table: FactName;
  /** Takes a record of the table. */
  readonly put: (record: never) => void;
  /** Length of the open file, without what is still in the buffer. */
  fileBytes = 0;
  /** Of the open file, as far as `fileBytes`. */
  crc32 = 0;
  /** Written to files since this object was made. */
  writtenBytes = 0;
  /** The open file's final name. */
  file = '';
  private readonly fs: FilePort;
  private readonly header: string;
  private readonly writer: ByteWriter;
  private descriptor = CLOSED;
  /** Length to go back to on `abandon`; undefined if the file is new. */
  private resumedBytes: number | undefined;
  /** Rows that were there before the open part. */
  private rowsBefore = 0;
  private changedFolders: string[] = [];

  constructor(table: FactName, bufferBytes: number, fs: FilePort, stamps: RowStamps) {
    const { columns } = FACTS[table];
    const encode = rowEncoder<never>(columns);
    const writer = new ByteWriter(bufferBytes, (bytes) => this.append(bytes), stamps);
    this.table = table;
    this.fs = fs;
    this.header = header(columns);
    this.writer = writer;
    this.put = (record) => encode(record, writer);
  }

  get rows(): number {
    return this.writer.rows;
  }

  /** Begins a part; its file is made for its first row, without any it never is. */
  begin(file: string): void {
    this.file = file;
    this.resumedBytes = undefined;
    this.fileBytes = 0;
    this.crc32 = 0;
    this.rowsBefore = this.writer.rows;
    this.writer.reserve(this.header.length);
    this.writer.ascii(this.header);
  }

  /** Goes on with a part as it was when it had `bytes` bytes, which have the digest `crc`. Throws InputError if it has fewer. */
  resume(file: string, bytes: number, crc: number): void {
    const temporary = temporaryOf(file);
    this.file = file;
    this.crc32 = crc;
    this.guard(() => {
      const size = sizeOf(this.fs, file);
      const found = size ?? sizeOf(this.fs, temporary) ?? 0;
      if (found < bytes) throw shortened(file, found, bytes);
      if (size !== undefined) this.fs.renameSync(file, temporary);
      this.resumedBytes = bytes;
      this.fileBytes = bytes;
      this.descriptor = this.fs.openSync(temporary, 'a');
      this.fs.ftruncateSync(this.descriptor, bytes);
    });
    this.changedFolders.push(path.dirname(file));
  }

  /** Whether the flushed part has a file. */
  get isMade(): boolean {
    return this.fileBytes > 0;
  }

  /** The folders that had to be changed for files since this was last asked. */
  takeChangedFolders(): string[] {
    const { changedFolders } = this;
    this.changedFolders = [];
    return changedFolders;
  }

  /** Whether the open file was there before it was opened. */
  get resumed(): boolean {
    return this.resumedBytes !== undefined;
  }

  /** Hands what is in the buffer to the system; a header without rows is dropped. Throws OutputError. */
  flush(): void {
    if (this.isMade || this.writer.rows > this.rowsBefore) this.writer.flush();
    else this.writer.discard();
  }

  /** Waits until the flushed file is on disk. Throws OutputError. */
  sync(): void {
    this.guard(() => this.fs.fdatasyncSync(this.descriptor));
  }

  /** Gives the flushed file its final name. Throws OutputError. */
  place(): void {
    this.guard(() => this.fs.renameSync(temporaryOf(this.file), this.file));
  }

  /** Lets go of the open file: whoever takes its descriptor has to close it. */
  release(): number {
    const { descriptor } = this;
    this.descriptor = CLOSED;
    return descriptor;
  }

  /** Drops the open file, or takes it back to what it was when it was resumed. */
  abandon(): void {
    this.writer.discard();
    if (this.descriptor === CLOSED) return;
    const { fs, file, resumedBytes } = this;
    const descriptor = this.release();
    if (resumedBytes === undefined) {
      fs.closeSync(descriptor);
      fs.rmSync(temporaryOf(file), { force: true });
      return;
    }
    try {
      fs.ftruncateSync(descriptor, resumedBytes);
    } finally {
      fs.closeSync(descriptor);
    }
    fs.renameSync(temporaryOf(file), file);
  }

  private openNew(temporary: string): string[] {
    try {
      this.descriptor = this.fs.openSync(temporary, 'w');
      return [];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    const folder = path.dirname(temporary);
    const first = makeFolder(folder, this.fs.mkdirSync) ?? folder;
    this.descriptor = this.fs.openSync(temporary, 'w');
    return parentsOf(folder, first);
  }

  private append(bytes: Uint8Array): void {
    this.guard(() => {
      if (this.descriptor === CLOSED) {
        const made = this.openNew(temporaryOf(this.file));
        this.changedFolders.push(path.dirname(this.file), ...made);
      }
      writeAll(this.descriptor, bytes, this.fs.writeSync);
    });
    this.crc32 = crc32(bytes, this.crc32);
    this.fileBytes += bytes.length;
    this.writtenBytes += bytes.length;
  }

  private guard<Result>(step: () => Result): Result {
    try {
      return step();
    } catch (error) {
      throw outputFault(this.file, error);
    }
  }
}

/** Size of a file; undefined if there is none. */
export function sizeOf(fs: FilePort, file: string): number | undefined {
  return fs.statSync(file, { throwIfNoEntry: false })?.size;
}

/** The error for a part that holds less than a checkpoint says. */
export function shortened(file: string, found: number, expected: number): InputError {
  return new InputError(
    `Cannot continue "${file}": it should have at least ${expected} bytes, and has ${found}. ` +
      'Restore the file, or remove the world with "sim clear" and generate it again.',
  );
}

/** The folders that got a new entry when `folder` was made, of which `first` was the first missing. */
function parentsOf(folder: string, first: string): string[] {
  const parents = [path.dirname(folder)];
  while (parents.at(-1) !== path.dirname(first) && parents.length < folder.length) {
    parents.push(path.dirname(parents.at(-1)!));
  }
  return parents;
}
