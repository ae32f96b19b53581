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

/** The files of all tables. Parts are in order of day and region: the order in which facts happened. */
export function findTableFiles(folders: WorldFolders): TableFiles[] {
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
  );
  const facts = partTables(
    Object.entries(FACTS).map(([name, { columns }]) => {
      const folder = path.join(folders.facts, name);
      const days = subfolders(folder).filter((day) => DAY.test(day));
      const parts = days.flatMap((day) => partsIn(path.join(folder, day), DAY.exec(day)![1]));
      return { name, columns, folder, parts };
    }),
    'fact',
  );
  return [...dimensions, ...closing, ...facts];
}

interface PartTable {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly folder: string;
  readonly parts: readonly TableFile[];
}

/** Where one table has a part of a region and day, all tables must have it. */
function partTables(tables: readonly PartTable[], kind: 'fact' | 'closing'): TableFiles[] {
  const partKey = ({ file, day }: TableFile) =>
    path.join(day ? `dt=${day}` : '', path.basename(file));
  const expected = new Set(tables.flatMap(({ parts }) => parts.map(partKey)));
  return tables.map(({ name, columns, folder, parts }) => {
    const present = new Set(parts.map(partKey));
    const missing = [...expected]
      .filter((key) => !present.has(key))
      .map((key) => ({
        file: path.join(folder, key),
        problem: 'missing, while other tables have this part',
      }));
    return checked(name, columns, kind, parts, missing);
  });
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
