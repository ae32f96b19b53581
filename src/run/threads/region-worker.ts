/** Who moves regions through time: this thread (`RegionGroup`) or another one (`ThreadWorker`). */
import type { Sections } from '../../domain/plain-data.ts';
import type { RegionView } from '../../entities/live-view.ts';
import type { OpenPart } from '../../sinks/csv/csv-region.ts';
import type { Manifest } from '../../store/manifest.ts';
import type { PartList } from '../../store/part-list.ts';
import type { RowCounts } from '../row-counts.ts';

/** A region's entry in the manifest. */
export type CommittedRegion = Manifest['regions'][number];

/** Rows and bytes of facts that were written. */
export interface Written {
  readonly rows: number;
  readonly bytes: number;
}

/** A region between two workers: its state, and its open files. */
export interface HandedRegion {
  readonly sections: Sections;
  readonly atMs: number;
  readonly openParts: readonly OpenPart[];
  /** Folders that must be synced before the open parts count as written. */
  readonly changedFolders: readonly string[];
  /** Written since it was last told by `advance`. */
  readonly written: Written;
  /** Rows of each table since the world began, where they are known. */
  readonly rows?: RowCounts;
  /** What its closed days hold, where that is known. */
  readonly partList?: PartList | undefined;
}

/** Where a region starts from: the last commit, or another worker. */
export interface RegionOrigin {
  readonly atMs: number;
  /** Folder of the checkpoints that `committed` names, where it is not that of the run. */
  readonly folder?: string;
  /** Its entry in the manifest; neither this nor `handed` for a world that begins. */
  readonly committed?: CommittedRegion;
  readonly handed?: HandedRegion;
}

export interface RegionWorker {
  /** Takes a region on. */
  open(regionId: number, origin: RegionOrigin): Promise<void>;
  /** Runs everything that happens before `endMs`, which lies in the same UTC day or at its end. */
  advance(regionId: number, endMs: number): Promise<Written>;
  /** A region as it stands, for those who watch; undefined where nobody can. */
  look(regionId: number): Promise<RegionView | undefined>;
  /** Lets a region go to another worker. */
  handOver(regionId: number): Promise<HandedRegion>;
  /**
   * Puts all its regions, which stand at `committedMs`, on disk: facts, checkpoints, and closing
   * tables, staged. Nothing of it counts before the manifest names it.
   */
  checkpoint(committedMs: number): Promise<CommittedRegion[]>;
  /** Told when the manifest names what `checkpoint` has put on disk. */
  committed(): Promise<void>;
  /** Lets go of all files and regions; their content no longer matters. */
  abort(): Promise<void>;
  /** Ends the worker. */
  close(): Promise<void>;
}
