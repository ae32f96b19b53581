/** A DuckDB database for the length of one verification. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { DuckDBConnection, DuckDBInstance, Json } from '@duckdb/node-api';
import { loadPart } from '../domain/optional-part.ts';

export interface Limits {
  /** DuckDB's memory limit, e.g. `2GB`; what does not fit goes to the temporary folder. */
  readonly memory?: string;
  /** Threads for DuckDB; all cores by default. */
  readonly threads?: number;
  /** Folder for temporary files; the system's by default. */
  readonly temporary?: string;
}

/** Row of a result; numbers beyond 2^53 and decimals are text. */
export type Row = Record<string, Json>;

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

export class Database {
  private readonly instance: DuckDBInstance;
  private readonly connection: DuckDBConnection;
  private readonly folder: string;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, folder: string) {
    this.instance = instance;
    this.connection = connection;
    this.folder = folder;
    for (const signal of SIGNALS) process.once(signal, this.abandon);
  }

  /**
   * An empty database on disk that is deleted on closing, so that worlds may exceed memory.
   * @param purpose what it is needed for, where its package is missing
   */
  static async open(limits: Limits = {}, purpose = 'to verify a world'): Promise<Database> {
    const duckdb = await loadPart('@duckdb/node-api', purpose, () => import('@duckdb/node-api'));
    const folder = mkdtempSync(path.join(limits.temporary ?? os.tmpdir(), 'sim-verify-'));
    try {
      const instance = await duckdb.DuckDBInstance.create(path.join(folder, 'world.duckdb'), {
        memory_limit: limits.memory ?? '2GB',
        temp_directory: path.join(folder, 'spill'),
        // Running balances are checked in row order.
        preserve_insertion_order: 'true',
        ...(limits.threads === undefined ? {} : { threads: String(limits.threads) }),
      });
      return new Database(instance, await instance.connect(), folder);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  async run(sql: string): Promise<void> {
    await this.connection.run(sql);
  }

  async rows(sql: string): Promise<Row[]> {
    const reader = await this.connection.runAndReadAll(sql);
    return reader.getRowObjectsJson();
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
    this.discard();
  }

  private discard(): void {
    for (const signal of SIGNALS) process.off(signal, this.abandon);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Ctrl-C must not leave large temporary files behind. */
  private readonly abandon = (signal: NodeJS.Signals): void => {
    this.discard();
    process.kill(process.pid, signal);
  };
}
