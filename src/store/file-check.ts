/** Checks whether the files of a world are those that its commits wrote. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../domain/errors.ts';
import { FACT_NAMES, FACTS, type FactName } from '../domain/facts.ts';
import { crc32Of } from '../sinks/csv/file-digest.ts';
import { compressedOf, type FileDigest, partFile } from '../sinks/csv/part-files.ts';
import { fileOfEntry, formatOfFile, tableOfEntry } from '../domain/formats.ts';
import { emptyTable } from '../tables/table-bytes.ts';
import type { Manifest } from './manifest.ts';
import { readPartList } from './part-list.ts';
import type { WorldPaths } from './paths.ts';
import { partName } from './world-files.ts';

/**
 * Depth of the check: `sizes` compares the size of each file, `recent` also reads the files of the
 * last days, which runs continue and crashes may damage, `all` reads every file.
 */
export type Depth = 'sizes' | 'recent' | 'all';

type Region = Manifest['regions'][number];

interface ExpectedFile extends FileDigest {
  readonly file: string;
  /** Whether it belongs to the last day that is over, or to the day that is not over. */
  readonly recent: boolean;
}

/**
 * Returns messages about wrong files among the facts and closing tables of a region; none if an older version
 * recorded no sizes. Throws InputError if its list of parts is damaged.
 */
export function regionFaults(
  paths: WorldPaths,
  manifest: Pick<Manifest, 'compress'>,
  region: Region,
  depth: Depth,
): string[] {
  return expectedFiles(paths, manifest, region).flatMap((expected) => {
    const digest = depth === 'all' || (depth === 'recent' && expected.recent);
    return fileFault(expected.file, expected, digest) ?? [];
  });
}

/** Returns messages about wrong files among the dimension tables. */
export function masterFaults(paths: WorldPaths, { masters = {} }: Manifest, depth: Depth) {
  return Object.entries(masters).flatMap(
    ([name, expected]) =>
      fileFault(path.join(paths.master, fileOfEntry(name)), expected, depth === 'all') ?? [],
  );
}

/**
 * Throws InputError if files of these regions are not those that were committed. Checks the sizes of all files and
 * the content of the last days: this is fast, and a run changes no other files.
 */
export function requireCommittedFiles(
  paths: WorldPaths,
  manifest: Manifest,
  regionIds: readonly number[],
  advice: string,
): void {
  const faults = manifest.regions
    .filter(({ id }) => regionIds.includes(id))
    .flatMap((region) => regionFaults(paths, manifest, region, 'recent'));
  if (faults.length === 0) return;
  throw new InputError(
    `Cannot continue the world in "${paths.root}": its files are not as they were committed.\n` +
      `${listed(faults)}\n${advice}`,
  );
}

/** Returns the first of many faults, one in a line. */
export function listed(faults: readonly string[]): string {
  const shown = faults.slice(0, 12).map((fault) => `  ${fault}`);
  if (faults.length > shown.length) shown.push(`  and ${faults.length - shown.length} more`);
  return shown.join('\n');
}

/** Returns messages about parts of these regions that no commit wrote, such as copied files. */
export function foreignParts(
  paths: WorldPaths,
  manifest: Pick<Manifest, 'compress'>,
  regions: readonly Region[],
): string[] {
  const known = regions.filter(({ parts }) => parts !== undefined);
  const expected = new Set(
    known.flatMap((region) => expectedFiles(paths, manifest, region).map(({ file }) => file)),
  );
  const ids = new Set(known.map(({ id }) => id));
  return FACT_NAMES.flatMap((table) =>
    namesIn(path.join(paths.facts, table)).flatMap((day) =>
      namesIn(path.join(paths.facts, table, day)).flatMap((name) => {
        const file = path.join(paths.facts, table, day, name);
        const id = Number(/^part-(\d+)\.(?:csv(?:\.gz|\.zst)?|parquet)$/.exec(name)?.[1]);
        if (!ids.has(id) || expected.has(file) || isHeader(file, table)) return [];
        return [`"${file}" exists, but no commit of region ${id} wrote it`];
      }),
    ),
  );
}

function expectedFiles(
  paths: WorldPaths,
  { compress }: Pick<Manifest, 'compress'>,
  region: Region,
): ExpectedFile[] {
  const { id, openParts, closing = {} } = region;
  const days = readPartList(paths.checkpoint, region) ?? [];
  const closed = days.flatMap(({ dt, parts }, at) =>
    Object.entries(parts).map(([entry, digest]) => {
      const { table, format } = tableOfEntry(entry);
      const plain = partFile(paths.facts, table as FactName, dt, id, format);
      const isPlain = compress === undefined || format !== 'csv';
      const file = isPlain ? plain : compressedOf(plain, compress);
      return { file, recent: at === days.length - 1, ...digest };
    }),
  );
  const open = openParts.flatMap(({ table, dt, bytes, crc32, format }) => {
    const file = partFile(paths.facts, table, dt, id, format);
    return crc32 === undefined ? [] : [{ file, recent: true, bytes, crc32 }];
  });
  const stock = Object.entries(closing).map(([entry, digest]) => {
    const { table, format } = tableOfEntry(entry);
    return { file: path.join(paths.closing, table, partName(id, format)), recent: true, ...digest };
  });
  return [...closed, ...open, ...stock];
}

/** Returns a message if a file is wrong. */
function fileFault(file: string, { bytes, crc32 }: FileDigest, reads: boolean): string | undefined {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) return `"${file}" is missing`;
  if (size !== bytes) return `"${file}" has ${size} bytes, expected ${bytes}`;
  if (!reads || crc32Of(file) === crc32) return undefined;
  return `"${file}" has ${bytes} bytes as expected, but another content: it is damaged, or belongs to another world`;
}

/** Whether a file has no rows. */
function isHeader(file: string, table: FactName): boolean {
  const empty = emptyTable(FACTS[table].columns, formatOfFile(file));
  return statSync(file).size === empty.length && readFileSync(file).equals(empty);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}
