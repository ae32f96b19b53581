/**
 * Where a world can be exported to. To add a place, add its entry here and its module beside this one; flags, help and
 * messages derive from the list.
 */
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

interface ExportKind {
  readonly about: string;
  /** What --output names; `server` for a connection instead. */
  readonly place: 'folder' | 'file' | 'server';
  readonly load: () => Promise<Export>;
}

export const EXPORT_KINDS = {
  csv: {
    about: 'a folder of CSV files',
    place: 'folder',
    load: async () => (await import('./files.ts')).exportTo('csv'),
  },
  parquet: {
    about: 'a folder of Parquet files',
    place: 'folder',
    load: async () => (await import('./files.ts')).exportTo('parquet'),
  },
  duckdb: {
    about: 'a database file of DuckDB, with views and comments',
    place: 'file',
    load: async () => (await import('./duckdb.ts')).exportToDuckdb,
  },
  sqlite: {
    about: 'a database file of SQLite, with keys',
    place: 'file',
    load: async () => (await import('./sqlite.ts')).exportToSqlite,
  },
  postgres: {
    about: 'a PostgreSQL server, with keys, foreign keys and comments',
    place: 'server',
    load: async () => (await import('./postgres.ts')).exportToPostgres,
  },
} as const satisfies Record<string, ExportKind>;

export type ExportKindName = keyof typeof EXPORT_KINDS;

export const EXPORT_KIND_NAMES = Object.keys(EXPORT_KINDS) as readonly ExportKindName[];
