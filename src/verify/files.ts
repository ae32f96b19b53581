/** Which files of a world belong to which table, and whether each fulfils the catalogue. */
import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Column } from '../domain/columns.ts';
import { CLOSING, DIMENSIONS } from '../domain/dimensions.ts';
import { reasonOf } from '../domain/errors.ts';
import { FACTS } from '../domain/facts.ts';
import { codecOf, plainName } from '../tables/compression.ts';
import type { Committed, Digest } from './committed.ts';
import { beginningOf } from './compressed.ts';
import { crc32Of, lineWithReturn } from './file-bytes.ts';
import type { FileProblem, WorldFolders } from './file-problem.ts';
import { dayOf, regionOf } from './strays.ts';

/** One CSV file, plain or compressed; day and region for the parts of facts and closing tables. */
export interface TableFile {
  readonly file: string;
  readonly day?: string;
  readonly region?: number;
  /** Whether it is not known to be, byte for byte, what was committed. */
  readonly changed?: boolean;
}

/** A table with its readable files, and the problems of the others. */
export interface TableFiles {
  readonly table: string;
  readonly columns: readonly Column[];
  readonly kind: 'dimension' | 'fact' | 'closing';
  readonly files: readonly TableFile[];
  readonly problems: readonly FileProblem[];
}

const MISSING_PART = 'missing, although its region has other parts';
const MISSING_COMMITTED = 'missing, although it was committed';
const NO_PART = 'no part, and a table without rows keeps one file with its header';
const NOT_COMMITTED = 'no commit of its region wrote it; it is left out';
/** Number of files examined at once; compressed ones are read to their ends. */
const AT_ONCE = 4;

/** Name of the loaded table of a closing table: its own name may belong to a fact or dimension. */
export function closingTable(name: string): string {
  return `closing_${name}`;
}

const MAY_BE_EMPTY = closingTable('in_transit');

/**
 * Returns the files of all tables. Parts are in order of day and region: the order in which facts happened. A
 * fact table has a part for each day and region with rows, and at least one; a closing table one for each region
 * with rows, and at least one.
 */
export async function findTableFiles(
  folders: WorldFolders,
  committed?: Committed,
): Promise<TableFiles[]> {
  const dimensions = Object.entries(DIMENSIONS).map(([name, columns]): TableFiles => {
    const files = [{ file: path.join(folders.master, `${name}.csv`) }];
    return { table: name, columns, kind: 'dimension', files, problems: [] };
  });
  const closing = closingTables(
    Object.entries(CLOSING).map(([name, columns]) => {
      const folder = path.join(folders.closing, name);
      return { name: closingTable(name), columns, folder, parts: partsIn(folder) };
    }),
    committed,
  );
  const facts = Object.entries(FACTS).map(([name, { columns }]) => {
    const folder = path.join(folders.facts, name);
    const parts = subfolders(folder).flatMap((name) => {
      const day = dayOf(name);
      return day === undefined ? [] : partsIn(path.join(folder, name), day);
    });
    return factTable({ name, columns, folder, parts }, committed);
  });
  const tables: TableFiles[] = [];
  for (const table of [...dimensions, ...closing, ...facts]) {
    tables.push(await checked(table, committed));
  }
  return tables;
}

interface PartTable {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly folder: string;
  readonly parts: readonly TableFile[];
}

/** Every region has stock, so that one with a part in one table must have it in all; only the road may be empty. */
function closingTables(
  tables: readonly PartTable[],
  committed: Committed | undefined,
): TableFiles[] {
  const parts = tables.flatMap((table) => table.parts);
  const regions = [...new Set(parts.map(({ region }) => region!))]
    .filter((region) => region > 0)
    .sort((a, b) => a - b);
  return tables.map(({ name, columns, folder, parts }) => {
    const present = new Set(parts.map(({ file }) => file));
    const expected = name === MAY_BE_EMPTY ? [] : regions;
    const problems = expected
      .map((region) => path.join(folder, `part-${region}.csv`))
      .filter((file) => !present.has(file))
      .map((file) => ({ file, problem: MISSING_PART }));
    for (const file of missingIn(folder, committed)) {
      const known = problems.some((problem) => problem.file === file);
      if (!known) problems.push({ file, problem: MISSING_COMMITTED });
    }
    if (parts.length === 0 && problems.length === 0)
      problems.push({ file: folder, problem: NO_PART });
    return { table: name, columns, kind: 'closing', files: parts, problems };
  });
}

/**
 * Counts a part once that exists both plain and compressed. Where the committed parts are known, they are all expected
 * and no others.
 */
