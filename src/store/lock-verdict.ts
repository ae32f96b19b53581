/**
 * Whether the holder of a lock still lives.
 *
 * In the same place its process number tells, at once; in another container of the same machine its socket, if
 * both have the same temporary folder. Of any other place only the heartbeat does: it is watched, by the watcher's
 * own clock, and a lock whose heartbeat does not move for `SILENT_MS` is stale. No two clocks are compared, so that
 * it does not matter what they show.
 */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answers } from './holder-socket.ts';
import { type LockRecord, parseLock, readLock } from './lock-record.ts';
import { isSameBoot, livesHere, thisProcess, UNKNOWN } from './process-identity.ts';

/** A holder moves its heartbeat on so often. */
export const HEARTBEAT_MS = 5_000;
/** A holder that stays silent for so long is gone: a dozen heartbeats, for busy machines and slow disks. */
export const SILENT_MS = 60_000;
/** A lock is empty for an instant while it is taken, and for ever after a power cut. */
const EMPTY_MS = 2_000;

export interface Verdict {
  /** `unsure`: it takes a while of watching to know. */
  readonly state: 'free' | 'stale' | 'held' | 'unsure';
  /** The file's content; empty if there is none. */
  readonly text: string;
  /** Who holds it, in words. */
  readonly owner: string;
}

/** What has been seen of a lock so far. */
interface Watched {
  text: string;
  lookedMs: number;
  silentMs: number;
  /** Whether it has moved while it was watched. */
  beats: boolean;
  /** Whether it was silent for as long as a watcher was told to wait, or its socket said that it is gone. */
  stale: boolean;
  /** Its socket's answer is awaited; undefined if it can't be asked. */
  asked?: Promise<void>;
}

const watched = new Map<string, Watched>();

/** @param holds whether a thread of ours took this lock */
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
    return { state, text, owner: 'a process that is just beginning' };
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
  if (isOurs(lock)) return holds || isOfThisLife(lock) ? 'held' : 'stale';
  const lives = livesHere(lock.pid, lock.start);
  if (lives === undefined && lock.beat !== undefined) {
    // A process has its number; whether it is the same one only the heartbeat tells.
    return byHeartbeat() === 'stale' ? 'stale' : 'held';
  }
  return lives === false ? 'stale' : 'held';
}

/** Asks the holder's socket. Of another kernel's sockets nothing is known here. */
function ask(lock: LockRecord, sight: Watched): void {
  if (sight.stale || sight.asked !== undefined || !isSameBoot(lock)) return;
  sight.asked = answers(lock.token).then((lives) => {
    if (lives === undefined) return;
    // As good as a heartbeat, and asked anew with the next look.
    Object.assign(sight, lives ? { beats: true, silentMs: 0 } : { stale: true });
    delete sight.asked;
  });
}

/** Whether process numbers of a lock count here as well. */
function isHere({ host, place, beat }: LockRecord): boolean {
  const here = thisProcess();
  // A program that knew no heartbeat wrote the host alone.
  return host === here.host && (place === here.place || beat === undefined);
}

/** Whether a lock with our number was taken since this process began: by another thread of it. */
function isOfThisLife({ takenMs, start }: LockRecord): boolean {
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
  // A watcher that did not look for long, as it was suspended itself, has seen no silence.
  last.silentMs += Math.min(nowMs - last.lookedMs, HEARTBEAT_MS);
  last.lookedMs = nowMs;
  return last;
}

function isSameLock(a: string, b: string): boolean {
  const token = parseLock(a)?.token;
  return token !== undefined && token !== '' && token === parseLock(b)?.token;
}

export interface WatchOptions {
  /** Told sentences that a user should read once. */
  readonly onNote?: ((sentence: string) => void) | undefined;
  /** How long a lock must be silent to be stale; for tests. */
  readonly silentMs?: number;
}

/**
 * Where only the heartbeat can tell whether a lock is held, waits until it has: a few seconds if it
 * beats, `SILENT_MS` if it does not. Then `takeLock` takes it over, or names its holder.
 */
export async function watchLock(file: string, options: WatchOptions = {}): Promise<void> {
  await watchOne(file, options);
  // Whoever was taking it over may have been killed just then.
  await watchOne(successionLock(file), options);
}

/** Asks the holder whether it lives, where that takes no waiting: then the next look at the lock knows. */
export async function askHolder(file: string): Promise<void> {
  verdictOf(file, false);
  await watched.get(path.resolve(file))?.asked;
}

/** The lock of those who take over a stale lock: only one at a time may. */
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
          `${owner} has given no sign of life for ${silentMs / 1000} s: its lock is taken over`,
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
        `"${file}" is held by ${owner}: watching for up to ${silentMs / 1000} s whether it still lives`,
      );
    }
    told = true;
    await sleep(everyMs);
  }
}
