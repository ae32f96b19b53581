/**
 * Facts of one region as Parquet: `facts/<table>/dt=YYYY-MM-DD/part-<region>.parquet`, a UTC day at a time.
 *
 * One file holds a day, however many runs it took: a commit within a day writes a whole file of the rows so far, and the
 * checkpoint keeps the rows of the last row group, so that the next run writes the file that an undisturbed one would
 * have. Names and commits are those of the CSV sink; docs/operations.md tells what a crash leaves.
 */
import { FACT_NAMES, type FactName, type FactSink } from '../../domain/facts.ts';
import type { Sections } from '../../domain/plain-data.ts';
import { fsyncDir } from '../../tables/atomic-file.ts';
import { outputFault } from '../../tables/output-fault.ts';
import { type FilePort, nodeFiles } from '../csv/file-port.ts';
import { type DayParts, dtOf, type OpenPart, partFile } from '../csv/part-files.ts';
import { syncAll } from '../csv/sync-all.ts';
import { entryName } from '../../domain/formats.ts';
import { keptName } from './kept-part.ts';
import { ParquetPart } from './parquet-part.ts';
import { bytesIn, rowsByTable, rowsIn, sinkInto } from '../part-sums.ts';

/** Beginning of the names of the sections that `save` returns. */
const SECTIONS = 'parquet/';
/** Section with the tables that have rows of the open day. */
const TABLES = `${SECTIONS}tables`;

export interface ParquetRegionOptions {
  readonly factsDir: string;
  readonly region: number;
  /** Rows of a full row group; fewer in tests. */
  readonly groupRows?: number;
  /** Replaces `node:fs` in tests. */
  readonly fs?: FilePort;
}

export class ParquetRegionSink {
  /** Takes the facts of the open day. Throws OutputError if writing a row group fails. */
  readonly facts: FactSink;
  private readonly factsDir: string;
  private readonly region: number;
  private readonly fs: FilePort;
  private readonly parts: readonly ParquetPart[];
  private dt = '';
  private closedDays: DayParts[] = [];
  private keptFiles: string[] = [];
  private changedFolders = new Set<string>();
  /** Rows of the open day at the last `suspend` or `detach`. */
  private saved: Sections = {};

  constructor({ factsDir, region, groupRows, fs = nodeFiles }: ParquetRegionOptions) {
    this.factsDir = factsDir;
    this.region = region;
    this.fs = fs;
    this.parts = FACT_NAMES.map((table) => new ParquetPart(table, fs, groupRows));
    this.facts = sinkInto(this.parts);
  }

  get rows(): number {
    return rowsIn(this.parts);
  }

  get bytes(): number {
    return bytesIn(this.parts);
  }

  rowsByTable(): Record<FactName, number> {
    return rowsByTable(this.parts);
  }

  /**
   * Opens the parts of the UTC day that begins at `dayMs`, and continues those with rows in `saved`, the result of
   * `save`. Throws OutputError, and InputError for a file that is shorter than it was.
   */
  openDay(
    dayMs: number,
    resume: readonly OpenPart[] = [],
    changedFolders: readonly string[] = [],
    saved: Sections = {},
  ): void {
    this.dt = dtOf(dayMs);
    this.changedFolders = new Set(changedFolders);
    const continued = (saved[TABLES] ?? []) as readonly string[];
    for (const part of this.parts) {
      const { table } = part;
      const file = partFile(this.factsDir, table, this.dt, this.region, 'parquet');
      if (!continued.includes(table)) {
        part.begin(file);
        continue;
      }
      const open = resume.find(
        (each) => each.table === table && each.dt === this.dt && each.format === 'parquet',
      );
      part.resume(file, open, saved, prefixOf(table));
      if (part.isKept) this.keptFiles.push(keptName(file));
    }
  }

  /** Completes the open day's parts; resolves when they are on disk. Throws, and rejects with, OutputError. */
  closeDay(): Promise<void> {
    const made = this.finished();
    for (const part of made) part.place();
    const files = made.map((part) => ({ file: part.file, descriptor: part.release() }));
    const parts = made.map(({ table, fileBytes: bytes, crc32 }) => [
      entryName(table, 'parquet'),
      { bytes, crc32 },
    ]);
    const day = { dt: this.dt, parts: Object.fromEntries(parts) };
    const durable = syncAll(this.fs, files, this.changedFolders).then(() => {
      this.closedDays.push(day);
    });
    // Prevents an unhandled rejection; the caller that awaits the promise gets the error.
    durable.catch(() => {});
    return durable;
  }

  takeClosedDays(): DayParts[] {
    const days = this.closedDays;
    this.closedDays = [];
    return days;
  }

  /** Writes the open day's parts as they are now, and syncs them. Returns them for a checkpoint. */
  suspend(): OpenPart[] {
    this.saved = this.rowsNow();
    const made = this.finished();
    for (const part of made) part.sync();
    for (const part of made) part.place();
    for (const part of made) this.fs.closeSync(part.release());
    for (const folder of this.changedFolders) fsyncDir(folder, this.fs);
    return this.openParts(made);
  }

  /** Closes the open day's unfinished files, so that another sink can continue them. */
  detach(): { openParts: OpenPart[]; changedFolders: string[] } {
    this.saved = this.rowsNow();
    for (const part of this.parts) {
      part.close();
      for (const folder of part.takeChangedFolders()) this.changedFolders.add(folder);
    }
    const made = this.parts.filter(({ isMade }) => isMade);
    return { openParts: this.openParts(made), changedFolders: [...this.changedFolders] };
  }

  /** Returns the rows of the open day that `openDay` needs, as of the last `suspend` or `detach`. */
  save(): Sections {
    const { saved } = this;
    this.saved = {};
    return saved;
  }

  /** Called after a commit: removes the parts as they were at the one before. Throws OutputError. */
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

  /** Discards the open day; what fails here, the next `recover` does. */
  abort(): void {
    for (const part of this.parts) {
      try {
        part.abandon();
      } catch {
        // The next `recover` does it.
      }
    }
  }

  /** Finishes the files of the open day, and returns the parts that have one. */
  private finished(): ParquetPart[] {
    const made = this.parts.filter(({ hasRows }) => hasRows);
    for (const part of made) {
      part.finish();
      for (const folder of part.takeChangedFolders()) this.changedFolders.add(folder);
    }
    return made;
  }

  private rowsNow(): Sections {
    const open = this.parts.filter(({ hasRows }) => hasRows);
    if (open.length === 0) return {};
    return Object.assign(
      { [TABLES]: open.map(({ table }) => table) },
      ...open.map((part) => part.save(prefixOf(part.table))),
    ) as Sections;
  }

  private openParts(made: readonly ParquetPart[]): OpenPart[] {
    const { dt } = this;
    return made.map(({ table, fileBytes: bytes, crc32 }) => ({
      table,
      dt,
      bytes,
      crc32,
      format: 'parquet',
    }));
  }
}

function prefixOf(table: string): string {
  return `${SECTIONS}${table}/`;
}

/** Returns the rows of the open day among the sections of a checkpoint. */
export function openRowsOf(sections: Sections): Sections {
  return Object.fromEntries(Object.entries(sections).filter(([name]) => name.startsWith(SECTIONS)));
}
