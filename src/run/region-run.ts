/** The interface of a world for its history: its regions' simulations, sinks and tables. */
import type { RecordOf } from '../domain/columns.ts';
import type { CLOSING } from '../domain/dimensions.ts';
import type { FactSink } from '../domain/facts.ts';
import type { CommandBook } from '../entities/command-book.ts';
import type { RegionView } from '../entities/live-view.ts';
import type { Sections } from '../domain/plain-data.ts';
import type { DayParts, OpenPart } from '../sinks/csv/csv-region.ts';
import type { StagedTable } from '../store/commit.ts';
import type { Zone } from './expected-crowd.ts';
import type { WorldIdentity } from '../store/manifest.ts';
import type { RegionWorker } from './threads/region-worker.ts';
import type { RowCounts } from './row-counts.ts';

export type ClosingName = keyof typeof CLOSING;

/** Records of the closing tables, by table. */
export type ClosingRecords = {
  readonly [Name in ClosingName]: Iterable<RecordOf<(typeof CLOSING)[Name]>>;
};

/** Saved state of a region. */
export type SavedRegion = Sections;

/** One region's simulation. */
export interface RegionRun {
  /** Runs everything that happens before `toMs`. */
  advance(toMs: number): void;
  /** Returns the state for a checkpoint. */
  save(): SavedRegion;
  closing(): ClosingRecords;
  /** Returns the live view of the region; missing if there is none. */
  look?(): RegionView;
}

/** Writes one region's facts to files, one UTC day at a time. */
export interface RegionSink {
  readonly facts: FactSink;
  /** Rows and bytes so far. */
  readonly rows: number;
  readonly bytes: number;
  /** Returns rows so far, by table; missing if the sink keeps no counts. */
  rowsByTable?(): RowCounts;
  /** Returns the digests of days that were closed, and are on disk, since the last call; missing if it keeps none. */
  takeClosedDays?(): readonly DayParts[];
  /** Opens the parts of a day, or continues a suspended day. */
  openDay(
    dayMs: number,
    resume?: readonly OpenPart[],
    changedFolders?: readonly string[],
    saved?: Sections,
  ): void;
  /** Completes the open day's parts; resolves when they are on disk. */
  closeDay(): Promise<void>;
  /** Syncs the open day's parts, so that another run can continue them. */
  suspend(): readonly OpenPart[];
  /** Closes the files of the open day without waiting for the disk, so that another sink can continue them. */
  detach(): { readonly openParts: readonly OpenPart[]; readonly changedFolders: readonly string[] };
  /** Returns the rows of the open day that a checkpoint must keep, since the last `suspend` or `detach`; missing if all are in files. */
  save?(): Sections;
  /** Called after a commit that includes all days closed or suspended before it. */
  committed(): void;
  /** Closes all files; their content no longer matters. */
  abort(): void;
}

export interface HistoryWorld {
  readonly identity: WorldIdentity;
  readonly regionIds: readonly number[];
  /** False for a shard: other runs generate the other regions of the world. */
  readonly whole?: boolean;
  /** Returns the amount of work in a region relative to others; equal for all if missing. */
  weightOf?(regionId: number): number;
  /** Returns the time zones of its stores, for estimates; all over the country if missing. */
  zones?(): readonly Zone[];
  /** False for a world without closing tables, whose files can't be audited. */
  readonly keepsClosing?: boolean;
  /** False for a shard if another shard writes the masters. */
  readonly keepsMasters?: boolean;
  /** Returns notes for the user. */
  warnings(): readonly string[];
  /** Starts a region at the opening of the world, or restores it. @param saved result of `save` */
  openRegion(regionId: number, facts: FactSink, saved?: SavedRegion): RegionRun;
  openSink(regionId: number): RegionSink;
  /** Closes the shared resources of all sinks; none may be in use. */
  closeSinks?(): Promise<void>;
  /** Writes the masters, each completely or not at all. @param onTable called before each table is written */
  writeMasters(onTable?: (table: string) => void): void;
  /** Writes the description of the tables' types if the file is missing. */
  writeSchema?(): void;
  /** Yields the tables that grow with the history, at an instant. */
  calendarTables(committedMs: number): Iterable<StagedTable>;
  /** Returns the commands from outside for all its regions; if missing, there are none. */
  commands?(): CommandBook;
  /** Starts threads in advance for `startThread`; they load their modules while the world is built. */
  warmThreads?(count: number): void;
  /** Starts a thread that simulates regions of this world; if missing, a run uses only its own thread. */
  startThread?(): RegionWorker;
  /** Ends threads that were started in advance and not used. */
  closeThreads?(): Promise<void>;
}
