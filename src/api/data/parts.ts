/** The parts of a fact table on disk. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { type FileFormat, formatOfFile } from '../../domain/formats.ts';
import { codecOf } from '../../tables/compression.ts';

const DAY = /^dt=(\d{4}-\d{2}-\d{2})$/;
/** Final name of a part; a part that is being written has another name. */
const PART = /^part-(\d+)\.(csv(\.gz|\.zst)?|parquet)$/;

export interface Part {
  readonly file: string;
  readonly region: number;
  readonly compressed: boolean;
  readonly format: FileFormat;
}

/** Returns the days with a folder, in order. */
export function daysOf(facts: string, table: string): string[] {
  return namesIn(path.join(facts, table))
    .flatMap((name) => DAY.exec(name)?.[1] ?? [])
    .sort();
}

/** Returns the parts of a day by region; none if the day does not exist. */
export function partsOf(facts: string, table: string, day: string): Part[] {
  const folder = path.join(facts, table, `dt=${day}`);
  const parts = new Map<number, Part>();
  for (const name of namesIn(folder)) {
    const match = PART.exec(name);
    if (match === null) continue;
    const region = Number(match[1]);
    const format = formatOfFile(name);
    const compressed = codecOf(name) !== undefined;
    const part = { file: path.join(folder, name), region, compressed, format };
    const other = parts.get(region);
    // In a world of both formats a part exists twice; one that is being compressed, for a moment.
    const isBetter = other?.format === format ? other.compressed : format === 'csv';
    if (other === undefined || isBetter) parts.set(region, part);
  }
  return [...parts.values()].sort((a, b) => a.region - b.region);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}
