/**
 * live/inbox: requests to the process that runs the world.
 *
 * A request is a file that is written in one step, and removed when its command is in the journal. The
 * journal contains its key, so a crash between the two does not execute it twice.
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

/** Stores a request durably in the inbox; returns its key. @throws OutputError */
export function putRequest(inbox: string, request: LiveRequest): string {
  // Keys sort by time of creation.
  const madeAt = String(Date.now()).padStart(15, '0');
  const key = `${madeAt}-${String(sent++).padStart(6, '0')}-${randomUUID()}`;
  writeFileAtomic(path.join(inbox, key + ENDING), `${JSON.stringify(request)}\n`);
  return key;
}

/**
 * Returns the requests that no run has accepted yet, oldest first.
 * @param onRefused called with the name of a file that is not a request, and the reason; the file is put aside
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
      // Another process has accepted the request.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      if (onRefused === undefined) return [];
      fs.renameSync(file, `${file}.refused`);
      onRefused(`${file}.refused`, reasonOf(error));
      return [];
    }
  });
}

/** Removes a request whose command is in the journal. */
export function removeRequest(inbox: string, key: string): void {
  fs.rmSync(path.join(inbox, key + ENDING), { force: true });
}

/** Whether a request is still waiting. */
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
