/** Which part of history a run makes. */
import { InputError } from '../domain/errors.ts';
import { DAY_MS, formatInstant } from '../engine/time.ts';

/** Length of a first run that names no end. */
export const FIRST_RUN_DAYS = 7;

export interface WindowRequest {
  /** `--from`. */
  readonly fromMs?: number;
  /** `--to`. */
  readonly toMs?: number;
  /** `--days`. */
  readonly days?: number;
}

export interface Generated {
  /** Opening instant of the world in the folder. */
  readonly startMs: number;
  /** Instant up to which it has been generated. */
  readonly committedMs: number;
}

/** [fromMs, toMs); empty if there is nothing to do. */
export interface Window {
  readonly startMs: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The window of a run.
 *
 * The first run starts at `--from`, or where the world was announced to start, or at the config's
 * start. A later run goes on where the last one ended: `--from` may be left out, name that
 * instant, or name the world's start — the same command can be repeated until its window is whole.
 *
 * Without an end a first run makes seven days, whatever day it is and however much time has passed since the
 * start: the same command makes the same world. A later one goes on to the last midnight, or for a week where
 * that does not fit.
 * @param fits whether the disk has room for a window
 */
export function runWindow(
  request: WindowRequest,
  configStartMs: number,
  generated: Generated | undefined,
  wallClockMs: number,
  fits: (window: Window) => boolean = () => true,
): Window {
  const last = generated?.committedMs ?? 0;
  const going = generated !== undefined && last > generated.startMs;
  const announcedMs = generated?.startMs ?? configStartMs;
  const startMs = going ? announcedMs : (request.fromMs ?? announcedMs);
  if (going && request.fromMs !== undefined) requireContinuation(request.fromMs, generated);
  const countFromMs = request.fromMs ?? (going ? last : startMs);
  const toMs = endOf(request, countFromMs, going, wallClockMs, (endMs) =>
    fits({ startMs, fromMs: last, toMs: endMs }),
  );
  const beginMs = request.fromMs ?? startMs;
  const endsTooEarly = going ? toMs < beginMs : toMs <= beginMs;
  if (endsTooEarly && (!going || request.toMs !== undefined)) {
    throw new InputError(
      `Cannot generate up to ${formatInstant(toMs)}: that is not after ` +
        `${formatInstant(beginMs)}, where ${request.fromMs === undefined ? 'the history' : 'the window'} ` +
        'starts. Give a later --to.',
    );
  }
  const fromMs = going ? last : startMs;
  return { startMs, fromMs, toMs: Math.max(fromMs, toMs) };
}

function requireContinuation(fromMs: number, { startMs, committedMs }: Generated): void {
  if (fromMs === committedMs || fromMs === startMs) return;
  throw new InputError(
    `Cannot generate from ${formatInstant(fromMs)}: this world covers ` +
      `${formatInstant(startMs)} to ${formatInstant(committedMs)}, and a run continues at its end. ` +
      `Leave --from out, or give --from ${formatInstant(committedMs)}.`,
  );
}

function endOf(
  request: WindowRequest,
  countFromMs: number,
  going: boolean,
  wallClockMs: number,
  fitsTo: (endMs: number) => boolean,
): number {
  if (request.toMs !== undefined) return request.toMs;
  if (request.days !== undefined) return countFromMs + request.days * DAY_MS;
  if (!going) return countFromMs + FIRST_RUN_DAYS * DAY_MS;
  const midnightMs = Math.floor(wallClockMs / DAY_MS) * DAY_MS;
  if (midnightMs <= countFromMs || fitsTo(midnightMs)) return midnightMs;
  // To a midnight: what is begun of a day comes on top.
  return Math.min(midnightMs, (Math.ceil(countFromMs / DAY_MS) + FIRST_RUN_DAYS) * DAY_MS);
}
