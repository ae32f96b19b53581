/** Which files of a world belong to which table, and whether each fulfils the catalogue. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Column } from '../domain/columns.ts';
import { CLOSING, DIMENSIONS } from '../domain/dimensions.ts';
import { FACTS } from '../domain/facts.ts';
import {
  DEFAULT_FORMATS,
  FORMAT_ENDINGS,
  FILE_FORMATS,
  type FileFormat,
  formatOfFile,
} from '../domain/formats.ts';
import { plainName } from '../tables/compression.ts';
import { type Committed, NOTHING_COMMITTED } from './committed.ts';
import { examineFile } from './examine-file.ts';
import type { FileProblem, WorldFolders } from './file-problem.ts';
import { dayOf, regionOf } from './strays.ts';

/** One file, CSV plain or compressed, or Parquet; day and region for the parts of facts and closing tables. */
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
  /** The format that is loaded: CSV if it is there. */
  readonly format: FileFormat;
  readonly files: readonly TableFile[];
  /** The same table in Parquet, if `files` are CSV. */
  readonly twins: readonly TableFile[];
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
 * @param committed what the manifest tells; without its formats, they are those of the files
 */
export async function findTableFiles(
  folders: WorldFolders,
  committed: Committed = NOTHING_COMMITTED,
): Promise<TableFiles[]> {
  const { formats = FILE_FORMATS } = committed;
  const ofMasters = committed.formats ?? formatsOfMasters(folders.master);
  const dimensions = Object.entries(DIMENSIONS).map(([name, columns]) =>
    masterTable(name, columns, folders.master, ofMasters),
  );
  const closing = closingTables(
    Object.entries(CLOSING).map(([name, columns]) => {
      const folder = path.join(folders.closing, name);
      return { name: closingTable(name), columns, folder, parts: partsIn(folder, formats) };
    }),
    committed,
  );
  const facts = Object.entries(FACTS).map(([name, { columns }]) => {
    const folder = path.join(folders.facts, name);
    const parts = subfolders(folder).flatMap((name) => {
      const day = dayOf(name);
      return day === undefined ? [] : partsIn(path.join(folder, name), formats, day);
    });
    return factTable({ name, columns, folder, parts }, committed);
  });
  const tables: TableFiles[] = [];
  for (const table of [...dimensions, ...closing, ...facts]) {
    tables.push(await checked(table, committed));
  }
  return tables;
}

/** The formats of the masters that are there; CSV without any. */
function formatsOfMasters(folder: string): readonly FileFormat[] {
  const there = FILE_FORMATS.filter((format) =>
    Object.keys(DIMENSIONS).some((name) => existsSync(masterFile(folder, name, format))),
  );
  return there.length === 0 ? DEFAULT_FORMATS : there;
}

function masterFile(folder: string, name: string, format: FileFormat): string {
  return path.join(folder, name + FORMAT_ENDINGS[format]);
}

function masterTable(
  table: string,
  columns: readonly Column[],
  folder: string,
  formats: readonly FileFormat[],
): TableFiles {
  const all = formats.map((format) => masterFile(folder, table, format));
  const files = all.filter((file) => existsSync(file)).map((file) => ({ file }));
  const problems = all
    .filter((file) => !existsSync(file))
    .map((file) => ({ file, problem: 'missing' }));
  return inOneFormat({ table, columns, kind: 'dimension', files, problems }, formats);
}

type AnyFormat = Omit<TableFiles, 'format' | 'twins'>;

/** Chooses the format to load: CSV if any file is there, else Parquet; without files, the first of the world. */
function inOneFormat(
  table: AnyFormat,
  [first]: readonly FileFormat[] = DEFAULT_FORMATS,
): TableFiles {
  const of = (wanted: FileFormat) =>
    table.files.filter(({ file }) => formatOfFile(file) === wanted);
  const [csv, parquet] = [of('csv'), of('parquet')];
  if (csv.length > 0) return { ...table, format: 'csv', files: csv, twins: parquet };
  const format = parquet.length > 0 ? 'parquet' : first;
  return { ...table, format, files: parquet, twins: [] };
}

interface PartTable {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly folder: string;
  readonly parts: readonly TableFile[];
}

