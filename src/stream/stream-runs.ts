/** The runs of a streamed world: the first one repeats time with pending events, the second one continues. */
import { InputError } from '../domain/errors.ts';
import { shellWord } from '../domain/shell-word.ts';
import type { Pacer } from '../engine/pacer.ts';
import { formatInstant } from '../engine/time.ts';
import { originOf } from './catch-up.ts';
import type { DisruptionDesk } from '../run/disruptions/desk.ts';
import type { StreamRequest } from './stream-request.ts';
import { type Manifest, readManifest } from '../store/manifest.ts';
import type { WorldPaths } from '../store/paths.ts';
import type { OpenStream } from './open-stream.ts';
import { type RealtimeOptions, RealtimeRun } from './realtime.ts';
import type { RecentEvents } from './recent-events.ts';
import type { HistoryWorld } from '../run/region-run.ts';
import { writeRealtimeState } from '../store/state.ts';
import { adoptCheckpoint } from '../store/stream-checkpoint.ts';
import type { StreamBase, StreamStanding } from './stream-standing.ts';
import { streamPaths } from '../store/paths.ts';

/** The common parts of a stream's runs. */
export interface StreamParts {
  readonly request: StreamRequest;
  readonly world: HistoryWorld;
  /** The last commit of the files. */
  readonly history: Manifest;
  /** Undefined for a world that was never streamed. */
  readonly standing: StreamStanding | undefined;
  readonly opened: OpenStream;
  readonly desk: DisruptionDesk;
  readonly pacer: Pacer;
  readonly recent: RecentEvents;
  /** Monotonic clock, ms. */
  readonly wallMs: () => number;
}

/** Opens the first run. @throws InputError or OutputError */
export function firstRun(parts: StreamParts): Promise<RealtimeRun> {
  const { standing } = parts;
  return hasPending(standing) ? resumption(parts, standing) : continuation(parts);
}

/** Whether events may be pending, or the checkpoint from which the journal numbers events was lost. */
function hasPending(standing: StreamStanding | undefined): standing is StreamStanding {
  if (standing === undefined) return false;
  const { base, countsFromMs, frontierMs } = standing;
  return frontierMs > base.manifest.committedMs || countsFromMs > base.manifest.committedMs;
}

/** Opens the run that simulates time with pending events of earlier runs again, at full speed. */
function resumption(parts: StreamParts, standing: StreamStanding): Promise<RealtimeRun> {
  const { base, countsFromMs, frontierMs, types } = standing;
  const toMs = Math.min(frontierMs, parts.request.toMs ?? Infinity);
  return openRun(parts, base, {
    stream: { alsoCsv: false, types },
    isUnpaced: true,
    silentToMs: countsFromMs,
    toMs: Math.max(toMs, countsFromMs),
  });
}

/** Opens the run that continues when no event is pending: at the frontier, or at the end of the files if later. */
export async function continuation(parts: StreamParts, reachedMs?: number): Promise<RealtimeRun> {
  const { request, pacer } = parts;
  const { alsoCsv = false, types, nowMs = Date.now, onNote } = request;
  const base = continuationBase(parts, reachedMs ?? parts.standing?.countsFromMs);
  const run = await openRun(parts, base, { stream: { alsoCsv, types }, toMs: request.toMs });
  pacer.startFrom(originOf(request.catchUp, base.manifest.committedMs, nowMs(), onNote));
  return run;
}

/**
 * Returns the checkpoint to continue from, and makes the journal number events from it.
 * @param settledMs simulated time before which all events are settled; undefined if the world was never streamed
 */
function continuationBase(parts: StreamParts, settledMs: number | undefined): StreamBase {
  const { request, history, opened } = parts;
  const { paths, alsoCsv = false, types } = request;
  const { committedMs } = history;
  const own = readManifest(streamPaths(paths).manifest);
  const goesOnItsOwn =
    !alsoCsv && own?.committedMs === settledMs && own !== undefined && settledMs! >= committedMs;
  opened.journal.begin(goesOnItsOwn ? own.committedMs : committedMs, types && [...types]);
  if (goesOnItsOwn) return { manifest: own, folder: paths.stream };
  const base = String(committedMs);
  const isNew = opened.journal.base !== base;
  if (isNew) opened.journal.announce(base, new Map());
  if (!alsoCsv) adoptCheckpoint(paths, history);
  if (isNew) opened.journal.rebase(base);
  return { manifest: history, folder: paths.checkpoint };
}

type How = Pick<RealtimeOptions, 'isUnpaced' | 'silentToMs' | 'toMs'> & {
  readonly stream: Pick<RealtimeOptions['stream'], 'alsoCsv' | 'types'>;
};

async function openRun(parts: StreamParts, base: StreamBase, how: How): Promise<RealtimeRun> {
  const { request, world, opened, desk, recent, wallMs } = parts;
  const { paths, nowMs: ingestMs = Date.now } = request;
  const run = new RealtimeRun({
    ...how,
    paths: how.stream.alsoCsv ? paths : streamPaths(paths),
    world,
    manifest: base.manifest,
    folder: base.folder,
    publisher: opened.publisher,
    journal: opened.journal,
    stream: { ...how.stream, ingestMs },
    wallMs,
    checkpointEveryMs: request.checkpointEveryMs,
    onEvent: (event) => recent.add(event),
    onCheckpoint: (reachedMs) => {
      // Read again: if the stream also writes CSV, the checkpoint has changed the history's manifest.
      const history = readManifest(paths.manifest);
      if (history !== undefined) writeRealtimeState(paths.state, history, reachedMs);
    },
    commands: desk,
  });
  await run.open();
  return run;
}

/** Throws InputError if the files would have a gap: time that was streamed and is not in them. */
export function requireFiles(
  { alsoCsv, paths }: StreamRequest,
  history: Manifest,
  standing: StreamStanding | undefined,
): void {
  if (alsoCsv !== true || standing === undefined) return;
  const { frontierMs } = standing;
  if (frontierMs <= history.committedMs) return;
  throw new InputError(
    `Cannot stream with --also-csv: the stream has reached ${formatInstant(frontierMs)}, the CSV ` +
      `files only ${formatInstant(history.committedMs)}. Generate the missing files first:\n` +
      `  sim run --mode history --out ${shellWord(paths.root)} --to ${formatInstant(frontierMs)}`,
  );
}

/** Returns the error for a world without history. */
export function noHistory({ root }: WorldPaths): InputError {
  return new InputError(
    `Cannot stream the world in "${root}": it has no history. Generate one first: ` +
      `sim run --mode history --out ${shellWord(root)}`,
  );
}
