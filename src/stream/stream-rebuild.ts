/**
 * `--rebuild-journal`: continues a stream whose journal, frontier or checkpoint is missing or damaged.
 *
 * Undamaged parts are kept. A missing checkpoint is simulated again without sending events, from an earlier one or
 * from the opening of the world. Without the journal it is unknown which events were sent: all events up to the
 * frontier are sent again and count as possibly repeated.
 */
import { rmSync } from 'node:fs';
import { InputError } from '../domain/errors.ts';
import {
  Frontier,
  type FrontierState,
  readFrontier,
  requireFrontierOf,
} from '../delivery/frontier.ts';
import { beginJournal, type JournalState, readJournal } from '../delivery/journal-access.ts';
import { checkJournal, loadJournal } from '../delivery/journal-file.ts';
import { Ledger } from '../delivery/ledger.ts';
import { takeLock, watchLock } from '../store/lock.ts';
import { type Manifest, readManifest } from '../store/manifest.ts';
import type { WorldPaths } from '../store/paths.ts';
import type { HistoryWorld } from '../run/region-run.ts';
import { lastRealtimeRun } from '../store/state.ts';
import {
  checkpointsOf,
  type FrontierRequest,
  requireContinuable,
  standingBefore,
  type StreamBase,
  type StreamStanding,
  streamStanding,
  typesOf,
} from './stream-standing.ts';
import { streamPaths } from '../store/paths.ts';
import { worldIdOf } from '../store/world-id.ts';

/**
 * Replaces the damaged parts and returns the standing of the stream.
 * @returns undefined for a world that was never streamed
 * @throws InputError if the files belong to another world; OutputError
 */
export function rebuiltStanding(
  paths: WorldPaths,
  world: HistoryWorld,
  history: Manifest,
): StreamStanding | undefined {
  const standing = unlessUnusable(() => ({ whole: streamStanding(paths, world, history) }));
  if (standing !== undefined) return standing.whole;
  const worldId = worldIdOf(world.identity);
  const own = unlessUnusable(() => {
    const manifest = readManifest(streamPaths(paths).manifest);
    if (manifest !== undefined) requireContinuable(paths, world, manifest);
    return manifest;
  });
  if (own === undefined) rmSync(streamPaths(paths).manifest, { force: true });
  const frontier = unlessUnusable(() => {
    const found = readFrontier(paths.frontier);
    if (found !== undefined) requireFrontierOf(worldId, paths.frontier, found);
    return found;
  });
  const journal = unlessUnusable(() => wholeJournal(paths, worldId, frontier));
  const streamedMs = Date.parse(lastRealtimeRun(paths.state) ?? '');
  const knownMs = own?.committedMs ?? (Number.isNaN(streamedMs) ? history.committedMs : streamedMs);
  const countsFromMs = journal === undefined ? knownMs : Number(journal.base);
  const base = latestBefore(countsFromMs, checkpointsOf(paths, history, own), world);
  requireContinuable(paths, world, base.manifest);
  const reachedMs = frontier?.reachedMs ?? journal?.reachedMs;
  const frontierMs = Math.max(countsFromMs, reachedMs ?? countsFromMs);
  if (journal === undefined || frontier === undefined) {
    writeAnew(paths, { worldId, countsFromMs, journal }, frontierMs, reachedMs !== undefined);
  }
  return { base, countsFromMs, frontierMs, types: journal && typesOf(journal) };
}

/** Returns the journal if no part of it is missing. */
function wholeJournal(
  paths: WorldPaths,
  world: string,
  length: FrontierState | undefined,
): JournalState | undefined {
  const loaded = loadJournal(paths.journal);
  if (loaded === undefined || checkJournal(paths.journal, loaded, { world, length })) return;
  return readJournal(paths.journal);
}

/** Returns the last checkpoint at or before an instant; the opening of the world if there is none. */
function latestBefore(
  atMs: number,
  checkpoints: readonly StreamBase[],
  world: HistoryWorld,
): StreamBase {
  const before = checkpoints
    .filter(({ manifest }) => manifest.committedMs <= atMs)
    .sort((a, b) => b.manifest.committedMs - a.manifest.committedMs);
  if (before.length > 0) return before[0];
  const { identity } = world;
  const opening = { ...identity, committedMs: identity.startMs, regions: [] };
  return { manifest: opening, folder: checkpoints[0].folder };
}

interface From {
  readonly worldId: string;
  readonly countsFromMs: number;
  readonly journal: JournalState | undefined;
}

function writeAnew(
  paths: WorldPaths,
  { worldId, countsFromMs, journal }: From,
  frontierMs: number,
  isFrontierKnown: boolean,
): void {
  rmSync(paths.frontier, { force: true });
  const frontier = new Frontier(paths.frontier, { world: worldId, wallMs: () => 0 });
  try {
    if (journal === undefined) {
      beginJournal(paths.journal, {
        base: String(countsFromMs),
        world: worldId,
        // The service's number applies, since no sent event is known.
        partitions: 0,
        ledger: ledgerOf(paths, worldId).snapshot(),
        doubtfulToMs: isFrontierKnown ? frontierMs : Number.MAX_SAFE_INTEGER,
      });
    }
    const { edition, bytes } = journalLengthOf(paths);
    frontier.settled(frontierMs);
    frontier.wrote(edition, bytes, bytes);
  } finally {
    frontier.close();
  }
}

function journalLengthOf(paths: WorldPaths): { edition: number; bytes: number } {
  const { header, wholeBytes } = loadJournal(paths.journal)!;
  return { edition: header.edition, bytes: wholeBytes };
}

/** Returns the part of the ledger that can still be read. */
function ledgerOf(paths: WorldPaths, worldId: string): Ledger {
  const journal = unlessUnusable(() => readJournal(paths.journal));
  const ledger = journal?.world === worldId ? journal.ledger : new Ledger();
  ledger.forgetInFlight();
  return ledger;
}

function unlessUnusable<Found>(read: () => Found): Found | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/**
 * Replaces damaged parts before the files of a world are generated up to its stream's time.
 * @returns the time up to which the world was streamed, epoch ms; undefined if it never was
 * @throws InputError if the files belong to another world; OutputError
 */
export async function rebuildStream(request: FrontierRequest): Promise<number | undefined> {
  const { paths } = request;
  await watchLock(paths.lock);
  const release = takeLock(paths.lock);
  try {
    return standingBefore(request, rebuiltStanding)?.frontierMs;
  } finally {
    release();
  }
}
