/**
 * A world as files of another format: the same folders, and byte for byte the files that a run in that format writes.
 *
 * Each file is written whole under another name, read back, compared and noted; so an export that was ended goes on, and
 * one of a world that has grown writes the files alone that have changed.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { InputError, OutputError, reasonOf } from '../domain/errors.ts';
import { FORMAT_ENDINGS } from '../domain/formats.ts';
import { writeSchema } from '../store/schema-files.ts';
import { takeLock } from '../store/lock.ts';
import { worldPaths } from '../store/paths.ts';
import { writeFileAtomic } from '../tables/atomic-file.ts';
import { removeIfEmpty } from '../store/world-files.ts';
import { encodedChunks } from '../tables/encoded-chunks.ts';
import { parquetChunks } from '../tables/parquet/table-chunks.ts';
import type { Column } from '../domain/columns.ts';
import { FileLedger } from './file-ledger.ts';
import type { Export } from './export-job.ts';
import { partRows } from './part-rows.ts';
import { type Decoded, recordDecoder } from './record-decoder.ts';
import { differenceBetween, RecordTally, type Tally } from './tally.ts';
import type { ExportedPart, ExportedTable, ExportedWorld } from './world.ts';

type Encode = (
  columns: readonly Column[],
  records: Iterable<object>,
) => Iterable<string | Uint8Array>;

const ENCODERS = { csv: encodedChunks, parquet: parquetChunks } as const satisfies Record<
  string,
  Encode
>;

type FileFormat = keyof typeof ENCODERS;

/** Folders of tables. */
const FOLDERS = ['master', 'facts', 'closing'];

/** Returns the export to files of a format. */
export function exportTo(format: FileFormat): Export {
  return async (open, { place, onProgress }) => {
    requireOwnFolder(place);
    const world = await open();
    const release = takeLock(path.join(place, '.export', 'run.lock'));
    try {
      const ledger = FileLedger.open(place, { world: world.id, format });
      removeObsolete(world, ledger, place, format);
      const rows: Record<string, number> = {};
      let newRows = 0;
      for (const [done, table] of world.tables.entries()) {
        rows[table.name] = 0;
        for (const [at, part] of table.parts.entries()) {
          const step = `${table.name}, file ${at + 1} of ${table.parts.length}`;
          onProgress?.({ done, total: world.tables.length, step });
          const written = await exportPart(table, part, ledger, place, format);
          rows[table.name] += Number(written.tally.rows);
          if (written.isNew) newRows += Number(written.tally.rows);
        }
      }
      writeSchema(worldPaths(place), [format]);
      return { place: `"${place}"`, rows, newRows };
    } finally {
      release();
    }
  };
}

/** A folder without tables, or with those of an earlier export. */
function requireOwnFolder(place: string): void {
  if (existsSync(worldPaths(place).checkpoint)) {
    throw new InputError(
      `"${place}" is the folder of a world. Choose another folder for the copy (--output).`,
    );
  }
  if (existsSync(path.join(place, 'export.ndjson'))) return;
  const there = existsSync(place)
    ? readdirSync(place).filter((name) => FOLDERS.includes(name))
    : [];
  if (there.length === 0) return;
  throw new InputError(
    `"${place}" has a folder "${there[0]}" that no export wrote. Choose another folder (--output), or move it away.`,
  );
}

/** Removes files of parts that the world has no more, such as the header of a table that has rows now. */
function removeObsolete(
  world: ExportedWorld,
  ledger: FileLedger,
  place: string,
  format: FileFormat,
): void {
  const names = new Set(world.tables.flatMap(({ parts }) => parts.map(({ name }) => name)));
  for (const part of ledger.parts) {
    if (names.has(part)) continue;
    const file = fileOf(place, part, format);
    rmSync(file, { force: true });
    removeIfEmpty(path.dirname(file));
  }
}

function fileOf(place: string, part: string, format: FileFormat): string {
  return path.join(place, ...part.split('/')) + FORMAT_ENDINGS[format];
}

async function exportPart(
  table: ExportedTable,
  part: ExportedPart,
  ledger: FileLedger,
  place: string,
  format: FileFormat,
): Promise<{ readonly tally: Tally; readonly isNew: boolean }> {
  const file = fileOf(place, part.name, format);
  const known = ledger.find(part.name);
  if (known !== undefined && known.of === part.digest && existsSync(file)) {
    return { tally: known.tally, isNew: false };
  }
  const { columns } = table;
  const rows = await readable(part.file, () => partRows(part.file, columns));
  const counted = new RecordTally(columns);
  writeFileAtomic(file, ENCODERS[format](columns, tallied(rows, part.file, columns, counted)));
  const { tally } = counted;
  const there = new RecordTally(columns);
  for (const _ of tallied(await partRows(file, columns), file, columns, there));
  const difference = differenceBetween(there.tally, tally);
  if (difference !== undefined) {
    rmSync(file, { force: true });
    throw new OutputError(`"${file}" differs from "${part.file}": ${difference}`);
  }
  ledger.add({ part: part.name, of: part.digest, tally });
  return { tally, isNew: true };
}

function* tallied(
  rows: Iterable<readonly string[]>,
  file: string,
  columns: readonly Column[],
  tally: RecordTally,
): Generator<Decoded> {
  const decode = recordDecoder(columns);
  for (const fields of rows) {
    let record: Decoded;
    try {
      record = decode(fields);
    } catch (error) {
      throw new InputError(`Cannot read row ${tally.rows + 1} of "${file}": ${reasonOf(error)}`);
    }
    tally.add(record);
    yield record;
  }
}

async function readable<Rows>(file: string, read: () => Promise<Rows>): Promise<Rows> {
  try {
    return await read();
  } catch (error) {
    throw new InputError(`Cannot read "${file}": ${reasonOf(error)}`, { cause: error });
  }
}
