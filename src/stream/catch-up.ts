/** What has to be there before a world is streamed: a history, and the time since it ended. */
import { formatInstant, DAY_MS } from '../engine/time.ts';
import { formatDuration } from '../domain/format.ts';
import { readManifest } from '../store/manifest.ts';
import type { WorldPaths } from '../store/paths.ts';
import type { WindowRequest } from '../run/window.ts';

/**
 * What becomes of the time between the end of the history and now. `csv`: it is generated, into files.
 * `stream`: it is streamed, as fast as it goes. `none`: the world goes on where its history ended.
 */
export const CATCH_UPS = ['csv', 'stream', 'none'] as const;
export type CatchUp = (typeof CATCH_UPS)[number];

/** History that a fresh world gets before it is streamed. */
const SHORT_HISTORY_DAYS = 2;
/** A stream this close to now needs no more catching up. */
const NEAR_MS = 2_000;
/** While one stretch is generated, another one passes. */
const MOST_ROUNDS = 5;

export interface CatchUpRequest {
  readonly paths: WorldPaths;
  readonly catchUp?: CatchUp;
  /** Simulated time that the files have to reach in any case; undefined where they need not. */
  readonly filesToMs?: number | undefined;
  /** Where a world without history begins; two days before today by default. */
  readonly fromMs?: number;
  /** Wall clock, epoch ms. */
  readonly nowMs: () => number;
  /** Asked before a world gets its first history, from an instant on; refuses by throwing. */
  readonly approve?: (fromMs: number) => Promise<void> | void;
  /** Makes a window of history: `generateHistory`, however it is watched. */
  readonly generate: (window: WindowRequest) => Promise<{ readonly interrupted: boolean }>;
  readonly onNote?: (sentence: string) => void;
}

/**
 * Makes the history that there has to be, up to now if that is asked for.
 * @returns false if the generation was interrupted: nothing should be streamed then
 */
export async function prepareHistory(request: CatchUpRequest): Promise<boolean> {
  const { paths, catchUp = 'csv', filesToMs, nowMs, generate, onNote } = request;
  const there = readManifest(paths.manifest);
  if (there === undefined || there.committedMs <= there.startMs) {
    const todayMs = Math.floor(nowMs() / DAY_MS) * DAY_MS;
    const fromMs = request.fromMs ?? todayMs - SHORT_HISTORY_DAYS * DAY_MS;
    await request.approve?.(fromMs);
    const toMs = Math.max(fromMs + 1, nowMs());
    const { interrupted } = await generate({ fromMs, toMs });
    return !interrupted;
  }
  if (filesToMs !== undefined && filesToMs > there.committedMs) {
    onNote?.(`Bringing the files up to the stream, to ${formatInstant(filesToMs)}.`);
    const { interrupted } = await generate({ toMs: filesToMs });
    if (interrupted) return false;
  }
  if (catchUp !== 'csv') return true;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const gapMs = nowMs() - readManifest(paths.manifest)!.committedMs;
    if (gapMs < NEAR_MS) return true;
    const toMs = nowMs();
    onNote?.(`Catching up ${formatDuration(gapMs / 1000)} of history, to ${formatInstant(toMs)}.`);
    const { interrupted } = await generate({ toMs });
    if (interrupted) return false;
  }
  return true;
}

/**
 * Simulated time that belongs to this moment: now, or where the world stands if nothing is to be caught
 * up. The world's clock is never moved: its ids and its days depend on it.
 * @param standsMs simulated time that the world stands at
 */
export function originOf(
  catchUp: CatchUp | undefined,
  standsMs: number,
  nowMs: number,
  onNote: (sentence: string) => void = () => {},
): number {
  const gapMs = nowMs - standsMs;
  if (catchUp !== 'none' && gapMs > 0) return nowMs;
  const shift = formatDuration(Math.abs(gapMs) / 1000);
  onNote(
    `The world's clock stands at ${formatInstant(standsMs)} and goes on from there, ` +
      `${shift} ${gapMs > 0 ? 'behind' : 'ahead of'} this machine's; ingest_timestamp has the machine's.`,
  );
  return standsMs;
}
