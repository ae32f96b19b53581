/**
 * Facts of one region as CSV: `facts/<table>/dt=YYYY-MM-DD/part-<region>.csv`, a UTC day at a time.
 *
 * A part grows under a temporary name and gets its own when its day is over, or when the run ends
 * within the day; without a row there is none. Nothing counts until a checkpoint says so: after a crash `recover` takes the files
 * back to the last one.
 *
 * In a world that compresses, a day that is over is stored as `part-<region>.csv.gz` or `.csv.zst`, and
 * only a day that is not over lies there as plain `part-<region>.csv`.
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

export type { FilePort } from './file-port.ts';
export type { DayParts, OpenPart } from './part-files.ts';
export { type FactsCheckpoint, recover } from './recover.ts';

const BUFFER_BYTES = 256 * 1024;

export interface CsvRegionOptions {
  readonly factsDir: string;
  readonly region: number;
  /** Size of each table's buffer. */
  readonly bufferBytes?: number;
  /** Compresses the parts of days that are over; they stay as they are without it. */
  readonly compressor?: Compressor;
  /** For tests; `node:fs` otherwise. */
  readonly fs?: FilePort;
}

export class CsvRegionSink {
  /** Takes the facts of the open day; a full buffer goes to its file, which can throw OutputError. */
  readonly facts: FactSink;
  private readonly factsDir: string;
  private readonly region: number;
  private readonly fs: FilePort;
  private readonly compressor: Compressor | undefined;
  /** Plain files that a crash before the next commit would have to go back to. */
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
    this.facts = Object.fromEntries(
      this.parts.map(({ table, put }) => [table, put]),
    ) as unknown as FactSink;
  }

  /** Rows taken so far. */
  get rows(): number {
    return this.parts.reduce((sum, { rows }) => sum + rows, 0);
  }

  /** Bytes written so far. */
  get bytes(): number {
    return this.parts.reduce((sum, { writtenBytes }) => sum + writtenBytes, 0);
  }

  /** Rows taken so far, by table. */
  rowsByTable(): Record<FactName, number> {
    const rows = this.parts.map(({ table, rows }) => [table, rows]);
    return Object.fromEntries(rows) as Record<FactName, number>;
  }

  /**
   * Opens the parts of the UTC day that begins at `dayMs`: those in `resume` as they were when they
   * had the given lengths, the others anew. `changedFolders` is what `detach` gave with them. Throws
   * OutputError, and InputError for a part that is shorter than that.
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
      const open = resume.find(({ table, dt }) => table === part.table && dt === this.dt);
      if (open === undefined) part.begin(file);
      else this.resume(part, file, open);
    }
  }

  /**
   * Gives the open day's parts their names. The promise is kept when they are on disk: wait for it
   * before a checkpoint, the next day may begin meanwhile. Throws, and rejects with, OutputError.
   */
  closeDay(): Promise<void> {
    const made = this.flushed();
    const durable =
      this.compressor === undefined ? this.keep(made) : this.compress(made, this.compressor);
    // Whoever waits learns of a failure; it is no unhandled one until somebody does.
    durable.catch(() => {});
    return durable;
  }

  /** Removes what only a crash before the commit would have needed; call it once that has happened. */
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

  /** What the days hold that were closed, and are on disk, since this was last asked. */
  takeClosedDays(): DayParts[] {
    const days = this.closedDays;
    this.closedDays = [];
    return days;
  }

  /** The open day's parts that have rows, all of them handed to the system. */
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
      // Not synced: nobody needs a plain part of a day that is over once the compressed one is there.
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

  /** Notes what a day holds, once it is on disk. */
  private async recorded(
    dt: string,
    stored: readonly (FileDigest & { readonly table: FactName })[],
    durable: Promise<void>,
  ): Promise<void> {
    await durable;
    const parts = stored.map(({ table, bytes, crc32 }) => [table, { bytes, crc32 }]);
    this.closedDays.push({ dt, parts: Object.fromEntries(parts) });
  }

  /** As `closeDay`, but within the day and at once on disk: what a checkpoint there must record. */
  suspend(): OpenPart[] {
    const made = this.flushed();
    for (const part of made) part.sync();
    for (const part of made) part.place();
    for (const part of made) this.fs.closeSync(part.release());
    for (const folder of this.changedFolders) fsyncDir(folder, this.fs);
    return this.openParts(made);
  }

  /** Closes the open day's files as they are, unfinished: another sink goes on with them by `openDay`. */
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
   * Lets go of the open day: new parts go, resumed ones are as they were. What can't be undone now
   * (the disk may be the reason for the abort) is left to `recover`.
   */
  abort(): void {
    for (const part of this.parts) {
      try {
        part.abandon();
      } catch {
        // Left to `recover`.
      }
    }
  }
}
