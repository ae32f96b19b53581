/**
 * Rows of every table. For facts, runs keep them in the manifest; for masters, the lines of their few files are
 * counted. Unchanged files are not counted again.
 */
import { readFileSync, statSync } from 'node:fs';
import { formatOfFile } from '../../domain/formats.ts';
import { readManifest } from '../../store/manifest.ts';
import { masterFile } from '../../store/read-master.ts';
import type { WorldPaths } from '../../store/paths.ts';
import { rowsIn } from '../../tables/parquet/read-table.ts';
import { FACT_TABLES, MASTER_TABLES } from './catalogue.ts';

export interface TableCounts {
  readonly master: Readonly<Record<string, number>>;
  /** Null if an older version generated the world without counting them. */
  readonly facts: Readonly<Record<string, number>> | null;
  /** Instant up to which facts are counted, epoch ms. */
  readonly committedMs: number | null;
}

interface Counted {
  readonly size: number;
  readonly mtimeMs: number;
  readonly rows: number;
}

const NEWLINE = 0x0a;

export class Counts {
  private readonly files = new Map<string, Counted>();
  private current: TableCounts = { master: {}, facts: {}, committedMs: null };

  /** Counts at the last `refresh`. */
  get known(): TableCounts {
    return this.current;
  }

  /** All counts as one record. */
  get flat(): Readonly<Record<string, number>> {
    return { ...this.current.master, ...this.current.facts };
  }

  /** Reads the files again and returns the counts. */
  refresh(paths: WorldPaths): TableCounts {
    const manifest = readManifest(paths.manifest);
    const rows = (name: string) => this.rowsOf(masterFile(paths.master, name));
    const master = Object.fromEntries(
      MASTER_TABLES.map((name) => [name, manifest === undefined ? 0 : rows(name)]),
    );
    const facts: Record<string, number> = Object.fromEntries(FACT_TABLES.map((name) => [name, 0]));
    let isKnown = true;
    for (const region of manifest?.regions ?? []) {
      if (region.rows === undefined) isKnown = false;
      for (const [name, count] of Object.entries(region.rows ?? {})) facts[name] += count;
    }
    this.current = {
      master,
      facts: isKnown ? facts : null,
      committedMs: manifest?.committedMs ?? null,
    };
    return this.current;
  }

  private rowsOf(file: string): number {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat === undefined) return 0;
    const { size, mtimeMs } = stat;
    const known = this.files.get(file);
    if (known?.size === size && known.mtimeMs === mtimeMs) return known.rows;
    const rows =
      formatOfFile(file) === 'parquet' ? rowsIn(file) : Math.max(0, lines(readFileSync(file)) - 1);
    this.files.set(file, { size, mtimeMs, rows });
    return rows;
  }
}

/** Counts lines; no field of a master contains a line break. */
function lines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}
