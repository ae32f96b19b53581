/** What is asked of an export, and what it answers. */
import type { ExportedWorld } from './world.ts';

/** What an export is asked for. */
export interface ExportJob {
  /** Folder or file; the connection of a database, as a URL, or nothing for that of the environment. */
  readonly place: string;
  /** Schema of a database. */
  readonly schema?: string;
  /** Whether missing tables of a database are created. */
  readonly creates?: boolean;
  /** Called before each step. */
  readonly onProgress?: (progress: ExportProgress) => void;
}

export interface ExportProgress {
  /** Tables that are done, of how many. */
  readonly done: number;
  readonly total: number;
  /** What is done now. */
  readonly step: string;
}

export interface Exported {
  /** Where it is now, as messages name it: never with a password. */
  readonly place: string;
  /** Rows of the world by table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Rows that this export has written. */
  readonly newRows: number;
}

/**
 * Exports a world.
 * @param open reads what there is to export; called once the place is known to take it, where that can be known
 * @throws InputError for a place that holds something else, OutputError for one that fails
 */
export type Export = (open: () => Promise<ExportedWorld>, job: ExportJob) => Promise<Exported>;
