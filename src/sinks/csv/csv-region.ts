/**
 * Facts of one region as CSV: `facts/<table>/dt=YYYY-MM-DD/part-<region>.csv`, a UTC day at a time.
 *
 * A part is written under a temporary name and gets its final name when its day is over, or when the run ends
 * within the day; a table without rows has no part. Files are valid only up to the last checkpoint: after a crash
 * `recover` restores their state at that checkpoint.
 *
 * In a world with compression, a day that is over is stored as `part-<region>.csv.gz` or `.csv.zst`;
 * only a day that is not over has a plain `part-<region>.csv`.
 */
import { FACT_NAMES, type FactName, type FactSink } from '../../domain/facts.ts';
import { fsyncDir } from '../../tables/atomic-file.ts';
import { outputFault } from '../../tables/output-fault.ts';
import { RowStamps } from '../../tables/row-stamps.ts';
import type { Compressor } from './compressor.ts';
import { CsvPart, sizeOf } from './csv-part.ts';
import { type FilePort, nodeFiles } from './file-port.ts';
import { crc32Of } from './file-digest.ts';
import {
  type DayParts,
  dtOf,
  type FileDigest,
  type OpenPart,
  partFile,
  temporaryOf,
} from './part-files.ts';
import { syncAll, syncFolders } from './sync-all.ts';
import { bytesIn, rowsByTable, rowsIn, sinkInto } from '../part-sums.ts';

export type { FilePort } from './file-port.ts';
export type { DayParts, OpenPart } from './part-files.ts';
export { type FactsCheckpoint, recover } from './recover.ts';

const BUFFER_BYTES = 256 * 1024;

export interface CsvRegionOptions {
  readonly factsDir: string;
  readonly region: number;
  /** Size of each table's buffer. */
  readonly bufferBytes?: number;
  /** Compresses the parts of days that are over; without it they stay plain. */
  readonly compressor?: Compressor | undefined;
  /** Replaces `node:fs` in tests. */
  readonly fs?: FilePort;
}

export class CsvRegionSink {
  /** Writes the facts of the open day. Throws OutputError if writing a full buffer fails. */
  readonly facts: FactSink;
  private readonly factsDir: string;
  private readonly region: number;
  private readonly fs: FilePort;
  private readonly compressor: Compressor | undefined;
  /** Plain files that recovery would need after a crash before the next commit. */
  private keptFiles: string[] = [];
  private readonly parts: readonly CsvPart[];
  private dt = '';
  private closedDays: DayParts[] = [];
  private changedFolders = new Set<string>();

  constructor(options: CsvRegionOptions) {
    const { factsDir, region, bufferBytes = BUFFER_BYTES, fs = nodeFiles, compressor } = options;
    this.factsDir = factsDir;
    this.region = region;
    this.fs = fs;
    this.compressor = compressor;
    const stamps = new RowStamps();
    this.parts = FACT_NAMES.map((table) => new CsvPart(table, bufferBytes, fs, stamps));
    this.facts = sinkInto(this.parts);
  }

  /** Number of rows so far. */
  get rows(): number {
    return rowsIn(this.parts);
  }

  /** Number of bytes written so far. */
  get bytes(): number {
    return bytesIn(this.parts);
  }

  /** Returns the number of rows so far, by table. */
  rowsByTable(): Record<FactName, number> {
    return rowsByTable(this.parts);
  }

  /**
   * Opens the parts of the UTC day that begins at `dayMs`: continues those in `resume` at their given lengths,
   * begins the others. `changedFolders` is the result of `detach`. Throws
   * OutputError, and InputError for a part that is shorter than its given length.
   */
  openDay(
    dayMs: number,
    resume: readonly OpenPart[] = [],
    changedFolders: readonly string[] = [],
  ): void {
    this.dt = dtOf(dayMs);
    this.changedFolders = new Set(changedFolders);
    for (const part of this.parts) {
      const file = partFile(this.factsDir, part.table, this.dt, this.region);
      const open = resume.find(
        ({ table, dt, format }) => table === part.table && dt === this.dt && format === undefined,
      );
      if (open === undefined) part.begin(file);
      else this.resume(part, file, open);
    }
  }

