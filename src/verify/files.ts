/** Which files of a world belong to which table, and whether each is what the catalogue promises. */
import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs';
import path from 'node:path';
import type { Column } from '../domain/columns.ts';
import { CLOSING, DIMENSIONS } from '../domain/dimensions.ts';
import { FACTS } from '../domain/facts.ts';

export interface WorldFolders {
  readonly master: string;
  readonly facts: string;
  readonly closing: string;
}

/** One CSV file; day and region for the parts of facts and closing tables. */
export interface TableFile {
  readonly file: string;
  readonly day?: string;
  readonly region?: number;
}

/** A table with the files that can be read, and what is wrong with others. */
export interface TableFiles {
  readonly table: string;
  readonly columns: readonly Column[];
  readonly kind: 'dimension' | 'fact' | 'closing';
  readonly files: readonly TableFile[];
  readonly problems: readonly FileProblem[];
}

export interface FileProblem {
  readonly file: string;
  readonly problem: string;
}

const DAY = /^dt=(\d{4}-\d{2}-\d{2})$/;
const PART = /^part-(\d+)\.csv$/;

/** Name of the loaded table of a closing table: its own may be taken by a fact or dimension. */
export function closingTable(name: string): string {
  return `closing_${name}`;
}

/**
 * The files of all tables. Parts are in order of day and region: the order in which facts happened.
 * A region that has one part of facts must have one for every table and day.
 */
export function findTableFiles(folders: WorldFolders, days: readonly string[]): TableFiles[] {
  const dimensions = Object.entries(DIMENSIONS).map(([name, columns]) => {
    const files = [{ file: path.join(folders.master, `${name}.csv`) }];
    return checked(name, columns, 'dimension', files, []);
  });
  const closing = partTables(
    Object.entries(CLOSING).map(([name, columns]) => {
      const folder = path.join(folders.closing, name);
      return { name: closingTable(name), columns, folder, parts: partsIn(folder) };
    }),
    'closing',
    [undefined],
  );
  const facts = partTables(
    Object.entries(FACTS).map(([name, { columns }]) => {
      const folder = path.join(folders.facts, name);
      const days = subfolders(folder).filter((day) => DAY.test(day));
      const parts = days.flatMap((day) => partsIn(path.join(folder, day), DAY.exec(day)![1]));
      return { name, columns, folder, parts };
    }),
    'fact',
    days,
  );
  return [...dimensions, ...closing, ...facts];
}

interface PartTable {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly folder: string;
  readonly parts: readonly TableFile[];
}

/** Every region that has a part in some table must have one in all tables, for all `days`. */
function partTables(
  tables: readonly PartTable[],
  kind: 'fact' | 'closing',
  days: readonly (string | undefined)[],
): TableFiles[] {
  const parts = tables.flatMap((table) => table.parts);
  const regions = [...new Set(parts.map(({ region }) => region!))].sort((a, b) => a - b);
  return tables.map(({ name, columns, folder, parts }) => {
    const present = new Set(parts.map(({ file }) => file));
    const missing = days
      .flatMap((day) => regions.map((region) => partFile(folder, region, day)))
      .filter((file) => !present.has(file))
      .map((file) => ({ file, problem: 'missing, while its region has others' }));
    return checked(name, columns, kind, parts, missing);
  });
}

function partFile(folder: string, region: number, day?: string): string {
  return path.join(folder, day === undefined ? '' : `dt=${day}`, `part-${region}.csv`);
}

function checked(
  table: string,
  columns: readonly Column[],
  kind: TableFiles['kind'],
  files: readonly TableFile[],
  missing: readonly FileProblem[],
): TableFiles {
  const problems = [...missing];
  const readable = files.filter(({ file }) => {
    const problem = headerProblem(file, columns);
    if (problem !== undefined) problems.push({ file, problem });
    return problem === undefined;
  });
  return { table, columns, kind, files: readable, problems };
}

function headerProblem(file: string, columns: readonly Column[]): string | undefined {
  if (!existsSync(file)) return 'missing';
  const header = firstLine(file);
  const expected = columns.map(({ name }) => name).join(',');
  if (header === expected) return undefined;
  return `header is ${JSON.stringify(header)}, expected ${JSON.stringify(expected)}`;
}

/** A header is ASCII and shorter than this. */
const HEADER_BYTES = 4096;

function firstLine(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(HEADER_BYTES);
    const text = bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, HEADER_BYTES, 0));
    const end = text.indexOf('\n');
    return end < 0 ? text : text.slice(0, end);
  } finally {
    closeSync(descriptor);
  }
}

function partsIn(folder: string, day?: string): TableFile[] {
  return entries(folder)
    .flatMap((name) => {
      const match = PART.exec(name);
      return match === null
        ? []
        : [{ file: path.join(folder, name), day, region: Number(match[1]) }];
    })
    .sort((a, b) => a.region - b.region);
}

function subfolders(folder: string): string[] {
  return entries(folder).sort();
}

function entries(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
