/** Which checkpoint a stream goes on from, and which simulated time belongs to this moment. */
import { InputError } from '../domain/errors.ts';
import { shellWord } from '../domain/shell-word.ts';
import { formatInstant } from '../engine/time.ts';
import type { CatchUp } from './catch-up.ts';
import { requireCommandsHad } from './disruptions/had.ts';
import { formatDuration } from './figures.ts';
import { requireSameWorld } from './identity.ts';
import { type Manifest, readManifest } from './manifest.ts';
import type { WorldPaths } from './paths.ts';
import type { HistoryWorld } from './region-run.ts';
import { waysOut } from './shard-advice.ts';
import { streamPaths } from './stream-world.ts';

export interface StreamBase {
  readonly manifest: Manifest;
  /** The folder that its checkpoints lie in. */
  readonly folder: string;
}

/** The checkpoint to go on from: the stream's own if it is ahead of the history. */
export function streamBase(
  alsoCsv: boolean,
  paths: WorldPaths,
  world: HistoryWorld,
  history: Manifest,
): StreamBase {
  const own = readManifest(streamPaths(paths).manifest);
  if (own === undefined || own.committedMs <= history.committedMs) {
    return { manifest: history, folder: paths.checkpoint };
  }
  requireSameWorld(own, world.identity, paths.stream, waysOut(paths));
  requireCommandsHad(own, world.live?.(), paths);
  if (!alsoCsv) return { manifest: own, folder: paths.stream };
  throw new InputError(
    `Cannot stream with --also-csv: the stream has reached ${formatInstant(own.committedMs)}, the CSV ` +
      `files only ${formatInstant(history.committedMs)}. Bring them up first:\n` +
      `  sim run --mode history --out ${shellWord(paths.root)} --to ${formatInstant(own.committedMs)}`,
  );
}

/**
 * Simulated time that belongs to this moment: now, or where the world stands if nothing is to be caught
 * up. The world's clock is never moved: its ids and its days depend on it.
 */
export function originOf(
  catchUp: CatchUp | undefined,
  { committedMs }: Manifest,
  nowMs: number,
  onNote: (sentence: string) => void = () => {},
): number {
  const gapMs = nowMs - committedMs;
  if (catchUp !== 'none' && gapMs > 0) return nowMs;
  const shift = formatDuration(Math.abs(gapMs) / 1000);
  onNote(
    `The world's clock stands at ${formatInstant(committedMs)} and goes on from there, ` +
      `${shift} ${gapMs > 0 ? 'behind' : 'ahead of'} this machine's; ingest_timestamp has the machine's.`,
  );
  return committedMs;
}
