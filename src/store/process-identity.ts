/**
 * Which process this is, so that another one can tell whether it still lives.
 *
 * Process numbers only mean something in one place: a machine since it was started, and a container of
 * it. There the start of a process tells it from a later one with the same number.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import os from 'node:os';

export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** Where the number counts; `-` where the host's name alone has to tell. */
  readonly place: string;
  /** When it began, in a unit of the place's own; `-` if unknown. */
  readonly start: string;
}

/** What is written for something that can't be told. */
export const UNKNOWN = '-';

let own: ProcessIdentity | undefined;

/** This process. */
export function thisProcess(): ProcessIdentity {
  own ??= { pid: process.pid, host: os.hostname(), place: placeOf(), start: startOf(process.pid) };
  return own;
}

/** Whether a process of this place lives; undefined if its number does but may be another's by now. */
export function livesHere(pid: number, start: string): boolean | undefined {
  if (!isAlive(pid)) return false;
  const now = startOf(pid);
  return now === UNKNOWN || start === UNKNOWN ? undefined : now === start;
}

/** Whether a process ran on this machine since it was started, in whatever container. */
export function isSameBoot({ place }: ProcessIdentity): boolean {
  const boot = bootOf(place);
  return boot !== undefined && boot === bootOf(thisProcess().place);
}

/** Undefined where the system does not tell. */
function bootOf(place: string): string | undefined {
  return /^([0-9a-f-]{36})\//.exec(place)?.[1];
}

/** When a process of this place began; `-` where the system does not tell. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in parentheses, may hold anything; the start is the 20th field after it.
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
    // Containers may share a host's name and not tell themselves apart: no number counts outside of this one.
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
