/**
 * The files of Delta tables: those that the world has in Parquet, under names of their own.
 *
 * A name has the digest of the content, so that a file never changes under its name: who reads an older version of the
 * table finds what it was, while the world goes on with the day. It is a second name of the same bytes on disk (a hard
 * link) where the file system has such, else a copy. The world never reads it: whatever programs do to the tables
 * (vacuum, optimize, even delete rows), the world stays whole.
 */
import fs from 'node:fs';
import { TEMPORARY } from '../atomic-file.ts';
import { outputFault } from '../output-fault.ts';

const DATA_FILE = /^(\d{4}-\d{2}-\d{2}-part-\d+|part-\d+|[a-z][a-z0-9_]*)-[0-9a-f]{8}\.parquet$/;
const DIGEST_DIGITS = 8;
const HEXADECIMAL = 16;

/** Length and checksum of a file's content. */
interface Digest {
  readonly bytes: number;
  readonly crc32: number;
}

/** A file of the world, and its name in the table. */
export interface DataFile {
  readonly source: string;
  readonly name: string;
  readonly bytes: number;
}

/** Whether this program may have given a file of a table its name. */
export function isDataFile(name: string): boolean {
  return DATA_FILE.test(name);
}

/** Returns a file of the world as one of a table; `stem` says what is in it. Its name needs no encoding as a URI. */
export function dataFile(source: string, stem: string, { bytes, crc32 }: Digest): DataFile {
  const digest = crc32.toString(HEXADECIMAL).padStart(DIGEST_DIGITS, '0');
  return { source, name: `${stem}-${digest}.parquet`, bytes };
}

/** Puts a file of the world into a table's folder, unless it is there. Throws OutputError. */
export function placeFile({ source, bytes }: DataFile, target: string): void {
  try {
    const there = fs.statSync(target, { throwIfNoEntry: false });
    if (there?.size === bytes) return;
    fs.rmSync(target, { force: true });
    try {
      fs.linkSync(source, target);
    } catch {
      copy(source, target);
    }
  } catch (error) {
    throw outputFault(target, error);
  }
}

function copy(source: string, target: string): void {
  const staged = target + TEMPORARY;
  fs.copyFileSync(source, staged);
  const descriptor = fs.openSync(staged, 'r+');
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
  fs.renameSync(staged, target);
}
