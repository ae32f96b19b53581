/**
 * Controls live disruptions from outside: from a command line, an API.
 *
 * A request is put into the world's inbox. A stream accepts it within a fraction of a second; if
 * no process runs the world, it is accepted here, at the world's present instant. While history is
 * generated, the request waits until that run has ended.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { InputError } from '../../domain/errors.ts';
import { formatLiveId, type LiveCommand, parseLiveId } from '../../domain/live-disruption.ts';
import { shellWord } from '../../domain/shell-word.ts';
import { isAbandoned, lockOwner, takeLock } from '../../store/lock.ts';
import { readManifest } from '../../store/manifest.ts';
import { restoreLastCommit } from '../open-world.ts';
import type { WorldPaths } from '../../store/paths.ts';
import { shardManifests } from '../../store/shard-manifests.ts';
import { presentMs, takeWaiting } from './desk.ts';
import { isWaiting, type LiveRequest, putRequest, waitingRequests } from './inbox.ts';
import { readDisruptionJournal } from './journal.ts';
import { parseDisruption } from './request.ts';
import { type LiveStanding, standingOf } from './standing.ts';
import { requireTargets } from './targets.ts';

const LOOK_EVERY_MS = 20;
const PATIENCE_MS = 5_000;

export interface SubmitOptions {
  /** Maximum wait until a request is accepted, ms; 5 s by default. */
  readonly patienceMs?: number;
}

export interface DisruptionList {
  /** Simulated instant of the states, epoch ms. */
  readonly nowMs: number;
  readonly disruptions: readonly LiveStanding[];
  /** Requests that no run has accepted yet. */
  readonly waiting: readonly LiveRequest[];
}

/**
 * Requests a disruption. @param value unchecked request (see DISRUPTION_REQUEST)
 * @returns its state; undefined if the request is still waiting
 * @throws InputError if the request is not valid in this world
 */
export async function createDisruption(
  paths: WorldPaths,
  request: unknown,
  options?: SubmitOptions,
): Promise<LiveStanding | undefined> {
  const disruption = parseDisruption(request);
  requireWorld(paths);
  requireTargets(paths, disruption.target);
  const command = await submit(paths, { command: 'create', disruption }, options);
  if (command?.kind !== 'create') return undefined;
  return standingOf([command], command.atMs)[0];
}

/**
 * Cancels a disruption that is planned or active.
 * @param id such as `L3`
 * @returns its state; undefined if the request is still waiting
 * @throws InputError if the disruption does not exist, or is over
 */
export async function cancelDisruption(
  paths: WorldPaths,
  id: string,
  options?: SubmitOptions,
): Promise<LiveStanding | undefined> {
  requireWorld(paths);
  const number = parseLiveId(id);
  const { disruptions } = listDisruptions(paths);
  const meant = disruptions.find((disruption) => disruption.number === number);
  if (number === undefined || meant === undefined) {
    const known = disruptions.map((disruption) => formatLiveId(disruption.number)).join(', ');
    throw new InputError(
      `Cannot cancel the disruption "${id}": expected one of this world's, ${known || 'which has none'}`,
    );
  }
  if (meant.state === 'over' || meant.state === 'cancelled') {
    throw new InputError(`Cannot cancel the disruption "${id}": it is already ${meant.state}`);
  }
  const command = await submit(paths, { command: 'cancel', number }, options);
  if (command === undefined) return undefined;
  return listDisruptions(paths, command.atMs).disruptions.find((one) => one.number === number);
}

/**
 * Cancels all disruptions that are planned or active.
 * @returns their ids; undefined if the request is still waiting
 */
export async function clearDisruptions(
  paths: WorldPaths,
  options?: SubmitOptions,
): Promise<string[] | undefined> {
  requireWorld(paths);
  const command = await submit(paths, { command: 'clear' }, options);
  return command?.kind === 'cancel' ? command.numbers.map(formatLiveId) : undefined;
}

/**
 * Returns all live disruptions of a world, by number.
 * @param nowMs simulated time of the run, epoch ms; by default the present instant of the files
 */
export function listDisruptions(paths: WorldPaths, nowMs = presentMs(paths)): DisruptionList {
  const commands = readDisruptionJournal(paths.liveJournal).entries.map(({ command }) => command);
  const waiting = waitingRequests(paths.inbox).map(({ request }) => request);
  return { nowMs, disruptions: standingOf(commands, nowMs), waiting };
}

function requireWorld(paths: WorldPaths): void {
  if (shardManifests(paths).length > 0) {
    throw new InputError(
      `Cannot disrupt the world in "${paths.root}": its shards are not merged yet. Finish and merge ` +
        'them first (sim merge).',
    );
  }
  if (readManifest(paths.manifest) !== undefined) return;
  throw new InputError(
    `Cannot disrupt the world in "${paths.root}": the folder contains no world. Begin one with: ` +
      `sim run --mode history --out ${shellWord(paths.root)}`,
  );
}

/** Puts a request into the inbox and waits for its command. */
async function submit(
  paths: WorldPaths,
  request: LiveRequest,
  { patienceMs = PATIENCE_MS }: SubmitOptions = {},
): Promise<LiveCommand | undefined> {
  const key = putRequest(paths.inbox, request);
  for (let waitedMs = 0; ; waitedMs += LOOK_EVERY_MS) {
    if (!isWaiting(paths.inbox, key)) return answerTo(paths, key);
    takeWhereNothingMoves(paths);
    if (!isWaiting(paths.inbox, key)) return answerTo(paths, key);
    if (waitedMs >= patienceMs) return undefined;
    await sleep(LOOK_EVERY_MS);
  }
}

function answerTo(paths: WorldPaths, key: string): LiveCommand | undefined {
  const { entries } = readDisruptionJournal(paths.liveJournal);
  return entries.find((entry) => entry.key === key)?.command;
}

function takeWhereNothingMoves(paths: WorldPaths): void {
  if (lockOwner(paths.lock) !== undefined) return;
  // A crashed run left its lock; recovery removes it.
  const crashed = isAbandoned(paths.lock);
  let release: () => void;
  try {
    release = takeLock(paths.lock);
  } catch (error) {
    // Another process took the lock first, and may accept the request.
    if (error instanceof InputError) return;
    throw error;
  }
  try {
    if (crashed) restoreLastCommit(paths);
    takeWaiting(paths, () => presentMs(paths));
  } finally {
    release();
  }
}
