/**
 * Only one run at a time uses a world's folder.
 *
 * The lock file names its owner, a process, and contains a heartbeat, which a thread of that process
 * updates every few seconds. A lock whose owner has ended is taken over (see `lock-verdict.ts`); the lock of a
 * running process never is. An owner that was suspended for so long that its lock was taken over detects that
 * (`requireHeld`) before it writes anything that is valid.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder } from '../domain/make-folder.ts';
import { InputError, OutputError } from '../domain/errors.ts';
import { placeFault } from '../tables/output-fault.ts';
import { type Beating, startBeating, stopBeating } from './heartbeat.ts';
import { openSocket, removeSocket } from './holder-socket.ts';
import { lockText, parseLock, readLock } from './lock-record.ts';
import { HEARTBEAT_MS, isOurs, SILENT_MS, successionLock, verdictOf } from './lock-verdict.ts';
import { thisProcess } from './process-identity.ts';
import { removeIfEmpty } from './world-files.ts';

export { askHolder, watchLock } from './lock-verdict.ts';

/** Time for which an owner relies on its last heartbeat: far less than others wait for the next one. */
const TRUST_SECONDS = (4 * HEARTBEAT_MS) / 1000;
/** Maximum time in which another process takes over a stale lock. */
const SUCCESSION_PATIENCE_MS = 2_000;

/** Maximum number of tries to create a folder that other processes remove. */
const MOST_TRIES = 50;

/** A lock as the threads of its owner share it. */
export type LockClaim = Beating;

const held = new Map<string, LockClaim>();

/** Takes the lock; returns a function that releases it. Throws InputError while another run has it. */
export function takeLock(file: string): () => void {
  const key = path.resolve(file);
  const token = acquire(file);
  const beats = new Uint32Array(new SharedArrayBuffer(Uint32Array.BYTES_PER_ELEMENT));
  beats[0] = Date.now() / 1000;
  const claim = { file: key, token, beats };
  held.set(key, claim);
  startBeating(claim);
  return () => {
    if (held.get(key) !== claim) return;
    held.delete(key);
    stopBeating(claim);
    giveBack(file, token);
    removeIfEmpty(path.dirname(file));
  };
}

/** Takes the lock when it is free. Throws InputError if it is not free within `patienceMs`. */
export async function awaitLock(file: string, patienceMs = 2 * SILENT_MS): Promise<() => void> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 100) {
    if (lockOwner(file) === undefined) {
      try {
        return takeLock(file);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
      }
    }
    await sleep(100);
  }
  return takeLock(file);
}

/**
 * Throws OutputError if another process has taken over a lock of this process. Does nothing if this process did not
 * take the lock.
 */
export function requireHeld(file: string): void {
  const claim = held.get(path.resolve(file));
  if (claim !== undefined && tokenOf(file) !== claim.token) throw lost(file, claim);
}

/** Like `requireHeld`, for frequent calls: reads the file only if the last heartbeat was a while ago. */
export function requireHeldLately(file: string): void {
  const claim = held.get(file) ?? held.get(path.resolve(file));
  if (claim === undefined) return;
  const silentSeconds = Date.now() / 1000 - Atomics.load(claim.beats, 0);
  if (silentSeconds > TRUST_SECONDS || silentSeconds < -TRUST_SECONDS) requireHeld(file);
}

/** Returns a lock of this thread, for other threads of this process; undefined if it has none. */
export function claimOf(file: string): LockClaim | undefined {
  return held.get(path.resolve(file));
}

/** Makes this thread update a lock of another thread of this process. */
export function shareClaim(claim: LockClaim): void {
  held.set(claim.file, claim);
}

/** Removes the lock of a lost thread of this process. No other thread may use the world. */
export function dropLostLock(file: string): void {
  const lock = parseLock(readLock(file) ?? '');
  if (held.has(path.resolve(file)) || lock === undefined || !isOurs(lock)) return;
  rmSync(file, { force: true });
  removeSocket(lock.token);
}

