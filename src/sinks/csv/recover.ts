/** Restores the facts of a region at a checkpoint and removes later ones that a crash left. */
import path from 'node:path';
import { FACT_NAMES, type FactName } from '../../domain/facts.ts';
import { fsyncDir, TEMPORARY } from '../../tables/atomic-file.ts';
import { ENDINGS } from '../../tables/compression.ts';
import { FILE_FORMATS } from '../../domain/formats.ts';
import { outputFault } from '../../tables/output-fault.ts';
import { shortened, sizeOf } from './csv-part.ts';
import { KEPT, keptName } from '../parquet/kept-part.ts';
import { crc32Of } from './file-digest.ts';
import { type FilePort, nodeFiles } from './file-port.ts';
import { dtOf, dtOfFolder, type OpenPart, partFile, temporaryOf } from './part-files.ts';

export interface FactsCheckpoint {
  readonly atMs: number;
  /** Result of `suspend` if `atMs` is within a day. */
  readonly openParts?: readonly OpenPart[];
}

/**
 * Cuts open parts to their length at the checkpoint, and removes parts of this region that are later than the
 * checkpoint or unfinished; changes nothing else. Without a checkpoint, removes every part of the region.
 * Throws OutputError, and InputError if a part is shorter than at the checkpoint.
 */
export function recover(
  factsDir: string,
  region: number,
  checkpoint: FactsCheckpoint | undefined,
  fs: FilePort = nodeFiles,
): void {
  const firstLaterDt = checkpoint === undefined ? '' : dtOf(checkpoint.atMs);
  const kept = new Set<string>();
  for (const part of checkpoint?.openParts ?? []) {
    const file = partFile(factsDir, part.table, part.dt, region, part.format);
    if (part.format === 'parquet') restoreKept(fs, file, part);
    else restore(fs, file, part.bytes);
    kept.add(file);
  }
  for (const table of FACT_NAMES) {
    for (const dt of daysOf(fs, factsDir, table)) {
      const parts = FILE_FORMATS.map((format) => partFile(factsDir, table, dt, region, format));
      const folder = path.dirname(parts[0]);
      for (const name of namesIn(fs, folder)) {
        const found = path.join(folder, name);
        if (!parts.some((part) => isPartOrUnfinished(found, part))) continue;
        const later = dt >= firstLaterDt && !kept.has(found);
        if (later || found.endsWith(TEMPORARY) || found.endsWith(KEPT)) remove(fs, found);
      }
    }
  }
}

/** Whether a file is the part, plain or compressed, finished or not, or as it was at a commit. */
function isPartOrUnfinished(found: string, part: string): boolean {
  if (!found.startsWith(part)) return false;
  const ending = found.slice(part.length).replace(TEMPORARY, '').replace(KEPT, '');
  return ending === '' || Object.values<string>(ENDINGS).includes(ending);
}

/** Restores a Parquet part as it was at the checkpoint, unless it is that already. */
function restoreKept(fs: FilePort, file: string, { bytes, crc32 }: OpenPart): void {
  try {
    const found = sizeOf(fs, file);
    if (found === bytes && crc32Of(file) === crc32) return;
    if (sizeOf(fs, keptName(file)) !== undefined) {
      fs.renameSync(keptName(file), file);
      fsyncDir(path.dirname(file), fs);
    } else if ((found ?? 0) < bytes) throw shortened(file, found ?? 0, bytes);
  } catch (error) {
    throw outputFault(file, error);
  }
}

function daysOf(fs: FilePort, factsDir: string, table: FactName): string[] {
  const names = namesIn(fs, path.join(factsDir, table));
  return names.flatMap((name) => dtOfFolder(name) ?? []).sort();
}

function namesIn(fs: FilePort, folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Restores a part's name and length. */
function restore(fs: FilePort, file: string, bytes: number): void {
  const temporary = temporaryOf(file);
  try {
    const complete = sizeOf(fs, file);
    const found = complete ?? sizeOf(fs, temporary) ?? 0;
    if (found < bytes) throw shortened(file, found, bytes);
    const place = complete === undefined ? temporary : file;
    if (found > bytes) truncate(fs, place, bytes);
    if (place === temporary) {
      fs.renameSync(temporary, file);
      fsyncDir(path.dirname(file), fs);
    }
  } catch (error) {
    throw outputFault(file, error);
  }
}

function truncate(fs: FilePort, file: string, bytes: number): void {
  const descriptor = fs.openSync(file, 'r+');
  try {
    fs.ftruncateSync(descriptor, bytes);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

function remove(fs: FilePort, file: string): void {
  try {
    fs.rmSync(file, { force: true });
  } catch (error) {
    throw outputFault(file, error);
  }
}
