/** Where the parts of a region lie. */
import path from 'node:path';
import type { FactName } from '../../domain/facts.ts';
import { TEMPORARY } from '../../tables/atomic-file.ts';
import { type Codec, ENDINGS } from '../../tables/compression.ts';

/** What a file must have to be the one that was written. */
export interface FileDigest {
  readonly bytes: number;
  readonly crc32: number;
}

/** The parts of a day that is over, as they are stored. */
export interface DayParts {
  /** UTC date, as in the folder's name. */
  readonly dt: string;
  readonly parts: Readonly<Partial<Record<FactName, FileDigest>>>;
}

/** A part whose day is not over: what a checkpoint within a day must remember. */
export interface OpenPart {
  readonly table: FactName;
  /** UTC date, as in the folder's name. */
  readonly dt: string;
  /** Length that belongs to the checkpoint. */
  readonly bytes: number;
  /** Of those bytes; absent where an older program wrote them. */
  readonly crc32?: number | undefined;
}

const DAY_FOLDER = /^dt=(\d{4}-\d{2}-\d{2})$/;

/** The UTC date of an instant, `2024-03-01`. */
export function dtOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}

/** The date in the name of a folder `dt=2024-03-01`; undefined for any other. */
export function dtOfFolder(name: string): string | undefined {
  return DAY_FOLDER.exec(name)?.[1];
}

/** A region's part of a table and day. */
export function partFile(factsDir: string, table: FactName, dt: string, region: number): string {
  return path.join(factsDir, table, `dt=${dt}`, `part-${region}.csv`);
}

/** The same part while it is being written; `part-*.csv` does not match it. */
export function temporaryOf(part: string): string {
  return part + TEMPORARY;
}

/** The same part as it is stored once its day is over, in a world that compresses. */
export function compressedOf(part: string, codec: Codec): string {
  return part + ENDINGS[codec];
}
