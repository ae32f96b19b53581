/** The Delta tables of a world: whether their logs name what was committed, and their files have the same content. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { reasonOf } from '../domain/errors.ts';
import { FORMAT_ENDINGS } from '../domain/formats.ts';
import { type DataFile, dataFile, isDataFile } from '../tables/delta/data-files.ts';
import { readLog } from '../tables/delta/read-log.ts';
import { deltaOf, worldTables } from '../tables/world-tables.ts';
import type { Committed } from './committed.ts';
import { crc32Of } from './file-bytes.ts';
import type { FileProblem, WorldFolders } from './file-problem.ts';
import { dayOf } from './strays.ts';

interface Expected extends DataFile {
  readonly crc32: number;
}

/** Returns what is wrong with the Delta tables in a world's folder; nothing if it was begun without them. */
export function deltaProblems(
  folder: string,
  folders: WorldFolders,
  committed: Committed,
): FileProblem[] {
  if (committed.isDelta !== true) return [];
  const expected = expectedFiles(folders, committed);
  return worldTables().flatMap((table) => {
    const place = path.join(folder, deltaOf(table));
    const problem = (file: string, text: string): FileProblem => ({
      file,
      problem: text,
      kind: 'twin',
    });
    try {
      return faultsOf(place, expected.get(table.name) ?? []).map(([name, text]) =>
        problem(path.join(place, name), text),
      );
    } catch (error) {
      return [problem(place, reasonOf(error))];
    }
  });
}

/** @returns file and fault */
function faultsOf(folder: string, expected: readonly Expected[]): [string, string][] {
  const { files, version } = readLog(folder);
  if (version < 0) return [['', 'no Delta table; the next run makes it again']];
  const wanted = new Map(expected.map((file) => [file.name, file]));
  const foreign = [...files.keys()].filter((name) => !isDataFile(name));
  if (foreign.length > 0) {
    return [
      [
        foreign[0],
        'was written by another program; without the folder, the next run makes it again',
      ],
    ];
  }
  const faults = [...files.keys()]
    .filter((name) => !wanted.has(name))
    .map((name): [string, string] => [name, 'is in the log, but was not committed']);
  for (const file of expected) {
    const fault = files.has(file.name) ? contentFault(folder, file) : 'is not in the log';
    if (fault !== undefined) faults.push([file.name, fault]);
  }
  return faults;
}

/** Undefined if the content is that of the world's own file: the same bytes on disk need not be read. */
function contentFault(
  folder: string,
  { source, name, bytes, crc32 }: Expected,
): string | undefined {
  const file = path.join(folder, name);
  if (!existsSync(file)) return 'is in the log, but missing';
  const stat = statSync(file);
  if (stat.size !== bytes) return `has ${stat.size} bytes, and ${bytes} were committed`;
  const twin = statSync(source, { throwIfNoEntry: false });
  if (twin !== undefined && twin.ino === stat.ino && twin.dev === stat.dev) return undefined;
  return crc32Of(file) === crc32 ? undefined : 'has another content than was committed';
}

/** The committed Parquet files as those of Delta tables, by table. */
function expectedFiles(folders: WorldFolders, { files }: Committed): Map<string, Expected[]> {
  const tables = new Map<string, Expected[]>();
  for (const [source, { bytes, crc32 = 0 }] of files) {
    if (!source.endsWith(FORMAT_ENDINGS.parquet)) continue;
    const base = path.basename(source, FORMAT_ENDINGS.parquet);
    const above = path.basename(path.dirname(source));
    const day = dayOf(above);
    const isMaster = path.dirname(source) === path.normalize(folders.master);
    const table = isMaster
      ? base
      : day === undefined
        ? above
        : path.basename(path.dirname(path.dirname(source)));
    const file = dataFile(source, day === undefined ? base : `${day}-${base}`, { bytes, crc32 });
    tables.set(table, [...(tables.get(table) ?? []), { ...file, crc32 }]);
  }
  return tables;
}
