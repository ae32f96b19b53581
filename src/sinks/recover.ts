/** Takes the facts of a region back to a checkpoint, whatever a crash left of later ones. */
import path from 'node:path';
import { FACT_NAMES, type FactName } from '../domain/facts.ts';
import { fsyncDir } from '../tables/atomic-file.ts';
import { outputFault } from '../tables/output-fault.ts';
import { shortened, sizeOf } from './csv-part.ts';
import { type FilePort, nodeFiles } from './file-port.ts';
import { dtOf, dtOfFolder, type OpenPart, partFile, temporaryOf } from './part-files.ts';

export interface FactsCheckpoint {
  readonly atMs: number;
  /** What `suspend` gave, if `atMs` lies within a day. */
  readonly openParts?: readonly OpenPart[];
}

/**
 * Cuts open parts to what they were, removes parts of this region that are later than the checkpoint
 * and all that are unfinished; touches nothing else. Without a checkpoint every part of the region
 * goes. Throws InputError if a part is shorter than the checkpoint says, and OutputError.
 */
export function recover(
  factsDir: string,
  region: number,
  checkpoint: FactsCheckpoint | undefined,
  fs: FilePort = nodeFiles,
): void {
  const firstLaterDt = checkpoint === undefined ? '' : dtOf(checkpoint.atMs);
  const kept = new Set<string>();
  for (const { table, dt, bytes } of checkpoint?.openParts ?? []) {
    const file = partFile(factsDir, table, dt, region);
    restore(fs, file, bytes);
    kept.add(file);
  }
  for (const table of FACT_NAMES) {
    for (const dt of daysOf(fs, factsDir, table)) {
      const file = partFile(factsDir, table, dt, region);
      if (dt >= firstLaterDt && !kept.has(file)) remove(fs, file);
      remove(fs, temporaryOf(file));
    }
  }
}

function daysOf(fs: FilePort, factsDir: string, table: FactName): string[] {
  try {
    const names = fs.readdirSync(path.join(factsDir, table));
    return names.flatMap((name) => dtOfFolder(name) ?? []).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Gives a part its name and length, wherever the crash left it. */
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
