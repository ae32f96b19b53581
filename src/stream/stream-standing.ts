/**
 * Where the stream of a world stands: the checkpoint from which it goes on, and the instant up to which
 * something may be pending.
 *
 * There is one frontier a world. Whoever streams next, in whatever way, first brings forth everything
 * between checkpoint and frontier again and sends what is not settled; a history may go past it meanwhile,
 * but never takes away the checkpoint that the stream counts from (`stream-checkpoint.ts`).
 */
import { InputError } from '../domain/errors.ts';
import type { EventType } from '../domain/event-rules.ts';
import { formatInstant } from '../engine/time.ts';
import { type FrontierState, readFrontier, requireFrontierOf } from '../delivery/frontier.ts';
import { type JournalState, readJournal } from '../delivery/journal-access.ts';
import { checkJournal, loadJournal, REBUILD } from '../delivery/journal-file.ts';
import { requireCommandsHad } from '../run/disruptions/had.ts';
import { requireSameWorld } from '../store/identity.ts';
import { waysOut } from '../store/shard-advice.ts';
import { type Manifest, readManifest } from '../store/manifest.ts';
import type { WorldPaths } from '../store/paths.ts';
import type { HistoryWorld } from '../run/region-run.ts';
import { lastRealtimeRun } from '../store/state.ts';
import { streamPaths } from '../store/paths.ts';
import { worldIdOf } from '../store/world-id.ts';
import { type Compression, withCompression, type WorldSettings } from '../store/world-settings.ts';
import type { MakeWorld } from '../run/make-world.ts';

/** A checkpoint, and the folder that it lies in. */
export interface StreamBase {
  readonly manifest: Manifest;
  readonly folder: string;
}

export interface StreamStanding {
  /** The checkpoint to go on from. */
  readonly base: StreamBase;
  /** The instant that the journal counts from: the checkpoint's, or a later one where that was lost. */
  readonly countsFromMs: number;
  /** Simulated time up to which events may be pending; `countsFromMs` where there are none. */
  readonly frontierMs: number;
  /** Types of the pending events; undefined for all. */
  readonly types: ReadonlySet<EventType> | undefined;
}

/**
 * Where the stream stands; undefined for a world that was never streamed.
 * @param history the last commit of the files
 * @throws InputError naming the file if what a stream left is empty, cut, gone or another world's
 */
export function streamStanding(
  paths: WorldPaths,
  world: HistoryWorld,
  history: Manifest,
): StreamStanding | undefined {
  const found = traces(paths, worldIdOf(world.identity));
  if (found === undefined) return undefined;
  const { journal, frontier, own } = found;
  const base = baseOf(journal, checkpointsOf(paths, history, own));
  if (base === undefined) throw checkpointGone(paths, journal, own);
  requireContinuable(paths, world, base.manifest);
  const countsFromMs = base.manifest.committedMs;
  const frontierMs = Math.max(countsFromMs, frontier?.reachedMs ?? countsFromMs);
  return { base, countsFromMs, frontierMs, types: typesOf(journal) };
}

/** Checkpoints that there are: the stream's own first. */
export function checkpointsOf(
  paths: WorldPaths,
  history: Manifest,
  own: Manifest | undefined,
): StreamBase[] {
  const files = { manifest: history, folder: paths.checkpoint };
  return own === undefined ? [files] : [{ manifest: own, folder: paths.stream }, files];
}

/** The checkpoint that a journal counts from, or is about to. */
function baseOf(
  { base, nextBase }: JournalState,
  checkpoints: readonly StreamBase[],
): StreamBase | undefined {
  const at = (instant: string | undefined) =>
    checkpoints.find(({ manifest }) => String(manifest.committedMs) === instant);
  return at(nextBase) ?? at(base);
}

/** Throws InputError if a checkpoint is one of another world, or has had other disruptions. */
export function requireContinuable(
  paths: WorldPaths,
  world: HistoryWorld,
  manifest: Manifest,
): void {
  requireSameWorld(manifest, world.identity, paths.stream, waysOut(paths));
  requireCommandsHad(manifest, world.live?.(), paths);
}

export function typesOf({ types }: JournalState): ReadonlySet<EventType> | undefined {
  return types && new Set(types as readonly EventType[]);
}

interface Traces {
  readonly journal: JournalState;
  /** Undefined only where nothing was sent yet. */
  readonly frontier: FrontierState | undefined;
  readonly own: Manifest | undefined;
}

/** What a stream left in its folder, all of it or nothing. @throws InputError naming what is missing */
function traces(paths: WorldPaths, world: string): Traces | undefined {
  const loaded = loadJournal(paths.journal);
  const frontier = readFrontier(paths.frontier);
  if (frontier !== undefined) requireFrontierOf(world, paths.frontier, frontier);
  const own = ownManifest(paths);
  if (loaded === undefined) {
    const hasStreamed =
      frontier !== undefined || own !== undefined || lastRealtimeRun(paths.state) !== null;
    if (hasStreamed) throw gone(paths.journal, 'what was sent and settled');
    return undefined;
  }
  checkJournal(paths.journal, loaded, { world, length: frontier });
  const journal = readJournal(paths.journal)!;
  if (frontier === undefined && journal.stretches.length > 0) {
    throw gone(paths.frontier, 'how far the world was streamed');
  }
  return { journal, frontier, own };
}

/** The stream's own checkpoint. @throws InputError if it is damaged */
function ownManifest(paths: WorldPaths): Manifest | undefined {
  const { manifest } = streamPaths(paths);
  try {
    return readManifest(manifest);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      `Cannot go on with the stream: its checkpoint "${manifest}" is empty, cut or damaged. ${REBUILD}`,
      { cause: error },
    );
  }
}

function gone(file: string, what: string): InputError {
  return new InputError(
    `Cannot go on with the stream: "${file}", which knows ${what}, is gone. ${REBUILD}`,
  );
}

function checkpointGone(
  paths: WorldPaths,
  { base }: JournalState,
  own: Manifest | undefined,
): InputError {
  const { manifest } = streamPaths(paths);
  const state =
    own === undefined ? 'is gone' : `is of ${formatInstant(own.committedMs)}, which is another one`;
  return new InputError(
    `Cannot go on with the stream: its journal counts from ${formatInstant(Number(base))}, and the ` +
      `checkpoint "${manifest}" ${state}. ${REBUILD}`,
  );
}

/** What is asked of a world before its files are brought up for a stream. */
export interface FrontierRequest {
  readonly settings: WorldSettings;
  readonly paths: WorldPaths;
  readonly makeWorld: MakeWorld;
  readonly compress?: Compression;
}

/**
 * How far a world has been streamed, epoch ms; undefined if it never was. Nothing is written.
 * @throws InputError as `streamStanding` does
 */
export function streamedTo(request: FrontierRequest): number | undefined {
  return standingBefore(request, streamStanding)?.frontierMs;
}

/** Where a stream stands whose world is not opened yet; undefined if it never was streamed. */
export function standingBefore(
  request: FrontierRequest,
  standingOf: typeof streamStanding,
): StreamStanding | undefined {
  const { paths, makeWorld } = request;
  const history = readManifest(paths.manifest);
  if (history === undefined || history.committedMs <= history.startMs) return undefined;
  const settings = withCompression(request.settings, request.compress, history);
  const world = makeWorld(settings, history.startMs, paths);
  requireSameWorld(history, world.identity, paths.root, waysOut(paths));
  return standingOf(paths, world, history);
}
