/**
 * stream/retry-*: requests of other processes to the stream of a world to send dead letters again. A request
 * is a file; the stream takes it by renaming it, and answers with another file.
 */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { OutputError } from '../domain/errors.ts';
import type { Replay } from '../delivery/replay.ts';
import { writeFileAtomic } from '../tables/atomic-file.ts';
import { lockOwner } from '../store/lock.ts';
import type { WorldPaths } from '../store/paths.ts';

const LOOK_EVERY_MS = 50;
/** A stream checks for requests a few times a second; a process that does not answer within this is not a stream. */
const UNNOTICED_MS = 5_000;

const ANSWER = z.union([
  z.strictObject({ delivered: z.int().min(0), kept: z.int().min(0) }),
  z.strictObject({ error: z.string() }),
]);
type Answer = z.infer<typeof ANSWER>;
const STATES = ['request', 'taken', 'answer'] as const;
const NAME = /^retry-([0-9a-f-]{36})\.(request|taken|answer)$/;

/**
 * Asks the running stream to send the dead letters again, and waits for the result.
 * @returns undefined if the process that uses the world is not a stream
 * @throws OutputError if the letters could not be sent; Error once `signal` is aborted
 */
export async function askForRetry(
  paths: WorldPaths,
  signal?: AbortSignal,
): Promise<Replay | undefined> {
  const key = randomUUID();
  const [request, taken, answer] = STATES.map((state) => fileOf(paths, key, state));
  writeFileAtomic(request, '{}\n');
  try {
    for (let waitedMs = 0; ; waitedMs += LOOK_EVERY_MS) {
      // Checked before the answer is read, because a stream answers before it releases the world.
      const atWork = lockOwner(paths.lock) !== undefined;
      const answered = readAnswer(answer);
      if (answered !== undefined) {
        if ('error' in answered) throw new OutputError(answered.error);
        return answered;
      }
      const unnoticed = fs.existsSync(request) && waitedMs >= UNNOTICED_MS;
      if (unnoticed || (!atWork && !fs.existsSync(taken))) return undefined;
      if (!atWork) {
        throw new OutputError(
          'Cannot send the dead letters again: the stream ended before it did. Try again.',
        );
      }
      await sleep(LOOK_EVERY_MS, undefined, { signal });
    }
  } finally {
    fs.rmSync(request, { force: true });
    fs.rmSync(answer, { force: true });
  }
}

/** Takes all pending requests; returns their keys. */
export function takeRetryRequests(paths: WorldPaths): string[] {
  return filesIn(paths).flatMap(([key, state]) => {
    if (state !== 'request') return [];
    try {
      fs.renameSync(fileOf(paths, key, 'request'), fileOf(paths, key, 'taken'));
      return [key];
    } catch (error) {
      // The process that asked has already removed its request.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  });
}

/** Answers taken requests. */
export function answerRetryRequests(
  paths: WorldPaths,
  keys: readonly string[],
  answer: Answer,
): void {
  for (const key of keys) {
    writeFileAtomic(fileOf(paths, key, 'answer'), `${JSON.stringify(answer)}\n`);
    fs.rmSync(fileOf(paths, key, 'taken'), { force: true });
  }
}

/** Removes requests to an earlier stream. */
export function dropRetryRequests(paths: WorldPaths): void {
  for (const [key, state] of filesIn(paths)) fs.rmSync(fileOf(paths, key, state), { force: true });
}

function fileOf({ stream }: WorldPaths, key: string, state: string): string {
  return path.join(stream, `retry-${key}.${state}`);
}

function filesIn({ stream }: WorldPaths): [key: string, state: string][] {
  let names: string[];
  try {
    names = fs.readdirSync(stream);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return names.flatMap((name) => {
    const match = NAME.exec(name);
    return match === null ? [] : [[match[1], match[2]] as [string, string]];
  });
}

function readAnswer(file: string): Answer | undefined {
  try {
    return ANSWER.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
