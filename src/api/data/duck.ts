/** DuckDB in memory, for queries of files: one connection for all requests. */
import { availableParallelism } from 'node:os';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { loadPart } from '../../domain/optional-part.ts';

const MEMORY = '512MB';
/** Maximum number of threads: a day has few parts, and the simulation needs the cores. */
const MOST_THREADS = 4;

export class Duck {
  private opening: Promise<{ instance: DuckDBInstance; connection: DuckDBConnection }> | undefined;

  private isClosed = false;

  /** Returns the rows of a query, every value as text or null. */
  async rows(sql: string): Promise<(string | null)[][]> {
    const { connection } = await this.open();
    const reader = await connection.runAndReadAll(sql);
    return reader.getRowsJS() as (string | null)[][];
  }

  /** Loads DuckDB in advance, unless it was closed meanwhile. */
  async warm(): Promise<void> {
    if (!this.isClosed) await this.open();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    const open = this.opening;
    this.opening = undefined;
    if (open === undefined) return;
    const { instance, connection } = await open;
    connection.closeSync();
    instance.closeSync();
  }

  private open() {
    this.opening ??= (async () => {
      // Loaded on first use, since it takes a while.
      const { DuckDBInstance } = await loadPart(
        '@duckdb/node-api',
        'to preview tables',
        () => import('@duckdb/node-api'),
      );
      const instance = await DuckDBInstance.create(':memory:', {
        memory_limit: MEMORY,
        threads: String(Math.min(MOST_THREADS, availableParallelism())),
      });
      return { instance, connection: await instance.connect() };
    })();
    return this.opening;
  }
}
