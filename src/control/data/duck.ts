/** DuckDB in memory, for looking at files: a connection, shared by all who ask. */
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

const MEMORY = '512MB';
/** Each may wait for the disk while another parses. */
const THREADS = '4';

export class Duck {
  private opening: Promise<{ instance: DuckDBInstance; connection: DuckDBConnection }> | undefined;

  /** Rows of a query, every value as text or null. */
  async rows(sql: string): Promise<(string | null)[][]> {
    const { connection } = await this.open();
    const reader = await connection.runAndReadAll(sql);
    return reader.getRowsJS() as (string | null)[][];
  }

  /** Loads it ahead. */
  async warm(): Promise<void> {
    await this.open();
  }

  async close(): Promise<void> {
    const open = this.opening;
    this.opening = undefined;
    if (open === undefined) return;
    const { instance, connection } = await open;
    connection.closeSync();
    instance.closeSync();
  }

  private open() {
    this.opening ??= (async () => {
      // Not before it is needed: it takes a while to load.
      const { DuckDBInstance } = await import('@duckdb/node-api');
      const instance = await DuckDBInstance.create(':memory:', {
        memory_limit: MEMORY,
        threads: THREADS,
      });
      return { instance, connection: await instance.connect() };
    })();
    return this.opening;
  }
}
