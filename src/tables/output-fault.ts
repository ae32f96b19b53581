/** Describes why a file can't be written, and what to do about it. */
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { OutputError, PlaceError } from '../domain/errors.ts';

const OTHER_FOLDER = 'or choose another folder (--out)';
const FAULTS: Record<string, readonly [what: string, mend: string]> = {
  ENOSPC: ['the disk is full', `Free some space and run again, ${OTHER_FOLDER}.`],
  EDQUOT: ['the disk quota is used up', `Free some space and run again, ${OTHER_FOLDER}.`],
  EACCES: ['permission denied', `Allow this user to write there, ${OTHER_FOLDER}.`],
  EPERM: ['operation not permitted', `Allow this user to write there, ${OTHER_FOLDER}.`],
  EROFS: ['the file system is read-only', `Make it writable, ${OTHER_FOLDER}.`],
  EIO: ['the disk failed', `Check the disk and run again, ${OTHER_FOLDER}.`],
  EMFILE: ['too many files are open', 'Raise the limit of open files (ulimit -n) and run again.'],
  ENFILE: ['too many files are open', 'Raise the limit of open files and run again.'],
  EEXIST: ['a file is where a folder should be', `Move it away, ${OTHER_FOLDER}.`],
  ENOTDIR: ['a file is where a folder should be', `Move it away, ${OTHER_FOLDER}.`],
  ENAMETOOLONG: ['the name is too long', 'Choose another folder (--out).'],
  EISDIR: ['a folder is where the file should be', `Move it away, ${OTHER_FOLDER}.`],
};

/** Of files that are written: everything above them has been made, or could not be. */
const NOT_TAKEN = ['its file system takes no such file', 'Choose another folder (--out).'] as const;

/** Returns an OutputError that names the file, for an error of the file system; any other error unchanged. */
export function outputFault(file: string, error: unknown): unknown {
  const given = (error as NodeJS.ErrnoException | undefined)?.code;
  if (!(error instanceof Error) || typeof given !== 'string') return error;
  const code = given === 'ENOENT' ? (refusalAbove(file) ?? given) : given;
  const known = code === 'ENOENT' ? NOT_TAKEN : FAULTS[code];
  const [what, mend] = known ?? [error.message, `Fix that and run again, ${OTHER_FOLDER}.`];
  return new OutputError(`Cannot write "${file}": ${what} (${code}). ${mend}`, { cause: error });
}

/** What a folder answers in which nothing can ever be made, not even by waiting or freeing space. */
const OF_THE_PLACE = ['ENOENT', 'ENOTDIR', 'EEXIST', 'EPERM', 'EACCES', 'EROFS', 'ENAMETOOLONG'];

/** The same for the first file of a world: where the place is to blame, a PlaceError. */
export function placeFault(file: string, error: unknown): unknown {
  const fault = outputFault(file, error);
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  if (!(fault instanceof OutputError) || !OF_THE_PLACE.includes(code)) return fault;
  return new PlaceError(fault.message, { cause: error });
}

/** Returns whether an error comes from the system, such as for a file, a folder or a socket. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  return error instanceof Error && typeof code === 'string' && typeof syscall === 'string';
}

/** Describes what the system refused, as a sentence. @param name what was used, if the error does not name it */
export function systemFault(name: string, error: NodeJS.ErrnoException): string {
  const code = error.code ?? '';
  const [what, mend] = FAULTS[code] ?? [error.message, ''];
  const place = error.path === undefined ? name : `"${error.path}"`;
  return `Cannot use ${place}: ${what} (${code}). ${error.path === undefined ? '' : mend}`.trimEnd();
}

/**
 * Returns the error code why nothing can be created in the deepest existing folder above a file. Node reports
 * ENOENT if it can't create folders on a read-only file system.
 */
function refusalAbove(file: string): string | undefined {
  let folder = path.dirname(path.resolve(file));
  while (!existsSync(folder)) folder = path.dirname(folder);
  try {
    accessSync(folder, constants.W_OK);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
}
