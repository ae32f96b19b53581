/** Finds the files in a folder that this program created: it never removes others. */
import { type Dirent, readdirSync, rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { CLOSING, DIMENSION_NAMES } from '../domain/dimensions.ts';
import { FACT_NAMES } from '../domain/facts.ts';
import { streamSinks } from '../sinks/registry.ts';
import { TEMPORARY } from '../tables/atomic-file.ts';
import { isDataFile } from '../tables/delta/data-files.ts';
import { isLogFile, LOG_FOLDER } from '../tables/delta/log-files.ts';
import { FORMAT_ENDINGS, type FileFormat } from '../domain/formats.ts';
import type { WorldPaths } from './paths.ts';

/** Endings of files that are not valid yet: staged for a commit, or unfinished. */
const PENDING = String.raw`(@-?\d+)?(\.tmp)?`;
const ENDING = `(${Object.values(FORMAT_ENDINGS)
  .map((ending) => ending.replace('.', String.raw`\.`))
  .join('|')})`;
const PART = new RegExp(String.raw`^part-\d+${ENDING}${PENDING}$`);
const FACTS_PART = /^part-\d+\.(csv(\.gz|\.zst)?(\.tmp)?|parquet(\.tmp|\.kept)?)$/;
const PART_NAME = new RegExp(String.raw`^part-(\d+)${ENDING}$`);
const DAY = /^dt=\d{4}-\d{2}-\d{2}$/;
const CHECKPOINT = /^region-(\d+)@(-?\d+)\.ckpt$/;
const PART_LIST = /^region-(\d+)\.parts$/;
const RUN_FILE =
  /^(run\.lock(\.next)*|(manifest|tasks)\.json(\.tmp)?|shard-\d+-of-\d+\.(lock(\.next)*|json(\.tmp)?))$/;
/** Files of a stream, with `.tmp` while they are replaced. */
const STREAM =
  /^(delivery\.journal|dead-letters\.ndjson|frontier|manifest\.json|retry-[0-9a-f-]{36}\.(request|taken|answer))(\.tmp)?$/;
const SCHEMA = /^schema\.(json|sql)(\.tmp)?$/;
const STAGED = new RegExp(String.raw`^(.+${ENDING})@(-?\d+)(\.tmp)?$`);

export interface FolderContent {
  /** Files that this program created. */
  readonly own: readonly string[];
  /** Files and links in its folders that it did not create. */
  readonly foreign: readonly string[];
}

/** Returns the name of a region's part of a table. */
export function partName(regionId: number, format: FileFormat = 'csv'): string {
  return `part-${regionId}${FORMAT_ENDINGS[format]}`;
}

/** Returns the name of a region's checkpoint at an instant. */
export function checkpointName(regionId: number, atMs: number): string {
  return `region-${regionId}@${atMs}.ckpt`;
}

/** Returns the name of the list of a region's parts. */
export function partListName(regionId: number): string {
  return `region-${regionId}.parts`;
}

/** Returns the name of a file that is staged for the commit at an instant. */
export function stagedName(file: string, committedMs: number): string {
  return `${file}@${committedMs}`;
}

export interface StagedFile {
  /** Its final name. */
  readonly file: string;
  readonly committedMs: number;
  readonly whole: boolean;
}

/** Parses the name of a staged file; undefined for any other file. */
export function parseStaged(name: string): StagedFile | undefined {
  const match = STAGED.exec(name);
  if (match === null) return undefined;
  return { file: match[1], committedMs: Number(match[3]), whole: match[4] === undefined };
}

/** Returns the region of a checkpoint file, finished or not; undefined for other files. */
export function regionOfCheckpoint(name: string): number | undefined {
  const match = CHECKPOINT.exec(name.replace(/\.tmp$/, ''));
  return match === null ? undefined : Number(match[1]);
}

/** Returns the region of a table's part; undefined for other files. */
export function regionOfPart(name: string): number | undefined {
  const match = PART_NAME.exec(name);
  return match === null ? undefined : Number(match[1]);
}

/** Returns all files below the folders of a world, divided into own and foreign ones. */
export function worldContent(paths: WorldPaths): FolderContent {
  const own: string[] = [];
  const foreign: string[] = [];
  const sort = (folder: string, isOwn: (relative: readonly string[]) => boolean) => {
    for (const relative of filesBelow(folder)) {
      const file = path.join(folder, ...relative);
      (isOwn(relative) ? own : foreign).push(file);
    }
  };
  sort(paths.master, ([name, ...more]) => more.length === 0 && isTable(name, DIMENSION_NAMES));
  sort(paths.facts, ([table, day, part, ...more]) => {
    const known = (FACT_NAMES as readonly string[]).includes(table);
    return known && DAY.test(day) && FACTS_PART.test(part) && more.length === 0;
  });
  sort(paths.closing, ([table, part, ...more]) => {
    return table in CLOSING && PART.test(part) && more.length === 0;
  });
  sort(paths.delta, isOfDelta);
  sort(paths.schema, ([name, ...more]) => SCHEMA.test(name) && more.length === 0);
  sort(paths.checkpoint, ([name, ...more]) => {
    const own =
      RUN_FILE.test(name) || PART_LIST.test(name) || regionOfCheckpoint(name) !== undefined;
    return more.length === 0 && own;
  });
  sort(paths.stream, (names) => {
    const [name, ...more] = names;
    const own = STREAM.test(name) || regionOfCheckpoint(name) !== undefined;
    return (more.length === 0 && own) || streamSinks().some((kind) => kind.isOwnFile?.(names));
  });
  sort(paths.commands, ([name, inner, ...more]) => {
    if (name === 'inbox') return inner !== undefined && more.length === 0 && isInboxFile(inner);
    return /^journal\.ndjson(\.tmp)?$/.test(name) && inner === undefined;
  });
  for (const entry of entriesOf(paths.root)) {
    if (entry.name === 'generation_state.json' || entry.name === 'generation_state.json.tmp') {
      own.push(path.join(paths.root, entry.name));
    }
  }
  return { own, foreign };
}

/** Removes the Delta tables of a world that has not begun: they are made for what it will be. */
export function removeDeltaTables({ delta }: Pick<WorldPaths, 'delta'>): void {
  const own = filesBelow(delta).filter(isOfDelta);
  removeFiles(
    own.map((names) => path.join(delta, ...names)),
    [delta],
  );
}

function isOfDelta([table, name, inner, ...more]: readonly string[]): boolean {
  if (!isDeltaTable(table) || name === undefined || more.length > 0) return false;
  if (name === LOG_FOLDER) return inner !== undefined && isLogFile(inner);
  return inner === undefined && isDataFile(name.replace(TEMPORARY, ''));
}

function isDeltaTable(name: string): boolean {
  return [...DIMENSION_NAMES, ...FACT_NAMES, ...Object.keys(CLOSING)].includes(name);
}

/** Removes empty folders of days. */
export function removeEmptyDays(facts: string): void {
  for (const table of FACT_NAMES) {
    const folder = path.join(facts, table);
    for (const { name } of entriesOf(folder)) {
      if (DAY.test(name)) removeIfEmpty(path.join(folder, name));
    }
  }
}

/** Removes files, and then the empty folders among `folders` and below them. */
export function removeFiles(
  files: readonly string[],
  folders: readonly string[],
  onRemoved: (count: number) => void = () => {},
): void {
  for (const [index, file] of files.entries()) {
    rmSync(file, { force: true });
    onRemoved(index + 1);
  }
  for (const folder of folders) removeEmpty(folder);
}

function removeEmpty(folder: string): void {
  for (const entry of entriesOf(folder)) {
    if (entry.isDirectory()) removeEmpty(path.join(folder, entry.name));
  }
  removeIfEmpty(folder);
}

/** Removes a folder if it is empty. */
export function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // The folder is not empty (reported as EEXIST by some systems), or does not exist: both are fine.
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOENT') throw error;
  }
}

function isTable(name: string, tables: readonly string[]): boolean {
  const match = new RegExp(String.raw`^(\w+)${ENDING}${PENDING}$`).exec(name);
  return match !== null && tables.includes(match[1]);
}

/** Returns the files below a folder as lists of names, in order; links count as files. */
function filesBelow(folder: string): string[][] {
  return entriesOf(folder).flatMap((entry) => {
    if (!entry.isDirectory()) return [[entry.name]];
    return filesBelow(path.join(folder, entry.name)).map((rest) => [entry.name, ...rest]);
  });
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Whether this program created a file in the inbox, by its name. */
export function isInboxFile(name: string): boolean {
  return /^\d{15}-\d{6}-[0-9a-f-]{36}\.json(\.refused)?$/.test(name.replace(TEMPORARY, ''));
}
