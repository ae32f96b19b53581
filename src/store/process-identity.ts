/**
 * Identifies this process, so that another one can find out whether it is still running.
 *
 * Process ids are only unique in one place: a machine since its start, or a container on
 * it. There the start time distinguishes a process from a later one with the same id.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import os from 'node:os';

export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** The place in which the id is valid; `-` if only the host's name is known. */
  readonly place: string;
  /** Start time of the process, in the system's unit; `-` if unknown. */
  readonly start: string;
}

/** Value of an unknown field. */
export const UNKNOWN = '-';

let own: ProcessIdentity | undefined;

/** Returns the identity of this process. */
export function thisProcess(): ProcessIdentity {
  own ??= { pid: process.pid, host: os.hostname(), place: placeOf(), start: startOf(process.pid) };
  return own;
}

/** Whether a process of this place is running; undefined if it may be another process with the same id. */
export function livesHere(pid: number, start: string): boolean | undefined {
  if (!isAlive(pid)) return false;
  const now = startOf(pid);
  return now === UNKNOWN || start === UNKNOWN ? undefined : now === start;
}

/** Whether a process ran on this machine since its last boot, in any container. */
export function isSameBoot({ place }: ProcessIdentity): boolean {
  const boot = bootOf(place);
  return boot !== undefined && boot === bootOf(thisProcess().place);
}

/** Returns the boot id; undefined if the system does not provide it. */
function bootOf(place: string): string | undefined {
  return /^([0-9a-f-]{36})\//.exec(place)?.[1];
}

/** Returns the start time of a process of this place; `-` if the system does not provide it. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in parentheses, may contain anything; the start time is the 20th field after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? UNKNOWN;
  } catch {
    return UNKNOWN;
  }
}

function placeOf(): string {
  if (process.platform !== 'linux') return UNKNOWN;
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${readlinkSync('/proc/self/ns/pid').replace(/\D/g, '')}`;
  } catch {
    // Containers may have the same host name, so process ids are not valid outside of this one.
    return `unknown/${randomBytes(8).toString('hex')}`;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
