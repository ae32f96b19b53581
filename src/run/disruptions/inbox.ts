/**
 * live/inbox: requests on their way to whoever moves the world, in whatever process that is.
 *
 * A request is a file that appears whole and is removed once the journal has what it asks for. The
 * journal knows its key, so a crash between the two makes nothing happen twice.
 */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { reasonOf } from '../../domain/errors.ts';
import { writeFileAtomic } from '../../tables/atomic-file.ts';
import { DISRUPTION_REQUEST } from './request.ts';

const REQUEST = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('create'), disruption: DISRUPTION_REQUEST }),
  z.strictObject({ command: z.literal('cancel'), number: z.int().min(1) }),
  z.strictObject({ command: z.literal('clear') }),
]);
export type LiveRequest = z.output<typeof REQUEST>;

export interface WaitingRequest {
  readonly key: string;
  readonly request: LiveRequest;
}

const ENDING = '.json';
let sent = 0;

/** Puts a request where it will be found, durably; returns its key. @throws OutputError */
export function putRequest(inbox: string, request: LiveRequest): string {
  // Keys sort by when they were made.
  const madeAt = String(Date.now()).padStart(15, '0');
  const key = `${madeAt}-${String(sent++).padStart(6, '0')}-${randomUUID()}`;
  writeFileAtomic(path.join(inbox, key + ENDING), `${JSON.stringify(request)}\n`);
  return key;
}

/**
 * Requests that nobody has taken up yet, oldest first.
 * @param onRefused told the name of a file that is none, and what is wrong with it; it is put aside then
 */
export function waitingRequests(
  inbox: string,
  onRefused?: (file: string, reason: string) => void,
): WaitingRequest[] {
  const names = namesIn(inbox).filter((name) => name.endsWith(ENDING));
  return names.sort().flatMap((name) => {
    const file = path.join(inbox, name);
    try {
      const request = REQUEST.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
      return [{ key: name.slice(0, -ENDING.length), request }];
    } catch (error) {
      // Another taker was quicker.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      if (onRefused === undefined) return [];
      fs.renameSync(file, `${file}.refused`);
      onRefused(`${file}.refused`, reasonOf(error));
      return [];
    }
  });
}

/** Removes a request that the journal has. */
export function removeRequest(inbox: string, key: string): void {
  fs.rmSync(path.join(inbox, key + ENDING), { force: true });
}

/** Whether a request still waits. */
export function isWaiting(inbox: string, key: string): boolean {
  return fs.existsSync(path.join(inbox, key + ENDING));
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