function factTable(
  { name, columns, folder, parts }: PartTable,
  committed: Committed | undefined,
): TableFiles {
  const present = new Map<string, TableFile>();
  const problems: FileProblem[] = [];
  for (const part of parts) {
    const plain = plainName(part.file);
    const other = present.get(plain);
    if (other !== undefined) {
      problems.push({ file: part.file, problem: `the same part as "${other.file}"` });
    } else if (committed?.regions.has(part.region!) && !committed.files.has(part.file)) {
      problems.push({ file: part.file, problem: NOT_COMMITTED, kind: 'stray' });
    } else {
      present.set(plain, part);
    }
  }
  const missing = missingIn(folder, committed);
  problems.push(...missing.map((file) => ({ file, problem: MISSING_COMMITTED })));
  if (parts.length === 0 && missing.length === 0) problems.push({ file: folder, problem: NO_PART });
  return { table: name, columns, kind: 'fact', files: [...present.values()], problems };
}

/** The committed files of a folder that are not there. */
function missingIn(folder: string, committed: Committed | undefined): string[] {
  const inFolder = folder + path.sep;
  return [...(committed?.files.keys() ?? [])].filter(
    (file) => file.startsWith(inFolder) && !existsSync(file),
  );
}

/** Returns the table with its readable files; the others are among its problems. */
async function checked(table: TableFiles, committed: Committed | undefined): Promise<TableFiles> {
  const files: TableFile[] = [];
  const problems = [...table.problems];
  for (let from = 0; from < table.files.length; from += AT_ONCE) {
    const some = table.files.slice(from, from + AT_ONCE);
    const examined = some.map((each) => examine(each, table.columns, committed));
    for (const { file, faults } of await Promise.all(examined)) {
      problems.push(...faults);
      if (file !== undefined) files.push(file);
    }
  }
  return { ...table, files, problems };
}

/** What is wrong with a file, and the file itself if it can be read. */
async function examine(
  each: TableFile,
  columns: readonly Column[],
  committed: Committed | undefined,
): Promise<{ file?: TableFile; faults: FileProblem[] }> {
  const { file } = each;
  const expected = committed?.files.get(file);
  if (expected !== undefined && existsSync(file)) {
    const difference = differenceFrom(expected, file);
    // What was written was whole.
    if (difference === undefined) return { file: { ...each, changed: false }, faults: [] };
    const digest = { file, kind: 'digest', problem: difference } as const;
    const { file: read, faults } = await examineContent(each, columns);
    return { ...(read !== undefined && { file: read }), faults: [digest, ...faults] };
  }
  return examineContent(each, columns);
}

async function examineContent(
  each: TableFile,
  columns: readonly Column[],
): Promise<{ file?: TableFile; faults: FileProblem[] }> {
  const { file } = each;
  const problem = await problemOf(file, columns);
  if (problem !== undefined) return { faults: [{ file, problem }] };
  const line = codecOf(file) === undefined ? lineWithReturn(file) : undefined;
  if (line !== undefined) {
    const fault = `line ${line} ends with CR LF, expected LF; the file is left out`;
    return { faults: [{ file, kind: 'row', problem: fault }] };
  }
  return { file: { ...each, changed: true }, faults: [] };
}

/** How a file differs from what was committed; undefined if it does not. */
function differenceFrom({ bytes, crc32 }: Digest, file: string): string | undefined {
  const found = statSync(file).size;
  if (found !== bytes) return `has ${found} bytes, and ${bytes} were committed`;
  if (crc32 === undefined || crc32Of(file) === crc32) return undefined;
  return 'has another content than was committed';
}

async function problemOf(file: string, columns: readonly Column[]): Promise<string | undefined> {
  if (!existsSync(file)) return 'missing';
  let header: string;
  try {
    header = await firstLine(file);
  } catch (error) {
    return `damaged: ${reasonOf(error)}`;
  }
  const expected = columns.map(({ name }) => name).join(',');
  if (header === expected) return undefined;
  return `header is ${JSON.stringify(header)}, expected ${JSON.stringify(expected)}`;
}

/** A header is ASCII and shorter than this number of bytes. */
const HEADER_BYTES = 4096;

async function firstLine(file: string): Promise<string> {
  const codec = codecOf(file);
  const bytes =
    codec === undefined ? firstBytes(file) : await beginningOf(file, codec, HEADER_BYTES);
  const text = bytes.toString('utf8');
  const end = text.indexOf('\n');
  return end < 0 ? text : text.slice(0, end);
}

function firstBytes(file: string): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(HEADER_BYTES);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, HEADER_BYTES, 0));
  } finally {
    closeSync(descriptor);
  }
}

function partsIn(folder: string, day?: string): TableFile[] {
  return entries(folder)
    .flatMap((name) => {
      const region = regionOf(name);
      return region === undefined || statSync(path.join(folder, name)).isDirectory()
        ? []
        : [{ file: path.join(folder, name), day, region }];
    })
    .sort((a, b) => a.region - b.region);
}

function subfolders(folder: string): string[] {
  return entries(folder).sort();
}

function entries(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