/** Every region has stock, so that one with a part in one table must have it in all; only the road may be empty. */
function closingTables(tables: readonly PartTable[], committed: Committed): TableFiles[] {
  const parts = tables.flatMap((table) => table.parts);
  const regions = [...new Set(parts.map(({ region }) => region!))]
    .filter((region) => region > 0)
    .sort((a, b) => a - b);
  return tables.map(({ name, columns, folder, parts }) => {
    const whole = { table: name, columns, kind: 'closing', files: parts, problems: [] } as const;
    const { format, files, twins } = inOneFormat(whole, committed.formats);
    const present = new Set(files.map(({ file }) => file));
    const expected = name === MAY_BE_EMPTY ? [] : regions;
    const problems = expected
      .map((region) => path.join(folder, `part-${region}${FORMAT_ENDINGS[format]}`))
      .filter((file) => !present.has(file))
      .map((file) => ({ file, problem: MISSING_PART }));
    for (const file of missingIn(folder, committed)) {
      const known = problems.some((problem) => problem.file === file);
      if (!known) problems.push({ file, problem: MISSING_COMMITTED });
    }
    if (parts.length === 0 && problems.length === 0)
      problems.push({ file: folder, problem: NO_PART });
    return { ...whole, format, files, twins, problems };
  });
}

/**
 * Counts a part once that exists both plain and compressed. Where the committed parts are known, they are all expected
 * and no others.
 */
function factTable({ name, columns, folder, parts }: PartTable, committed: Committed): TableFiles {
  const present = new Map<string, TableFile>();
  const problems: FileProblem[] = [];
  for (const part of parts) {
    const plain = plainName(part.file);
    const other = present.get(plain);
    if (other !== undefined) {
      problems.push({ file: part.file, problem: `the same part as "${other.file}"` });
    } else if (committed.regions.has(part.region!) && !committed.files.has(part.file)) {
      problems.push({ file: part.file, problem: NOT_COMMITTED, kind: 'stray' });
    } else {
      present.set(plain, part);
    }
  }
  const missing = missingIn(folder, committed);
  problems.push(...missing.map((file) => ({ file, problem: MISSING_COMMITTED })));
  if (parts.length === 0 && missing.length === 0) problems.push({ file: folder, problem: NO_PART });
  const files = [...present.values()];
  return inOneFormat({ table: name, columns, kind: 'fact', files, problems }, committed.formats);
}

/** The committed files of a folder that are not there. */
function missingIn(folder: string, { files }: Committed): string[] {
  const inFolder = folder + path.sep;
  return [...files.keys()].filter((file) => file.startsWith(inFolder) && !existsSync(file));
}

/** Returns the table with its readable files; the others are among its problems. */
async function checked(table: TableFiles, committed: Committed): Promise<TableFiles> {
  const problems = [...table.problems];
  const readable = async (all: readonly TableFile[]): Promise<TableFile[]> => {
    const files: TableFile[] = [];
    for (let from = 0; from < all.length; from += AT_ONCE) {
      const some = all.slice(from, from + AT_ONCE).map(async (each) => {
        const expected = committed.files.get(each.file);
        return { each, ...(await examineFile(each.file, table.columns, expected)) };
      });
      for (const { each, changed, faults } of await Promise.all(some)) {
        problems.push(...faults);
        if (changed !== undefined) files.push({ ...each, changed });
      }
    }
    return files;
  };
  const files = await readable(table.files);
  const twins = await readable(table.twins);
  return { ...table, files, twins, problems: problems.map((each) => asTwin(each, table.format)) };
}

/** No rows are missing because of a file whose rows are loaded from another format. */
function asTwin(problem: FileProblem, format: FileFormat): FileProblem {
  const { file, kind = 'file' } = problem;
  const isOther = FILE_FORMATS.some(
    (other) => other !== format && plainName(file).endsWith(FORMAT_ENDINGS[other]),
  );
  return isOther && kind === 'file' ? { ...problem, kind: 'twin' } : problem;
}

function partsIn(folder: string, formats: readonly FileFormat[], day?: string): TableFile[] {
  return entries(folder)
    .flatMap((name) => {
      const region = regionOf(name, formats);
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
