/** Which range of history makes sense, and what it takes. */
import { availableParallelism } from 'node:os';
import type { z } from '@hono/zod-openapi';
import { InputError, reasonOf } from '../domain/errors.ts';
import { DAY_MS, formatInstant } from '../engine/time.ts';
import { type Estimate, estimateRun } from '../run/estimate.ts';
import { freeBytes, LARGE_RUN_BYTES } from '../run/guard.ts';
import { type Manifest, readManifest } from '../run/manifest.ts';
import { FIRST_RUN_DAYS, runWindow, type Window, type WindowRequest } from '../run/window.ts';
import { startOf } from '../world/config.ts';
import { bytes as sizeOf, short, span } from './page/lib/format.ts';
import { problemOfField } from './problem.ts';
import type { ESTIMATE } from './shapes/generation.ts';
import { instantOf } from './requests.ts';
import type { Settings } from './settings.ts';

export interface Range {
  readonly fromMs: number;
  readonly toMs: number;
  readonly explanation: string;
  readonly isContinuation: boolean;
}

/**
 * From the last generated instant to the last midnight, or a week on where the disk has no room for that; a
 * world that has none yet begins at the config's start, and gets a week where everything up to today would
 * be large.
 */
export function defaultRange(settings: Settings, nowMs: number): Range {
  const { config, paths } = settings;
  const there = readManifest(paths.manifest);
  const todayMs = Math.floor(nowMs / DAY_MS) * DAY_MS;
  if (there !== undefined && there.committedMs > there.startMs) {
    return continuation(settings, there, todayMs);
  }
  const fromMs = there?.startMs ?? startOf(config);
  const start = `There is no history yet. It begins at ${minute(fromMs)} UTC, ${
    there === undefined ? 'the start_date of the config' : 'where this world opens'
  }`;
  const days = (todayMs - fromMs) / DAY_MS;
  const { bytes } = days > 0 ? estimateRun(config, days) : { bytes: 0 };
  const isLarge = bytes > Math.min(LARGE_RUN_BYTES, freeBytes(paths.facts));
  if (days > 0 && !isLarge) {
    const explanation = `${start}, and goes to the last midnight, ${minute(todayMs)} UTC.`;
    return { fromMs, toMs: todayMs, explanation, isContinuation: false };
  }
  const why = isLarge
    ? `: everything up to today would be about ${sizeOf(bytes)}`
    : ', as that is not before today';
  return {
    fromMs,
    toMs: fromMs + FIRST_RUN_DAYS * DAY_MS,
    explanation: `${start}, and gets a first week${why}.`,
    isContinuation: false,
  };
}

function continuation(
  { config, paths }: Settings,
  { committedMs: fromMs, compress }: Manifest,
  todayMs: number,
): Range {
  const from = minute(fromMs);
  if (todayMs <= fromMs) {
    const explanation = `The history reaches ${from} already, which is not before the last midnight. Give an end to go on.`;
    return { fromMs, toMs: fromMs, explanation, isContinuation: true };
  }
  const goesOn = `The history reaches ${from}. It goes on from there, without a gap`;
  const { bytes } = estimateRun(config, (todayMs - fromMs) / DAY_MS, compress && { compress });
  const free = freeBytes(paths.facts);
  if (bytes < free) {
    const explanation = `${goesOn}, to the last midnight, ${minute(todayMs)} UTC.`;
    return { fromMs, toMs: todayMs, explanation, isContinuation: true };
  }
  // To a midnight: what is begun of a day comes on top.
  const weekMs = (Math.ceil(fromMs / DAY_MS) + FIRST_RUN_DAYS) * DAY_MS;
  const toMs = Math.min(todayMs, weekMs);
  return {
    fromMs,
    toMs,
    isContinuation: true,
    explanation:
      `${goesOn}, for a week, to ${minute(toMs)} UTC: everything up to the last midnight would be about ` +
      `${sizeOf(bytes)}, and ${sizeOf(free)} are free.`,
  };
}

export interface RangeRequest {
  readonly start_date?: string | null | undefined;
  readonly end_date?: string | null | undefined;
  /** False: one worker. */
  readonly parallel?: boolean | undefined;
}

export type RangeEstimate = z.infer<typeof ESTIMATE>;

/** What a request would take. @throws InputError or Problem for dates that make no sense */
export function estimateFor(
  settings: Settings,
  request: RangeRequest,
  nowMs: number,
): { window: WindowRequest; estimate: RangeEstimate } {
  const { config, paths } = settings;
  const there = readManifest(paths.manifest);
  const given = {
    fromMs: instantOf(request.start_date ?? undefined, 'start_date'),
    toMs: instantOf(request.end_date ?? undefined, 'end_date'),
  };
  const fallback = defaultRange(settings, nowMs);
  const toMs = given.toMs ?? (given.fromMs === undefined ? fallback.toMs : undefined);
  const window = {
    ...(given.fromMs !== undefined && { fromMs: given.fromMs }),
    ...(toMs !== undefined && { toMs }),
  };
  const { fromMs, toMs: endMs } = windowOf(window, settings, nowMs);
  const days = (endMs - fromMs) / DAY_MS;
  const all = config.performance.max_workers ?? availableParallelism();
  const most = request.parallel === false ? 1 : all;
  const spread = { workers: most, ...(there?.compress && { compress: there.compress }) };
  const cost = days > 0 ? estimateRun(config, days, spread) : NOTHING;
  const free = freeBytes(paths.facts);
  const figures = {
    start: formatInstant(fromMs),
    end: formatInstant(endMs),
    days,
    rows: cost.rows,
    bytes: Math.round(cost.bytes),
    seconds: Math.round(cost.seconds * 10) / 10,
    free_bytes: free,
    workers: cost.workers,
    fits: cost.bytes < free,
    is_large: cost.bytes > LARGE_RUN_BYTES,
    tables: cost.tables.map(({ table, rows, bytes }) => ({ table, rows, bytes })),
  };
  return { window: { ...window, toMs: endMs }, estimate: { ...figures, text: textOf(figures) } };
}

/** @throws Problem naming the date at fault */
function windowOf(window: WindowRequest, { config, paths }: Settings, nowMs: number): Window {
  try {
    return runWindow(window, startOf(config), readManifest(paths.manifest), nowMs);
  } catch (error) {
    const isStart = window.fromMs !== undefined && /^Cannot generate from/.test(reasonOf(error));
    // Who asks from here has no command line.
    const told =
      error instanceof InputError ? new InputError(error.message.replace('--to', 'end')) : error;
    throw problemOfField(told, isStart ? 'start_date' : 'end_date');
  }
}

const NOTHING: Pick<Estimate, 'rows' | 'bytes' | 'seconds' | 'workers' | 'tables'> = {
  rows: 0,
  bytes: 0,
  seconds: 0,
  workers: 1,
  tables: [],
};

function textOf({
  days,
  rows,
  bytes,
  seconds,
  free_bytes,
  fits,
}: Omit<RangeEstimate, 'text'>): string {
  if (days === 0) return 'Nothing to do: the history reaches that far already.';
  const cost =
    `About ${short(rows)} rows and ${sizeOf(bytes)} in ${span(seconds * 1000)} ` +
    `for ${(Math.round(days * 10) / 10).toLocaleString('en-US')} days; ${sizeOf(free_bytes)} are free.`;
  return fits ? cost : `${cost} That does not fit: make room, or choose a shorter range.`;
}

function minute(ms: number): string {
  return formatInstant(ms).slice(0, 16).replace('T', ' ').replace(' 00:00', '');
}