/** Whether a run ended without releasing its lock, because it crashed or was killed. */
export function isAbandoned(file: string): boolean {
  return existsSync(file) && lockOwner(file) === undefined;
}

/** Returns a description of the lock's owner; undefined if it is free or stale. */
export function lockOwner(file: string): string | undefined {
  const { state, owner } = verdict(file);
  return state === 'held' || state === 'unsure' ? owner : undefined;
}

function verdict(file: string) {
  return verdictOf(file, held.has(path.resolve(file)));
}

/** Creates a lock file, which only one process can; returns its token. */
function acquire(file: string): string {
  let waitedMs = 0;
  for (let tries = 1; ; tries++) {
    const token = create(file, tries);
    if (token !== undefined) return token;
    const { state, text, owner } = verdict(file);
    if (state === 'free') continue;
    if (state === 'stale' && succeed(file, text)) continue;
    // The lock is just being taken or taken over, so its state is known soon.
    const passing = state === 'stale' || parseLock(text) === undefined;
    if (!passing || waitedMs >= 2 * SUCCESSION_PATIENCE_MS) throw busy(file, owner, state);
    waitedMs += pause(20);
  }
}

/** Returns the token of a new lock; undefined if there is a lock already. */
function create(file: string, tries: number): string | undefined {
  const token = randomBytes(8).toString('hex');
  try {
    makeFolder(path.dirname(file));
    const descriptor = openSync(file, 'wx');
    try {
      openSocket(token);
      writeFileSync(descriptor, lockText(thisProcess(), token, Date.now()));
    } catch (error) {
      removeSocket(token);
      rmSync(file, { force: true });
      throw error;
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // ENOENT: the previous owner has just removed the empty folder.
    if (code === 'EEXIST' || (code === 'ENOENT' && tries <= MOST_TRIES)) return undefined;
    throw placeFault(file, error);
  }
  // If the file stayed empty for too long, another process has taken it over.
  if (tokenOf(file) === token) return token;
  removeSocket(token);
  return undefined;
}

/**
 * Removes a stale lock if it is unchanged. Only one process at a time does this; returns false if
 * another one is doing it now.
 */
function succeed(file: string, text: string): boolean {
  const succession = successionLock(file);
  let token: string;
  try {
    token = acquire(succession);
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
  try {
    if (readLock(file) === text) {
      rmSync(file, { force: true });
      removeSocket(parseLock(text)?.token ?? '');
    }
  } finally {
    giveBack(succession, token);
  }
  return true;
}

function giveBack(file: string, token: string): void {
  if (tokenOf(file) === token) rmSync(file, { force: true });
  removeSocket(token);
}

function tokenOf(file: string): string | undefined {
  return parseLock(readLock(file) ?? '')?.token;
}

function busy(file: string, owner: string, state: string): InputError {
  const lock = parseLock(readLock(file) ?? '');
  const advice =
    state === 'unsure'
      ? `Try again later: "${file}" is taken over when its heartbeat has not changed for ${SILENT_MS / 1000} s.`
      : lock?.beat === undefined
        ? `Wait until it ends. If no such process exists, remove "${file}".`
        : `Wait until it ends ("${file}" is its lock).`;
  return new InputError(
    `Cannot run in "${path.dirname(path.dirname(file))}": ${owner} is using it. ${advice}`,
  );
}

function lost(file: string, claim: LockClaim): OutputError {
  // From now on every check reads the file.
  Atomics.store(claim.beats, 0, 0);
  const owner = lockOwnerNow(file);
  return new OutputError(
    `its lock "${file}" was taken over${owner}, because this process did not update it for ` +
      `${SILENT_MS / 1000} s or more (was it suspended?); it has written nothing since`,
  );
}

function lockOwnerNow(file: string): string {
  const lock = parseLock(readLock(file) ?? '');
  return lock === undefined ? '' : ` by process ${lock.pid} on host "${lock.host}"`;
}

/** Blocks the thread. */
function pause(ms: number): number {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  return ms;
}
