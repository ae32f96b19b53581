/** Simulates regions: in this thread (`RegionGroup`) or in another one (`ThreadWorker`). */
import type { Sections } from '../../domain/plain-data.ts';
import type { RegionView } from '../../entities/live-view.ts';
import type { OpenPart } from '../../sinks/csv/csv-region.ts';
import type { Manifest } from '../../store/manifest.ts';
import type { PartList } from '../../store/part-list.ts';
import type { RowCounts } from '../row-counts.ts';

/** A region's entry in the manifest. */
export type CommittedRegion = Manifest['regions'][number];

/** Rows and bytes of written facts. */
export interface Written {
  readonly rows: number;
  readonly bytes: number;
}

/** A region that is passed from one worker to another: its state, and its open files. */
export interface HandedRegion {
  readonly sections: Sections;
  readonly atMs: number;
  readonly openParts: readonly OpenPart[];
  /** Folders that must be synced before the open parts count as written. */
  readonly changedFolders: readonly string[];
  /** Rows and bytes since the last call of `advance`. */
  readonly written: Written;
  /** Rows of each table since the world began, if known. */
  readonly rows?: RowCounts;
  /** Digests of its closed days, if known. */
  readonly partList?: PartList | undefined;
}

/** The start of a region: the last commit, or another worker. */
export interface RegionOrigin {
  readonly atMs: number;
  /** Folder of the checkpoints in `committed`, if it is not that of the run. */
  readonly folder?: string;
  /** Its entry in the manifest. A new world has neither this nor `handed`. */
  readonly committed?: CommittedRegion;
  readonly handed?: HandedRegion;
}

export interface RegionWorker {
  /** Opens a region. */
  open(regionId: number, origin: RegionOrigin): Promise<void>;
  /** Runs all events before `endMs`, which is in the same UTC day or at its end. */
  advance(regionId: number, endMs: number): Promise<Written>;
  /** Returns the live view of a region; undefined if there is none. */
  look(regionId: number): Promise<RegionView | undefined>;
  /** Removes a region from this worker, so that another one can open it. */
  handOver(regionId: number): Promise<HandedRegion>;
  /**
   * Writes all its regions, which are at `committedMs`, to disk: facts, checkpoints, and staged closing
   * tables. They become valid when the manifest names them.
   */
  checkpoint(committedMs: number): Promise<CommittedRegion[]>;
  /** Called when the manifest names the files that `checkpoint` wrote. */
  committed(): Promise<void>;
  /** Closes all files and regions; their content no longer matters. */
  abort(): Promise<void>;
  /** Ends the worker. */
  close(): Promise<void>;
}
