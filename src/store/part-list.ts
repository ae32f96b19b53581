/**
 * checkpoint/region-<id>.parts: the size and digest of every part of a region whose day is over, one line
 * for each day.
 *
 * A commit appends lines, so its cost does not grow with the history, and records the file's
 * length and digest in the manifest. Bytes that a crash left beyond that length are cut off.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { makeFolder } from '../domain/make-folder.ts';
import { InputError } from '../domain/errors.ts';
import { digestOf } from '../sinks/csv/file-digest.ts';
import type { DayParts, FileDigest } from '../sinks/csv/part-files.ts';
import { outputFault } from '../tables/output-fault.ts';
import type { Manifest } from './manifest.ts';
import { partListName } from './world-files.ts';

/** The committed list, and days that are not written yet. */
export interface PartList extends FileDigest {
  readonly newDays: readonly DayParts[];
}

const EMPTY: PartList = { bytes: 0, crc32: 0, newDays: [] };

type CommittedRegion = Manifest['regions'][number];

/** Returns the list with which a region continues; undefined if an older version began the region without one. */
export function beganPartList(committed: CommittedRegion | undefined): PartList | undefined {
  if (committed === undefined) return EMPTY;
  return committed.parts && { ...committed.parts, newDays: [] };
}

/** Appends the new days to the file and syncs it. Throws OutputError. */
export function writePartList(
  folder: string,
  regionId: number,
  list: PartList | undefined,
): PartList | undefined {
  if (list === undefined) return undefined;
  const file = path.join(folder, partListName(regionId));
  const added = Buffer.from(list.newDays.map(lineOf).join(''));
  if (added.length === 0 && existsSync(file)) return list;
  try {
    makeFolder(folder);
    const descriptor = openSync(file, existsSync(file) ? 'r+' : 'w');
    try {
      ftruncateSync(descriptor, list.bytes);
      for (let at = 0; at < added.length; ) {
        at += writeSync(descriptor, added, at, added.length - at, list.bytes + at);
      }
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw outputFault(file, error);
  }
  const bytes = list.bytes + added.length;
  return { bytes, crc32: crc32(added, list.crc32), newDays: [] };
}

/** Restores the committed content of the file; removes it if `committed` is undefined. */
export function restorePartList(
  folder: string,
  regionId: number,
  committed: CommittedRegion | undefined,
): void {
  const file = path.join(folder, partListName(regionId));
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) return;
  if (committed?.parts === undefined) rmSync(file, { force: true });
  else if (size > committed.parts.bytes) truncateSync(file, committed.parts.bytes);
}

/**
 * Returns the digests of a region's closed days, by day; undefined if unknown. Throws InputError if
 * the file does not match the manifest.
 */
export function readPartList(
  folder: string,
  { id, parts }: CommittedRegion,
): DayParts[] | undefined {
  if (parts === undefined) return undefined;
  const file = path.join(folder, partListName(id));
  if (!existsSync(file)) throw damaged(file, 'it is missing');
  const content = readFileSync(file);
  const found = digestOf(content.subarray(0, parts.bytes));
  if (found.bytes !== parts.bytes || found.crc32 !== parts.crc32) {
    throw damaged(file, 'it is cut, damaged, or belongs to another world');
  }
  const lines = content.toString('utf8', 0, parts.bytes).split('\n').slice(0, -1);
  return lines.map((line): DayParts => {
    const { dt, ...tables } = JSON.parse(line) as { dt: string } & Record<
      string,
      [bytes: number, crc32: number]
    >;
    const digests = Object.entries(tables).map(([entry, [bytes, crc]]) => [
      entry,
      { bytes, crc32: crc },
    ]);
    return { dt, parts: Object.fromEntries(digests) };
  });
}

function lineOf({ dt, parts }: DayParts): string {
  const tables = Object.entries(parts).map(([table, { bytes, crc32 }]) => [table, [bytes, crc32]]);
  return `${JSON.stringify({ dt, ...Object.fromEntries(tables) })}\n`;
}

function damaged(file: string, fault: string): InputError {
  return new InputError(
    `Cannot read the list of parts "${file}": ${fault}. Restore it from a copy of the world.`,
  );
}
