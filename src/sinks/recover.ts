/** Takes the facts of a region back to a checkpoint, whatever a crash left of later ones. */
import path from 'node:path';
import { FACT_NAMES, type FactName } from '../domain/facts.ts';
import { fsyncDir } from '../tables/atomic-file.ts';
import { outputFault } from '../tables/output-fault.ts';
import { shortened, sizeOf } from './csv-part.ts';
import { type FilePort, nodeFiles } from './file-port.ts';
import { lengthBefore } from './part-cut.ts';
import { dtOf, dtOfFolder, type OpenPart, partFile, temporaryOf } from './part-files.ts';

const DAY_MS = 86_400_000;

export interface FactsCheckpoint {
  readonly atMs: number;
  /** What `suspend` gave, if `atMs` lies within a day. Without it parts are cut by their rows' times. */
  readonly openParts?: readonly OpenPart[];
}

/**
 * Cuts the parts of the checkpoint's day to what they were, removes parts of this region that are
 * later and all that are unfinished; touches nothing else. Without a checkpoint every part of the
 * region goes. Throws InputError if a part is shorter than the checkpoint says, and OutputError.
 */
export function recover(
  factsDir: string,
  region: number,
  checkpoint: FactsCheckpoint | undefined,
  fs: FilePort = nodeFiles,
): void {
  const atMs = checkpoint?.atMs ?? Number.NEGATIVE_INFINITY;
  const firstDt = checkpoint === undefined ? '' : dtOf(atMs);
  const cutDt = checkpoint?.openParts === undefined && atMs % DAY_MS !== 0 ? firstDt : undefined;
  for (const { table, dt, bytes } of checkpoint?.openParts ?? []) {
    restore(fs, partFile(factsDir, table, dt, region), bytes);
  }
  for (const table of FACT_NAMES) {
    for (const dt of daysOf(fs, factsDir, table)) {
      const file = partFile(factsDir, table, dt, region);
      const listed = checkpoint?.openParts?.some((part) => part.table === table && part.dt === dt);
      if (dt >= firstDt && !listed) {
        if (dt === cutDt) cutByTime(fs, file, atMs);
        else remove(fs, file);
      }
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

function cutByTime(fs: FilePort, file: string, atMs: number): void {
  for (const candidate of [file, temporaryOf(file)]) {
    if (sizeOf(fs, candidate) === undefined) continue;
    const bytes = lengthBefore(fs, candidate, atMs);
    if (bytes === 0) remove(fs, file);
    else restore(fs, file, bytes);
    return;
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
