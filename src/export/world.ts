/** The tables of a world as they were last committed, with their parts, for whoever takes them elsewhere. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../domain/errors.ts';
import type { FileFormat } from '../domain/formats.ts';
import { readManifest } from '../store/manifest.ts';
import type { WorldPaths } from '../store/paths.ts';
import { worldIdOf } from '../store/world-id.ts';
import { referenceOf, type WorldTable, worldTables } from '../tables/world-tables.ts';
import { type Committed, readCommitted } from '../verify/committed.ts';
import { crc32Of } from '../verify/file-bytes.ts';
import { closingTable, findTableFiles, type TableFiles } from '../verify/files.ts';

/** One file of a table. */
export interface ExportedPart {
  /** The same in every format: `facts/receipts/dt=2024-03-01/part-1`. */
  readonly name: string;
  readonly file: string;
  /** Length and CRC-32 of the file. */
  readonly digest: string;
  readonly bytes: number;
}

/** A table, with its files in the order of what happened. */
export interface ExportedTable extends WorldTable {
  readonly format: FileFormat;
  readonly parts: readonly ExportedPart[];
}

export interface ExportedWorld {
  readonly id: string;
  readonly version: number;
  /** End of its history, epoch ms. */
  readonly committedMs: number;
  /** Each after the tables that it refers to. */
  readonly tables: readonly ExportedTable[];
}

/**
 * Returns what there is to export. Reads every file once to see that it is what was committed.
 * @throws InputError without a world, or if a file is missing or is not what was committed
 */
export async function openExportedWorld(paths: WorldPaths): Promise<ExportedWorld> {
  const manifest = readManifest(paths.manifest);
  if (manifest === undefined) {
    throw new InputError(
      `There is no world in "${paths.root}". Name the folder of one, or generate one with sim run.`,
    );
  }
  const committed = readCommitted(paths.root, paths);
  const found = await findTableFiles(paths, committed);
  requireWhole(paths.root, found, committed);
  const tables = worldTables().map((table) => {
    const name = table.kind === 'closing' ? closingTable(table.name) : table.name;
    const files = found.find((each) => each.table === name)!;
    return { ...table, format: files.format, parts: partsOf(table, files, committed) };
  });
  return {
    id: worldIdOf(manifest),
    version: manifest.worldVersion,
    committedMs: manifest.committedMs,
    tables: inLoadOrder(tables),
  };
}

function requireWhole(root: string, found: readonly TableFiles[], committed: Committed): void {
  const problems = [...committed.problems, ...found.flatMap((table) => table.problems)].filter(
    ({ kind }) => kind !== 'twin' && kind !== 'stray',
  );
  if (problems.length === 0) return;
  const [{ file, problem }] = problems;
  const more = problems.length === 1 ? '' : `, and ${problems.length - 1} more problems`;
  throw new InputError(
    `Cannot export "${root}": "${file}" is ${problem}${more}. "sim verify" lists all that is wrong; restore the files from a copy, or generate the world again.`,
  );
}

function partsOf(table: WorldTable, { files }: TableFiles, committed: Committed): ExportedPart[] {
  const folder = path.posix.dirname(table.files.split('/dt=')[0].split('/part-')[0]);
  return files.map(({ file, day, region }) => {
    const { bytes, crc32 = crc32Of(file) } = committed.files.get(file) ?? {
      bytes: statSync(file).size,
    };
    const place = [folder, table.name, ...(day === undefined ? [] : [`dt=${day}`])];
    const name =
      region === undefined ? `${folder}/${table.name}` : [...place, `part-${region}`].join('/');
    return { name, file, digest: `${bytes} ${crc32}`, bytes };
  });
}

/** Masters first, as they are; then facts by what they refer to, so that keys hold at every step. */
function inLoadOrder(tables: readonly ExportedTable[]): ExportedTable[] {
  const ordered: ExportedTable[] = [];
  const put = (table: ExportedTable) => {
    if (ordered.includes(table)) return;
    for (const column of table.columns) {
      const other = tables.find(({ name }) => name === referenceOf(table.name, column)?.table);
      if (other !== undefined) put(other);
    }
    ordered.push(table);
  };
  for (const table of tables) put(table);
  return ordered;
}
