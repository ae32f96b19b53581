/**
 * The standing of a world's stream: the checkpoint from which it continues, and the instant up to which
 * events may be pending.
 *
 * A world has one frontier. The next stream first simulates the time
 * between checkpoint and frontier again and sends the events that are not settled. Meanwhile the history may go past
 * the frontier, but it never removes the stream's checkpoint (`stream-checkpoint.ts`).
 */
import type { Format } from '../domain/formats.ts';
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
import { type Compression, withStorage, type WorldSettings } from '../store/world-settings.ts';
import type { MakeWorld } from '../run/make-world.ts';

/** A checkpoint and its folder. */
export interface StreamBase {
  readonly manifest: Manifest;
  readonly folder: string;
}

export interface StreamStanding {
  /** The checkpoint to continue from. */
  readonly base: StreamBase;
  /** The instant from which the journal numbers events: the checkpoint's, or a later one if that was lost. */
  readonly countsFromMs: number;
  /** Simulated time up to which events may be pending; `countsFromMs` if there are none. */
  readonly frontierMs: number;
  /** Types of the pending events; undefined for all. */
  readonly types: ReadonlySet<EventType> | undefined;
}

/**
 * Returns the standing of the stream; undefined for a world that was never streamed.
 * @param history the last commit of the files
 * @throws InputError naming a file of the stream that is empty, cut, missing, or belongs to another world
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

/** Returns the existing checkpoints: the stream's own first. */
export function checkpointsOf(
  paths: WorldPaths,
  history: Manifest,
  own: Manifest | undefined,
): StreamBase[] {
  const files = { manifest: history, folder: paths.checkpoint };
  return own === undefined ? [files] : [{ manifest: own, folder: paths.stream }, files];
}

/** Returns the checkpoint that a journal announced, or the one from which it numbers events. */
function baseOf(
  { base, nextBase }: JournalState,
  checkpoints: readonly StreamBase[],
): StreamBase | undefined {
  const at = (instant: string | undefined) =>
    checkpoints.find(({ manifest }) => String(manifest.committedMs) === instant);
  return at(nextBase) ?? at(base);
}

/** Throws InputError if a checkpoint belongs to another world, or had other requested disruptions. */
export function requireContinuable(
  paths: WorldPaths,
  world: HistoryWorld,
  manifest: Manifest,
): void {
  requireSameWorld(manifest, world.identity, paths.stream, waysOut(paths));
  requireCommandsHad(manifest, world.commands?.(), paths);
}

export function typesOf({ types }: JournalState): ReadonlySet<EventType> | undefined {
  return types && new Set(types as readonly EventType[]);
}

interface Traces {
  readonly journal: JournalState;
  /** Undefined only if no event was sent yet. */
  readonly frontier: FrontierState | undefined;
  readonly own: Manifest | undefined;
}

/** Returns the files of an earlier stream; undefined if there are none. @throws InputError naming a missing file */
function traces(paths: WorldPaths, world: string): Traces | undefined {
  const loaded = loadJournal(paths.journal);
  const frontier = readFrontier(paths.frontier);
  if (frontier !== undefined) requireFrontierOf(world, paths.frontier, frontier);
  const own = ownManifest(paths);
  if (loaded === undefined) {
    const hasStreamed =
      frontier !== undefined || own !== undefined || lastRealtimeRun(paths.state) !== null;
    if (hasStreamed) throw gone(paths.journal, 'the record of sent and settled events');
    return undefined;
  }
  checkJournal(paths.journal, loaded, { world, length: frontier });
  const journal = readJournal(paths.journal)!;
  if (frontier === undefined && journal.stretches.length > 0) {
    throw gone(paths.frontier, 'the time up to which the world was streamed');
  }
  return { journal, frontier, own };
}

/** Returns the stream's own checkpoint. @throws InputError if it is damaged */
function ownManifest(paths: WorldPaths): Manifest | undefined {
  const { manifest } = streamPaths(paths);
  try {
    return readManifest(manifest);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      `Cannot continue the stream: its checkpoint "${manifest}" is empty, cut or damaged. ${REBUILD}`,
      { cause: error },
    );
  }
}

function gone(file: string, what: string): InputError {
  return new InputError(`Cannot continue the stream: "${file}", ${what}, is missing. ${REBUILD}`);
}

function checkpointGone(
  paths: WorldPaths,
  { base }: JournalState,
  own: Manifest | undefined,
): InputError {
  const { manifest } = streamPaths(paths);
  const state =
    own === undefined ? 'is missing' : `is of another instant, ${formatInstant(own.committedMs)}`;
  return new InputError(
    `Cannot continue the stream: its journal counts from ${formatInstant(Number(base))}, and the ` +
      `checkpoint "${manifest}" ${state}. ${REBUILD}`,
  );
}

/** The world whose files are to be generated up to its stream's time. */
export interface FrontierRequest {
  readonly settings: WorldSettings;
  readonly paths: WorldPaths;
  readonly makeWorld: MakeWorld;
  readonly compress?: Compression;
  readonly formats?: readonly Format[] | undefined;
}

/**
 * Returns the time up to which a world was streamed, epoch ms; undefined if it never was. Writes nothing.
 * @throws InputError like `streamStanding`
 */
export function streamedTo(request: FrontierRequest): number | undefined {
  return standingBefore(request, streamStanding)?.frontierMs;
}

/** Returns the standing of a stream before its world is opened; undefined if it was never streamed. */
export function standingBefore(
  request: FrontierRequest,
  standingOf: typeof streamStanding,
): StreamStanding | undefined {
  const { paths, makeWorld } = request;
  const history = readManifest(paths.manifest);
  if (history === undefined || history.committedMs <= history.startMs) return undefined;
  const settings = withStorage(request.settings, request, history);
  const world = makeWorld(settings, history.startMs, paths);
  requireSameWorld(history, world.identity, paths.root, waysOut(paths));
  return standingOf(paths, world, history);
}
