/** The content of a lock file: its owner, and a heartbeat, which is a number that the owner increments. */
import { readFileSync } from 'node:fs';
import { type ProcessIdentity, UNKNOWN } from './process-identity.ts';

export interface LockRecord extends ProcessIdentity {
  /** When the lock was taken, epoch ms of the owner's clock; NaN if unknown. */
  readonly takenMs: number;
  /** Identifies this lock. */
  readonly token: string;
  /** Undefined for a lock of a version without heartbeats. */
  readonly beat: string | undefined;
}

const BEAT_DIGITS = 10;
/** Position of the heartbeat, bytes from the end of the file. */
export const BEAT_FROM_END = BEAT_DIGITS + 1;

/** Returns the content of a new lock. */
export function lockText(owner: ProcessIdentity, token: string, takenMs: number): string {
  const { pid, host, place, start } = owner;
  return `${pid} ${host} ${takenMs} ${token} ${place} ${start} ${'0'.repeat(BEAT_DIGITS)}\n`;
}

/** Parses a lock file; undefined if it is empty, cut or not a lock. */
export function parseLock(text: string): LockRecord | undefined {
  const [pidText, host, taken, token = '', place = UNKNOWN, start = UNKNOWN, beat] = text
    .trim()
    .split(' ');
  const pid = Number(pidText);
  if (!Number.isInteger(pid) || pid <= 0 || host === undefined) return undefined;
  return { pid, host, takenMs: Number(taken), token, place, start, beat };
}

/**
 * Returns the content of a lock file; undefined if there is none. It is opened each time, because only that shows
 * what another machine wrote to a network disk.
 */
export function readLock(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
