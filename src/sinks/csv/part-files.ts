/** Paths of the parts of a region. */
import path from 'node:path';
import type { FactName } from '../../domain/facts.ts';
import { TEMPORARY } from '../../tables/atomic-file.ts';
import { type Codec, ENDINGS } from '../../tables/compression.ts';
import { FORMAT_ENDINGS, type FileFormat } from '../../domain/formats.ts';

/** Length and checksum that identify a file's content. */
export interface FileDigest {
  readonly bytes: number;
  readonly crc32: number;
}

/** The parts of a day that is over, as they are stored. */
export interface DayParts {
  /** UTC date, as in the folder's name. */
  readonly dt: string;
  /** By entry (tables/formats.ts): `receipts`, or `receipts.parquet`. */
  readonly parts: Readonly<Record<string, FileDigest>>;
}

/** A part whose day is not over, as a checkpoint within the day records it. */
export interface OpenPart {
  readonly table: FactName;
  /** UTC date, as in the folder's name. */
  readonly dt: string;
  /** Length at the checkpoint. */
  readonly bytes: number;
  /** CRC-32 of these bytes; absent in checkpoints of older versions. */
  readonly crc32?: number | undefined;
  /** Absent for CSV. */
  readonly format?: 'parquet' | undefined;
}

const DAY_FOLDER = /^dt=(\d{4}-\d{2}-\d{2})$/;

/** Returns the UTC date of an instant, such as `2024-03-01`. */
export function dtOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}

/** Returns the date in the name of a folder such as `dt=2024-03-01`; undefined for other names. */
export function dtOfFolder(name: string): string | undefined {
  return DAY_FOLDER.exec(name)?.[1];
}

/** Returns the path of a region's part of a table and day, as it is without compression. */
export function partFile(
  factsDir: string,
  table: FactName,
  dt: string,
  region: number,
  format: FileFormat = 'csv',
): string {
  return path.join(factsDir, table, `dt=${dt}`, `part-${region}${FORMAT_ENDINGS[format]}`);
}

/** Returns the path of the part while it is being written; `part-*.csv` does not match it. */
export function temporaryOf(part: string): string {
  return part + TEMPORARY;
}

/** Returns the path of the part after its day is over, in a world with compression. */
export function compressedOf(part: string, codec: Codec): string {
  return part + ENDINGS[codec];
}
