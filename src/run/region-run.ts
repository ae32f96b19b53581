/** What the history asks of a world: its regions' simulations, sinks and tables. */
import type { RecordOf } from '../domain/columns.ts';
import type { CLOSING } from '../domain/dimensions.ts';
import type { FactSink } from '../domain/facts.ts';
import type { LiveBook } from '../entities/live-book.ts';
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

/** What a region is restored from. */
export type SavedRegion = Sections;

/** One region's simulation. */
export interface RegionRun {
  /** Runs everything that happens before `toMs`. */
  advance(toMs: number): void;
  /** All live state, for a checkpoint. */
  save(): SavedRegion;
  closing(): ClosingRecords;
  /** The region as those who watch it see it; missing where nobody can. */
  look?(): RegionView;
}

/** Takes one region's facts to files, a UTC day at a time. */
export interface RegionSink {
  readonly facts: FactSink;
  /** Rows and bytes taken so far. */
  readonly rows: number;
  readonly bytes: number;
  /** Rows taken so far, by table; missing where nothing is kept of them. */
  rowsByTable?(): RowCounts;
  /** What the days hold that were closed, and are on disk, since this was last asked; missing where nothing is kept of them. */
  takeClosedDays?(): readonly DayParts[];
  /** Opens the parts of a day; a day that was suspended goes on where it stood. */
  openDay(dayMs: number, resume?: readonly OpenPart[], changedFolders?: readonly string[]): void;
  /** Completes the open day's parts; the promise is kept when they are on disk. */
  closeDay(): Promise<void>;
  /** Puts what there is of the open day on disk, to go on in another run. */
  suspend(): readonly OpenPart[];
  /** Closes the files of the open day without waiting for the disk: another sink goes on with them. */
  detach(): { readonly openParts: readonly OpenPart[]; readonly changedFolders: readonly string[] };
  /** Told when a commit holds that has all that was closed or suspended before it. */
  committed(): void;
  /** Lets go of all files; their content no longer matters. */
  abort(): void;
}

export interface HistoryWorld {
  readonly identity: WorldIdentity;
  readonly regionIds: readonly number[];
  /** False for a shard: other regions of the world are made elsewhere. */
  readonly whole?: boolean;
  /** How much there is to do in a region, relative to others; all alike where it is missing. */
  weightOf?(regionId: number): number;
  /** Where its stores lie, for estimates; all over the country where it is missing. */
  zones?(): readonly Zone[];
  /** False for a world without closing tables: its files are not for audits. */
  readonly keepsClosing?: boolean;
  /** False for a shard whose masters another one writes. */
  readonly keepsMasters?: boolean;
  /** Sentences that a user should read once. */
  warnings(): readonly string[];
  /** Starts a region at the opening of the world, or goes on from what `save` gave. */
  openRegion(regionId: number, facts: FactSink, saved?: SavedRegion): RegionRun;
  openSink(regionId: number): RegionSink;
  /** Ends what all sinks share; none may be at work. */
  closeSinks?(): Promise<void>;
  /** Writes the tables that never change, whole or not at all; tells each before it is written. */
  writeMasters(onTable?: (table: string) => void): void;
  /** Writes what tells readers the tables' types, unless it is there; missing where nothing does. */
  writeSchema?(): void;
  /** Tables that grow with the history, as they stand at an instant. */
  calendarTables(committedMs: number): Iterable<StagedTable>;
  /** Commands from outside, as all its regions see them; without it there are none. */
  live?(): LiveBook;
  /** Starts threads ahead that `startThread` takes; they load while the world is built. */
  warmThreads?(count: number): void;
  /** Starts a thread that moves regions of this world; without it a run keeps to its own thread. */
  startThread?(): RegionWorker;
  /** Ends threads that were started ahead and not taken. */
  closeThreads?(): Promise<void>;
}
