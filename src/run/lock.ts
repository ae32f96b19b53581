/**
 * One run at a time in a world's folder.
 *
 * The lock file holds process number, host and when it was taken. A lock is stale when its process is
 * gone, or has this process's number and is older than it (containers give the same number again). A
 * lock of another host is always respected.
 */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { InputError } from '../domain/errors.ts';
import { outputFault } from '../tables/output-fault.ts';
import { removeIfEmpty } from './world-files.ts';

const held = new Set<string>();

/** Takes the lock; returns what gives it back. Throws InputError while another run holds it. */
export function takeLock(file: string): () => void {
  const key = path.resolve(file);
  for (;;) {
    try {
      mkdirSync(path.dirname(file), { recursive: true });
      const descriptor = openSync(file, 'wx');
      writeFileSync(descriptor, `${process.pid} ${os.hostname()} ${Date.now()}\n`);
      closeSync(descriptor);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw outputFault(file, error);
    }
    const owner = lockOwner(file);
    if (owner !== undefined) {
      throw new InputError(
        `Cannot run in "${path.dirname(path.dirname(file))}": ${owner} is at work there. ` +
          `Wait until it ends. If no such process exists, remove "${file}".`,
      );
    }
    rmSync(file, { force: true });
  }
  held.add(key);
  return () => {
    if (!held.delete(key)) return;
    rmSync(file, { force: true });
    removeIfEmpty(path.dirname(file));
  };
}

/** Takes the lock as soon as it is free. Throws InputError if it is not within `patienceMs`. */
export async function awaitLock(file: string, patienceMs = 60_000): Promise<() => void> {
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

/** Removes a lock that a thread of this process left when it was lost; only where no other is at work. */
export function dropLostLock(file: string): void {
  if (held.has(path.resolve(file)) || lockOwner(file) !== `process ${process.pid}`) return;
  rmSync(file, { force: true });
}

/** Whether a run ended without giving its lock back: it crashed, or was killed. */
export function isAbandoned(file: string): boolean {
  return existsSync(file) && lockOwner(file) === undefined;
}

/** Who holds the lock, in words, or undefined if it is free or stale. */
export function lockOwner(file: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const [pidText, host = '', takenMs] = text.trim().split(' ');
  const pid = Number(pidText);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  if (host !== os.hostname()) return `process ${pid} on host "${host}"`;
  if (pid === process.pid) {
    return held.has(path.resolve(file)) || isOfThisLife(takenMs) ? `process ${pid}` : undefined;
  }
  return isAlive(pid) ? `process ${pid}` : undefined;
}

/** Whether a lock with our number was taken since this process began: by another thread of it. */
function isOfThisLife(takenMs: string | undefined): boolean {
  return takenMs !== undefined && Number(takenMs) >= Date.now() - process.uptime() * 1000;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
