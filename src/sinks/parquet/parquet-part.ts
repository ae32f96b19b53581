/** One region's Parquet parts of one table: a file for each day with rows, written a row group at a time. */
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { FACTS, type FactName } from '../../domain/facts.ts';
import { makeFolder } from '../../domain/make-folder.ts';
import type { Sections } from '../../domain/plain-data.ts';
import { writeAll } from '../../tables/atomic-file.ts';
import { outputFault } from '../../tables/output-fault.ts';
import { GROUP_ROWS, ParquetEncoder } from '../../tables/parquet/encoder.ts';
import { crc32Of } from '../csv/file-digest.ts';
import { parentsOf, shortened, sizeOf } from '../csv/csv-part.ts';
import type { FilePort } from '../csv/file-port.ts';
import { type OpenPart, temporaryOf } from '../csv/part-files.ts';
import { keptName } from './kept-part.ts';

const CLOSED = -1;
const COPY_BYTES = 1024 * 1024;

export class ParquetPart {
  readonly table: FactName;
  /** Takes a record of the table. */
  readonly put: (record: never) => void;
  /** Length of the open file, bytes. */
  fileBytes = 0;
  /** CRC-32 of the open file. */
  crc32 = 0;
  /** Bytes written to files by this object. */
  writtenBytes = 0;
  /** Final name of the open file. */
  file = '';
  /** Whether the part as it was at the last commit is kept under another name. */
  isKept = false;
  private readonly fs: FilePort;
  private readonly encoder: ParquetEncoder;
  private descriptor = CLOSED;
  /** Rows of this object in files before the open one, less those that the open one was resumed with. */
  private rowsBefore = 0;
  private changedFolders: string[] = [];

  constructor(table: FactName, fs: FilePort, groupRows = GROUP_ROWS) {
    const encoder = new ParquetEncoder(FACTS[table].columns, groupRows);
    this.table = table;
    this.fs = fs;
    this.encoder = encoder;
    this.put = (record) => {
      if (encoder.isFull) this.append(encoder.takeGroup());
      encoder.put(record);
    };
  }

  get rows(): number {
    return this.rowsBefore + this.encoder.rows;
  }

  /** Begins a part. Its file is created with the first row group; without rows there is no file. */
  begin(file: string): void {
    this.file = file;
    this.fileBytes = 0;
    this.crc32 = 0;
    this.isKept = false;
    this.rowsBefore += this.encoder.rows;
    this.encoder.begin();
  }

  /**
   * Continues a part with its saved rows: behind the row groups of the file of a commit, which is kept as it is until the
   * next commit, or behind those in the file of another worker. Throws InputError if the file is too short.
   */
  resume(file: string, open: OpenPart | undefined, saved: Sections, prefix: string): void {
    this.begin(file);
    const groupBytes = this.encoder.restore(saved, prefix);
    this.rowsBefore -= this.encoder.rows;
    this.guard(() => {
      const size = sizeOf(this.fs, file);
      if (size === undefined) this.reopen(groupBytes);
      else {
        if (size < (open?.bytes ?? 0)) throw shortened(file, size, open!.bytes);
        this.fs.renameSync(file, keptName(file));
        this.changedFolders.push(path.dirname(file));
        this.copyGroups(groupBytes);
      }
      this.isKept = sizeOf(this.fs, keptName(file)) !== undefined;
    });
  }

  /** Whether the part has rows. */
  get hasRows(): boolean {
    return this.encoder.rows > 0;
  }

  /** Whether there is a file. */
  get isMade(): boolean {
    return this.fileBytes > 0;
  }

  /** Returns the folders that were changed since the last call. */
  takeChangedFolders(): string[] {
    const { changedFolders } = this;
    this.changedFolders = [];
    return changedFolders;
  }

  /** Returns the rows and the footer so far, as plain data. */
  save(prefix: string): Sections {
    return this.encoder.save(prefix);
  }

  /** Writes the last row group and the footer, if there are rows. Throws OutputError. */
  finish(): void {
    if (this.hasRows) this.append(this.encoder.finish());
  }

  /** Waits until the finished file is on disk. Throws OutputError. */
  sync(): void {
    this.guard(() => this.fs.fdatasyncSync(this.descriptor));
  }

  /** Gives the finished file its final name. Throws OutputError. */
  place(): void {
    this.guard(() => this.fs.renameSync(temporaryOf(this.file), this.file));
  }

  /** Returns the descriptor of the open file; the caller must close it. */
  release(): number {
    const { descriptor } = this;
    this.descriptor = CLOSED;
    return descriptor;
  }

  /** Closes the open file without finishing it. */
  close(): void {
    if (this.descriptor !== CLOSED) this.fs.closeSync(this.release());
  }

  /** Removes the open file, and restores that of the last commit. */
  abandon(): void {
    const isOpen = this.descriptor !== CLOSED;
    this.close();
    if (isOpen) this.fs.rmSync(temporaryOf(this.file), { force: true });
    if (this.isKept) this.fs.renameSync(keptName(this.file), this.file);
    this.isKept = false;
  }

  /** Opens the file of another worker behind its row groups. */
  private reopen(groupBytes: number): void {
    if (groupBytes === 0) return;
    const temporary = temporaryOf(this.file);
    const found = sizeOf(this.fs, temporary) ?? 0;
    if (found < groupBytes) throw shortened(this.file, found, groupBytes);
    this.descriptor = this.fs.openSync(temporary, 'a');
    this.fs.ftruncateSync(this.descriptor, groupBytes);
    this.fileBytes = groupBytes;
    this.crc32 = crc32Of(temporary, groupBytes);
    this.changedFolders.push(path.dirname(this.file));
  }

  /** Copies the row groups of the kept part. */
  private copyGroups(groupBytes: number): void {
    if (groupBytes === 0) return;
    const { fs } = this;
    const from = fs.openSync(keptName(this.file), 'r');
    try {
      const piece = new Uint8Array(Math.min(COPY_BYTES, groupBytes));
      for (let left = groupBytes; left > 0; ) {
        const read = fs.readSync(from, piece, 0, Math.min(piece.length, left), null);
        if (read === 0) throw shortened(this.file, groupBytes - left, groupBytes);
        this.append(piece.subarray(0, read));
        left -= read;
      }
    } finally {
      fs.closeSync(from);
    }
  }

  private append(bytes: Uint8Array): void {
    this.guard(() => {
      if (this.descriptor === CLOSED) this.openNew();
      writeAll(this.descriptor, bytes, this.fs.writeSync);
    });
    this.crc32 = crc32(bytes, this.crc32);
    this.fileBytes += bytes.length;
    this.writtenBytes += bytes.length;
  }

  private openNew(): void {
    const temporary = temporaryOf(this.file);
    const folder = path.dirname(temporary);
    const first = makeFolder(folder, this.fs.mkdirSync);
    this.descriptor = this.fs.openSync(temporary, 'w');
    this.changedFolders.push(folder, ...(first === undefined ? [] : parentsOf(folder, first)));
  }

  private guard<Result>(step: () => Result): Result {
    try {
      return step();
    } catch (error) {
      throw outputFault(this.file, error);
    }
  }
}
