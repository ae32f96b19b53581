/** What a lock file says: who holds it, and a heartbeat, a number that its holder moves on. */
import { readFileSync } from 'node:fs';
import { type ProcessIdentity, UNKNOWN } from './process-identity.ts';

export interface LockRecord extends ProcessIdentity {
  /** When it was taken, epoch ms of the holder; NaN if it does not say. */
  readonly takenMs: number;
  /** Tells this lock from any other one. */
  readonly token: string;
  /** Undefined for a lock of a program that knows no heartbeat. */
  readonly beat: string | undefined;
}

const BEAT_DIGITS = 10;
/** Where the heartbeat begins, counted from the end of the file. */
export const BEAT_FROM_END = BEAT_DIGITS + 1;

/** The content of a lock that was just taken. */
export function lockText(owner: ProcessIdentity, token: string, takenMs: number): string {
  const { pid, host, place, start } = owner;
  return `${pid} ${host} ${takenMs} ${token} ${place} ${start} ${'0'.repeat(BEAT_DIGITS)}\n`;
}

/** What a lock file's content says; undefined for one that is empty, cut or foreign. */
export function parseLock(text: string): LockRecord | undefined {
  const [pidText, host, taken, token = '', place = UNKNOWN, start = UNKNOWN, beat] = text
    .trim()
    .split(' ');
  const pid = Number(pidText);
  if (!Number.isInteger(pid) || pid <= 0 || host === undefined) return undefined;
  return { pid, host, takenMs: Number(taken), token, place, start, beat };
}

/**
 * The content of a lock file; undefined if there is none. It is opened anew each time: only that shows
 * what another machine wrote to a network disk.
 */
export function readLock(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
