/** Prepares a world for streaming: generates its history, and the time since its end. */
import { formatInstant, DAY_MS } from '../engine/time.ts';
import { formatDuration } from '../domain/format.ts';
import { readManifest } from '../store/manifest.ts';
import type { WorldPaths } from '../store/paths.ts';
import type { WindowRequest } from '../run/window.ts';

/**
 * What happens to the time between the end of the history and now. `csv`: it is generated into files.
 * `stream`: it is streamed at full speed. `none`: the world continues at the end of its history.
 */
export const CATCH_UPS = ['csv', 'stream', 'none'] as const;
export type CatchUp = (typeof CATCH_UPS)[number];

/** Days of history that a new world gets before it is streamed. */
const SHORT_HISTORY_DAYS = 2;
/** The catch-up is complete when it is this close to now. */
const NEAR_MS = 2_000;
/** Maximum number of catch-up rounds: time also passes while history is generated. */
const MOST_ROUNDS = 5;

export interface CatchUpRequest {
  readonly paths: WorldPaths;
  readonly catchUp?: CatchUp;
  /** Simulated time that the files must reach in any case; undefined if there is none. */
  readonly filesToMs?: number | undefined;
  /** Begin of a world without history, epoch ms; two days before today by default. */
  readonly fromMs?: number;
  /** Wall clock, epoch ms. */
  readonly nowMs: () => number;
  /** Called before a world's first history is generated, with its begin; throws to refuse. */
  readonly approve?: (fromMs: number) => Promise<void> | void;
  /** Generates a window of history: `generateHistory` with the caller's options. */
  readonly generate: (window: WindowRequest) => Promise<{ readonly interrupted: boolean }>;
  readonly onNote?: (sentence: string) => void;
}

/**
 * Generates the required history, up to now if requested.
 * @returns false if the generation was interrupted: the world should then not be streamed
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
    onNote?.(`Generating the files up to the stream's time, ${formatInstant(filesToMs)}.`);
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
 * Returns the simulated time of this moment: now, or the world's own time without catch-up. The world's clock is
 * never changed, because its ids and days depend on it.
 * @param standsMs present simulated time of the world
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
    `The world's clock is at ${formatInstant(standsMs)} and continues from there, ` +
      `${shift} ${gapMs > 0 ? 'behind' : 'ahead of'} this machine's; ingest_timestamp has the machine's.`,
  );
  return standsMs;
}
