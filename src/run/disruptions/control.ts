/**
 * Live disruptions as whoever controls a world sees them: a command line, an API.
 *
 * A request goes into the world's inbox. A stream takes it up within a fraction of a second; where
 * nothing moves the world, it is taken up here, at the instant where the world stands. While history is
 * generated it waits until that run has ended.
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
  /** How long to wait until it is taken up; 5 s by default. */
  readonly patienceMs?: number;
}

export interface DisruptionList {
  /** Simulated instant of which the states are told. */
  readonly nowMs: number;
  readonly disruptions: readonly LiveStanding[];
  /** Requests that nobody has taken up yet. */
  readonly waiting: readonly LiveRequest[];
}

/**
 * Makes a disruption of whatever asks for one (see DISRUPTION_REQUEST).
 * @returns how it stands; undefined if it still waits to be taken up
 * @throws InputError if it can't be used in this world
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
 * Ends a disruption, or keeps a planned one from beginning.
 * @param id such as `L3`
 * @returns how it stands; undefined if the request still waits to be taken up
 * @throws InputError if there is no such disruption, or it is over
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
    throw new InputError(`Cannot cancel the disruption "${id}": it is ${meant.state} already`);
  }
  const command = await submit(paths, { command: 'cancel', number }, options);
  if (command === undefined) return undefined;
  return listDisruptions(paths, command.atMs).disruptions.find((one) => one.number === number);
}

/**
 * Ends all disruptions that are planned or active.
 * @returns the ids of those; undefined if the request still waits to be taken up
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
 * All live disruptions of a world, by number.
 * @param nowMs simulated time of whoever moves the world; where the files stand without it
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
    `Cannot disrupt the world in "${paths.root}": there is none. Begin one with: ` +
      `sim run --mode history --out ${shellWord(paths.root)}`,
  );
}

/** Hands a request in and waits for what becomes of it. */
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
  // The lock of a run that crashed says that there is something to clean up, and is gone afterwards.
  const crashed = isAbandoned(paths.lock);
  let release: () => void;
  try {
    release = takeLock(paths.lock);
  } catch (error) {
    // Somebody else was quicker, and may take the request up as well.
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
