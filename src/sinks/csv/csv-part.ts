/** One region's parts of one table: a file for each day with rows, written through a buffer. */
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
  /** Writes a record of the table. */
  readonly put: (record: never) => void;
  /** Length of the open file without the buffer's content, bytes. */
  fileBytes = 0;
  /** CRC-32 of the first `fileBytes` bytes of the open file. */
  crc32 = 0;
  /** Bytes written to files by this object. */
  writtenBytes = 0;
  /** Final name of the open file. */
  file = '';
  private readonly fs: FilePort;
  private readonly header: string;
  private readonly writer: ByteWriter;
  private descriptor = CLOSED;
  /** Length that `abandon` restores; undefined if the file is new. */
  private resumedBytes: number | undefined;
  /** Rows written before the open part. */
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

  /** Begins a part. Its file is created with the first row; without rows there is no file. */
  begin(file: string): void {
    this.file = file;
    this.resumedBytes = undefined;
    this.fileBytes = 0;
    this.crc32 = 0;
    this.rowsBefore = this.writer.rows;
    this.writer.reserve(this.header.length);
    this.writer.ascii(this.header);
  }

  /** Continues a part after its first `bytes` bytes, whose CRC-32 is `crc`. Throws InputError if it has fewer bytes. */
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

  /** Returns the folders that were changed since the last call. */
  takeChangedFolders(): string[] {
    const { changedFolders } = this;
    this.changedFolders = [];
    return changedFolders;
  }

  /** Whether the open file already existed when it was opened. */
  get resumed(): boolean {
    return this.resumedBytes !== undefined;
  }

  /** Writes the buffer to the file; a header without rows is dropped. Throws OutputError. */
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

  /** Returns the descriptor of the open file; the caller must close it. */
  release(): number {
    const { descriptor } = this;
    this.descriptor = CLOSED;
    return descriptor;
  }

  /** Removes the open file, or restores its length at `resume`. */
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

/** Returns the size of a file; undefined if there is none. */
export function sizeOf(fs: FilePort, file: string): number | undefined {
  return fs.statSync(file, { throwIfNoEntry: false })?.size;
}

/** Returns the error for a part that is shorter than a checkpoint requires. */
export function shortened(file: string, found: number, expected: number): InputError {
  return new InputError(
    `Cannot continue "${file}": it has ${found} bytes, expected at least ${expected}. ` +
      'Restore the file, or remove the world with "sim clear" and generate it again.',
  );
}

/** Returns the folders that got a new entry when `folder` was created. @param first the first missing folder */
export function parentsOf(folder: string, first: string): string[] {
  const parents = [path.dirname(folder)];
  while (parents.at(-1) !== path.dirname(first) && parents.length < folder.length) {
    parents.push(path.dirname(parents.at(-1)!));
  }
  return parents;
}
