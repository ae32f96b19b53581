/** Files and folders among a world's tables that are none of them, though programs that read whole folders take them in. */
import { existsSync, readdirSync, type Dirent } from 'node:fs';
import path from 'node:path';
import { CLOSING, DIMENSIONS } from '../domain/dimensions.ts';
import { FACTS } from '../domain/facts.ts';
import { FORMAT_ENDINGS, FILE_FORMATS, type FileFormat, formatOfFile } from '../domain/formats.ts';
import type { FileProblem, WorldFolders } from './file-problem.ts';

const DAY = /^dt=(\d{4}-\d{2}-\d{2})$/;
const PART = /^part-(0|[1-9]\d*)\.(csv(\.gz|\.zst)?|parquet)$/;
/** What systems leave in folders, and no reader of tables takes in. */
const OF_THE_SYSTEM = /^(\..*|Thumbs\.db|desktop\.ini)$/i;

/** The day of a folder of parts; undefined for other names and for days that the calendar does not have. */
export function dayOf(name: string): string | undefined {
  const day = DAY.exec(name)?.[1];
  if (day === undefined) return undefined;
  const ms = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day) ? day : undefined;
}

/** The region of a part in one of the formats; undefined for other names. */
export function regionOf(name: string, formats: readonly FileFormat[]): number | undefined {
  const region = PART.exec(name)?.[1];
  return region === undefined || !formats.includes(formatOfFile(name)) ? undefined : Number(region);
}

/**
 * Returns all that does not belong into the folders of the tables, by table where it lies in one's folder.
 * @param formats of the world; any if nothing tells of them
 */
export function straysIn(
  { master, facts, closing }: WorldFolders,
  formats: readonly FileFormat[] = FILE_FORMATS,
): FileProblem[] {
  const endings = formats.map((format) => FORMAT_ENDINGS[format]);
  const masters = new Set(
    Object.keys(DIMENSIONS).flatMap((name) => endings.map((ending) => name + ending)),
  );
  const isPart = (entry: Dirent) =>
    !entry.isDirectory() && regionOf(entry.name, formats) !== undefined;
  const strayParts = (folder: string) =>
    strays(folder, isPart, `a part such as part-1${endings[0]}`);
  return [
    ...strays(master, ({ name }) => masters.has(name), `a master, such as stores${endings[0]}`),
    ...strays(facts, isTable(FACTS), 'the folder of a fact table'),
    ...Object.keys(FACTS).flatMap((table) => [
      ...strays(
        path.join(facts, table),
        (entry) => entry.isDirectory() && dayOf(entry.name) !== undefined,
        'a folder such as dt=2024-03-05',
      ),
      ...daysIn(path.join(facts, table)).flatMap((day) => strayParts(path.join(facts, table, day))),
    ]),
    ...strays(closing, isTable(CLOSING), 'the folder of a closing table'),
    ...Object.keys(CLOSING).flatMap((table) => strayParts(path.join(closing, table))),
  ];
}

function isTable(tables: object): (entry: Dirent) => boolean {
  return (entry) => entry.isDirectory() && entry.name in tables;
}

function strays(
  folder: string,
  belongs: (entry: Dirent) => boolean,
  expected: string,
): FileProblem[] {
  return entriesOf(folder)
    .filter((entry) => !OF_THE_SYSTEM.test(entry.name) && !belongs(entry))
    .map(({ name }) => ({
      file: path.join(folder, name),
      kind: 'stray',
      problem: `does not belong here: expected ${expected}; move it away`,
    }));
}

function daysIn(folder: string): string[] {
  return entriesOf(folder).flatMap(({ name }) => (dayOf(name) === undefined ? [] : [name]));
}

function entriesOf(folder: string): Dirent[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
}