  /**
   * Gives the open day's parts their final names. Resolves when they are on disk: await it
   * before a checkpoint; the next day may begin meanwhile. Throws, and rejects with, OutputError.
   */
  closeDay(): Promise<void> {
    const made = this.flushed();
    const durable =
      this.compressor === undefined ? this.keep(made) : this.compress(made, this.compressor);
    // Prevents an unhandled rejection; the caller that awaits the promise gets the error.
    durable.catch(() => {});
    return durable;
  }

  /** Called after a commit: removes files that only recovery before it would have needed. Throws OutputError. */
  committed(): void {
    for (const file of this.keptFiles) {
      try {
        this.fs.rmSync(file, { force: true });
      } catch (error) {
        throw outputFault(file, error);
      }
    }
    this.keptFiles = [];
  }

  /** Returns the digests of the days that were closed, and are on disk, since the last call. */
  takeClosedDays(): DayParts[] {
    const days = this.closedDays;
    this.closedDays = [];
    return days;
  }

  /** Flushes the open day's parts and returns those with rows. */
  private flushed(): CsvPart[] {
    for (const part of this.parts) {
      part.flush();
      for (const folder of part.takeChangedFolders()) this.changedFolders.add(folder);
    }
    return this.parts.filter(({ isMade }) => isMade);
  }

  private resume(part: CsvPart, file: string, open: OpenPart): void {
    const place = sizeOf(this.fs, file) === undefined ? temporaryOf(file) : file;
    const { bytes, crc32 = sizeOf(this.fs, place) && crc32Of(place, bytes) } = open;
    part.resume(file, bytes, crc32 ?? 0);
  }

  private keep(made: readonly CsvPart[]): Promise<void> {
    for (const part of made) part.place();
    const files = made.map((part) => ({ file: part.file, descriptor: part.release() }));
    const stored = made.map(({ table, fileBytes: bytes, crc32 }) => ({
      table,
      bytes,
      crc32,
    }));
    return this.recorded(this.dt, stored, syncAll(this.fs, files, this.changedFolders));
  }

  private async compress(made: readonly CsvPart[], compressor: Compressor): Promise<void> {
    const { dt, changedFolders: folders } = this;
    const jobs = made.map((part) => {
      // Not synced: the plain part of a day that is over is not needed when the compressed one exists.
      this.fs.closeSync(part.release());
      return { part: part.file, bytes: part.fileBytes, keepPlain: part.resumed };
    });
    for (const { part, keepPlain } of jobs) if (keepPlain) this.keptFiles.push(temporaryOf(part));
    const results = await Promise.allSettled(jobs.map((job) => compressor.compress(job)));
    const stored = results.map((result, at) => {
      if (result.status === 'rejected') throw result.reason;
      return { table: made[at].table, ...result.value };
    });
    await this.recorded(dt, stored, syncFolders(this.fs, folders));
  }

  /** Records the digests of a day when it is on disk. */
  private async recorded(
    dt: string,
    stored: readonly (FileDigest & { readonly table: FactName })[],
    durable: Promise<void>,
  ): Promise<void> {
    await durable;
    const parts = stored.map(({ table, bytes, crc32 }) => [table, { bytes, crc32 }]);
    this.closedDays.push({ dt, parts: Object.fromEntries(parts) });
  }

  /** Like `closeDay`, but within the day and synced at once. Returns the open parts for a checkpoint. */
  suspend(): OpenPart[] {
    const made = this.flushed();
    for (const part of made) part.sync();
    for (const part of made) part.place();
    for (const part of made) this.fs.closeSync(part.release());
    for (const folder of this.changedFolders) fsyncDir(folder, this.fs);
    return this.openParts(made);
  }

  /** Closes the open day's unfinished files, so that another sink can continue them with `openDay`. */
  detach(): { openParts: OpenPart[]; changedFolders: string[] } {
    const made = this.flushed();
    for (const part of made) this.fs.closeSync(part.release());
    return { openParts: this.openParts(made), changedFolders: [...this.changedFolders] };
  }

  private openParts(made: readonly CsvPart[]): OpenPart[] {
    const { dt } = this;
    return made.map(({ table, fileBytes: bytes, crc32 }) => ({ table, dt, bytes, crc32 }));
  }

  /**
   * Discards the open day: removes new parts and restores resumed ones. If this fails
   * (a disk error may be the reason for the abort), the next `recover` does it.
   */
  abort(): void {
    for (const part of this.parts) {
      try {
        part.abandon();
      } catch {
        // The next `recover` does it.
      }
    }
  }
}
