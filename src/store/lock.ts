/**
 * One run at a time in a world's folder.
 *
 * The lock file names the process that holds it and has a heartbeat, which a thread of that process
 * moves on every few seconds. A lock whose holder is gone is taken over (`lock-verdict.ts` tells); one
 * whose holder lives never is. A holder that was suspended for so long that it passed for gone notices
 * (`requireHeld`) before it writes anything that counts.
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

/** A holder relies on its last heartbeat for so long, far less than others wait for the next one. */
const TRUST_SECONDS = (4 * HEARTBEAT_MS) / 1000;
/** Another process takes over a stale lock within an instant. */
const SUCCESSION_PATIENCE_MS = 2_000;

/** A folder that goes away so often between two steps can't be made. */
const MOST_TRIES = 50;

/** A lock that is held, as the threads of the holder share it. */
export type LockClaim = Beating;

const held = new Map<string, LockClaim>();

/** Takes the lock; returns what gives it back. Throws InputError while another run holds it. */
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

/** Takes the lock as soon as it is free. Throws InputError if it is not within `patienceMs`. */
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
 * Throws OutputError if a lock that this process took has gone to another since. Where none was taken
 * there is nothing to hold.
 */
export function requireHeld(file: string): void {
  const claim = held.get(path.resolve(file));
  if (claim !== undefined && tokenOf(file) !== claim.token) throw lost(file, claim);
}

/** The same, for whoever asks often: looks only if the heartbeat has not been heard lately. */
export function requireHeldLately(file: string): void {
  const claim = held.get(file) ?? held.get(path.resolve(file));
  if (claim === undefined) return;
  const silentSeconds = Date.now() / 1000 - Atomics.load(claim.beats, 0);
  if (silentSeconds > TRUST_SECONDS || silentSeconds < -TRUST_SECONDS) requireHeld(file);
}

/** A lock that this thread holds, for other threads of this process; undefined if it holds none. */
export function claimOf(file: string): LockClaim | undefined {
  return held.get(path.resolve(file));
}

/** Lets this thread look after a lock that another one of this process holds. */
export function shareClaim(claim: LockClaim): void {
  held.set(claim.file, claim);
}

/** Removes a lock that a thread of this process left when it was lost; only where no other is at work. */
export function dropLostLock(file: string): void {
  const lock = parseLock(readLock(file) ?? '');
  if (held.has(path.resolve(file)) || lock === undefined || !isOurs(lock)) return;
  rmSync(file, { force: true });
  removeSocket(lock.token);
}

/** Whether a run ended without giving its lock back: it crashed, or was killed. */
export function isAbandoned(file: string): boolean {
  return existsSync(file) && lockOwner(file) === undefined;
}

/** Who holds the lock, in words, or undefined if it is free or stale. */
export function lockOwner(file: string): string | undefined {
  const { state, owner } = verdict(file);
  return state === 'held' || state === 'unsure' ? owner : undefined;
}

function verdict(file: string) {
  return verdictOf(file, held.has(path.resolve(file)));
}

/** Puts a lock file there, which only one process can; returns its token. */
function acquire(file: string): string {
  let waitedMs = 0;
  for (let tries = 1; ; tries++) {
    const token = create(file, tries);
    if (token !== undefined) return token;
    const { state, text, owner } = verdict(file);
    if (state === 'free') continue;
    if (state === 'stale' && succeed(file, text)) continue;
    // Just begun, or about to be taken over: known in an instant.
    const passing = state === 'stale' || parseLock(text) === undefined;
    if (!passing || waitedMs >= 2 * SUCCESSION_PATIENCE_MS) throw busy(file, owner, state);
    waitedMs += pause(20);
  }
}

/** Undefined if there is a lock already, or was a moment ago. */
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
    // ENOENT: whoever gave the lock back has just removed the empty folder.
    if (code === 'EEXIST' || (code === 'ENOENT' && tries <= MOST_TRIES)) return undefined;
    throw placeFault(file, error);
  }
  // Where it stayed empty for too long, another process has taken it for a dead one's.
  if (tokenOf(file) === token) return token;
  removeSocket(token);
  return undefined;
}

/**
 * Removes a stale lock, if it still is what was found to be stale: of all who want it, one at a time
 * looks and removes. False if that is another process now.
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
      ? `Try again in a while: "${file}" is taken over when its heartbeat has stood still for ${SILENT_MS / 1000} s.`
      : lock?.beat === undefined
        ? `Wait until it ends. If no such process exists, remove "${file}".`
        : `Wait until it ends ("${file}" is its lock).`;
  return new InputError(
    `Cannot run in "${path.dirname(path.dirname(file))}": ${owner} is at work there. ${advice}`,
  );
}

function lost(file: string, claim: LockClaim): OutputError {
  // From here on every question is answered by a look at the file.
  Atomics.store(claim.beats, 0, 0);
  const owner = lockOwnerNow(file);
  return new OutputError(
    `its lock "${file}" was taken over${owner}, as nothing was heard of this process for ` +
      `${SILENT_MS / 1000} s or more (was it suspended?); it has written nothing since`,
  );
}

function lockOwnerNow(file: string): string {
  const lock = parseLock(readLock(file) ?? '');
  return lock === undefined ? '' : ` by process ${lock.pid} on host "${lock.host}"`;
}

/** Waits without letting go of the thread. */
function pause(ms: number): number {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  return ms;
}
