/**
 * Where a world can be exported to. To add a place, add its entry here and its module beside this one; flags, help and
 * messages derive from the list.
 */
import type { Export } from './export-job.ts';

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
