/**
 * Decides whether the process that has a lock is still running.
 *
 * On the same machine and in the same container, the process id shows it at once; in another container of the same
 * machine its socket does, if both have the same temporary folder. Otherwise only the heartbeat does: it is watched, and
 * a lock whose heartbeat does not change for `SILENT_MS` of the watcher's clock is stale. Clocks of different machines
 * are never compared.
 */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answers } from './holder-socket.ts';
import { type LockRecord, parseLock, readLock } from './lock-record.ts';
import { isSameBoot, runsHere, thisProcess, UNKNOWN } from './process-identity.ts';

/** Time between two heartbeats. */
export const HEARTBEAT_MS = 5_000;
/** Time without a heartbeat after which a lock is stale: a dozen heartbeats, for busy machines and slow disks. */
export const SILENT_MS = 60_000;
/** Time after which an empty lock is stale. It is empty for an instant while being taken, or after a power cut. */
const EMPTY_MS = 2_000;

export interface Verdict {
  /** `unsure`: the lock must be watched for a while. */
  readonly state: 'free' | 'stale' | 'held' | 'unsure';
  /** The file's content; empty if there is none. */
  readonly text: string;
  /** Description of the owner. */
  readonly owner: string;
}

/** Observations of a lock so far. */
interface Watched {
  text: string;
  lookedMs: number;
  silentMs: number;
  /** Whether its heartbeat has changed while it was watched. */
  beats: boolean;
  /** Whether it was silent for the whole time of a watch, or its socket refused the connection. */
  stale: boolean;
  /** Resolves with the answer of its socket; undefined if there is none. */
  asked?: Promise<void>;
}

const watched = new Map<string, Watched>();

/** Returns the state of a lock. @param holds whether a thread of this process took it */
export function verdictOf(file: string, holds: boolean): Verdict {
  const text = readLock(file);
  const key = path.resolve(file);
  if (text === undefined) {
    watched.delete(key);
    return { state: 'free', text: '', owner: '' };
  }
  const lock = parseLock(text);
  const sight = look(key, text);
  if (lock === undefined) {
    const state = sight.stale || sight.silentMs >= EMPTY_MS ? 'stale' : 'unsure';
    return { state, text, owner: 'a process that is starting' };
  }
  return { state: stateOf(lock, sight, holds), text, owner: ownerText(lock) };
}

/** Whether a lock names this process. */
export function isOurs(lock: LockRecord): boolean {
  const here = thisProcess();
  return lock.pid === here.pid && lock.host === here.host && isHere(lock);
}

function stateOf(lock: LockRecord, sight: Watched, holds: boolean): Verdict['state'] {
  const byHeartbeat = () => {
    if (sight.stale || sight.silentMs >= SILENT_MS) return 'stale';
    return sight.beats ? 'held' : 'unsure';
  };
  if (!isHere(lock)) {
    if (lock.beat === undefined) return 'held';
    ask(lock, sight);
    return byHeartbeat();
  }
  if (isOurs(lock)) return holds || isOfThisProcess(lock) ? 'held' : 'stale';
  const lives = runsHere(lock.pid, lock.start);
  if (lives === undefined && lock.beat !== undefined) {
    // A process with this id is running; only the heartbeat shows whether it is the same process.
    return byHeartbeat() === 'stale' ? 'stale' : 'held';
  }
  return lives === false ? 'stale' : 'held';
}

/** Connects to the owner's socket, if both run on the same kernel. */
function ask(lock: LockRecord, sight: Watched): void {
  if (sight.stale || sight.asked !== undefined || !isSameBoot(lock)) return;
  sight.asked = answers(lock.token).then((lives) => {
    if (lives === undefined) return;
    // Counts as a heartbeat; the next look connects again.
    Object.assign(sight, lives ? { beats: true, silentMs: 0 } : { stale: true });
    delete sight.asked;
  });
}

/** Whether process ids of a lock are valid here. */
function isHere({ host, place, beat }: LockRecord): boolean {
  const here = thisProcess();
  // Versions without heartbeats wrote only the host.
  return host === here.host && (place === here.place || beat === undefined);
}

/** Whether a lock with this process's id was taken after its start, which means by another thread of it. */
function isOfThisProcess({ takenMs, start }: LockRecord): boolean {
  const here = thisProcess();
  if (start !== UNKNOWN && here.start !== UNKNOWN) return start === here.start;
  return takenMs >= Date.now() - process.uptime() * 1000;
}

function ownerText({ pid, host, place, beat }: LockRecord): string {
  const here = isHere({ pid, host, place, beat, start: UNKNOWN, takenMs: 0, token: '' });
  return here ? `process ${pid}` : `process ${pid} on host "${host}"`;
}

function look(key: string, text: string): Watched {
  const nowMs = performance.now();
  const last = watched.get(key);
  if (last === undefined || last.text !== text) {
    const beats = last !== undefined && isSameLock(last.text, text);
    const sight = { text, lookedMs: nowMs, silentMs: 0, beats, stale: false };
    watched.set(key, sight);
    return sight;
  }
  // While the watcher itself was suspended, it could not observe a heartbeat.
  last.silentMs += Math.min(nowMs - last.lookedMs, HEARTBEAT_MS);
  last.lookedMs = nowMs;
  return last;
}

function isSameLock(a: string, b: string): boolean {
  const token = parseLock(a)?.token;
  return token !== undefined && token !== '' && token === parseLock(b)?.token;
}

export interface WatchOptions {
  /** Called with a note for the user. */
  readonly onNote?: ((sentence: string) => void) | undefined;
  /** Replaces `SILENT_MS` in tests. */
  readonly silentMs?: number;
}

/**
 * If only the heartbeat shows whether a lock is held, waits until that is known: a few seconds if it
 * changes, `SILENT_MS` if not. Then `takeLock` takes the lock over, or names its owner.
 */
export async function watchLock(file: string, options: WatchOptions = {}): Promise<void> {
  await watchOne(file, options);
  // A process may have been killed while it took the lock over.
  await watchOne(successionLock(file), options);
}

/** Waits for the answer of the owner's socket, if it has one; the next look at the lock uses it. */
export async function askHolder(file: string): Promise<void> {
  verdictOf(file, false);
  await watched.get(path.resolve(file))?.asked;
}

/** Returns the path of the lock for taking over a stale lock, which only one process may do at a time. */
export function successionLock(file: string): string {
  return `${file}.next`;
}

async function watchOne(
  file: string,
  { onNote, silentMs = SILENT_MS }: WatchOptions,
): Promise<void> {
  const everyMs = Math.max(10, Math.min(500, silentMs / 20));
  const key = path.resolve(file);
  let told = false;
  for (;;) {
    await askHolder(file);
    const { state, owner } = verdictOf(file, false);
    if (state !== 'unsure') {
      if (told && state === 'stale') {
        onNote?.(
          `${owner} has not updated its lock for ${silentMs / 1000} s: the lock is taken over`,
        );
      }
      return;
    }
    const sight = watched.get(key);
    if (sight !== undefined && sight.silentMs >= silentMs) {
      sight.stale = true;
      continue;
    }
    if (!told) {
      onNote?.(
        `"${file}" is the lock of ${owner}: waiting up to ${silentMs / 1000} s to see whether it is still running`,
      );
    }
    told = true;
    await sleep(everyMs);
  }
}
