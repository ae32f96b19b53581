/** The window of history that a run generates. */
import { InputError } from '../domain/errors.ts';
import { DAY_MS, formatInstant } from '../engine/time.ts';

/** Length of a first run without an end. */
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
 * Returns the window of a run.
 *
 * The first run starts at `--from`, or at the announced start of the world, or at the config's
 * start. A later run continues at the end of the last one: `--from` may be left out, be that
 * instant, or be the world's start — the same command can be repeated until its window is complete.
 *
 * Without an end, a first run generates seven days, independent of the present date,
 * so the same command generates the same world. A later run continues to the last midnight, or for a week if
 * that does not fit on the disk.
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
      `Cannot generate up to ${formatInstant(toMs)}: expected an instant after ` +
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
      `Leave out --from, or give --from ${formatInstant(committedMs)}.`,
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
  // Ends at a midnight, after the rest of the present day.
  return Math.min(midnightMs, (Math.ceil(countFromMs / DAY_MS) + FIRST_RUN_DAYS) * DAY_MS);
}
