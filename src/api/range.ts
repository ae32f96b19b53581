/** The default range of history, and estimates of ranges. */
import type { Format } from '../domain/formats.ts';
import { availableParallelism } from 'node:os';
import type { z } from '@hono/zod-openapi';
import { InputError, reasonOf } from '../domain/errors.ts';
import { DAY_MS, formatInstant } from '../engine/time.ts';
import { zonesOfWorld } from '../run/check-world.ts';
import { type Estimate, estimateRun, type Spread } from '../run/estimate.ts';
import type { Zone } from '../run/expected-crowd.ts';
import { fitsOnDisk, freeBytes, isRoomFor, LARGE_RUN_BYTES, reserveBytes } from '../run/guard.ts';
import { type Manifest, readManifest } from '../store/manifest.ts';
import { runWindow, type Window, type WindowRequest } from '../run/window.ts';
import { type Config, startOf } from '../world/config.ts';
import { loadDictionaries } from '../world/dictionaries.ts';
import { bytes as sizeOf, short, span } from '../domain/format.ts';
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

/** Returns the range of a run without dates, like `runWindow`, with an explanation. */
export function defaultRange(settings: Settings, nowMs: number): Range {
  const { config, paths } = settings;
  const there = readManifest(paths.manifest);
  const fits = fitsOnDisk(config, paths.facts, spreadOf(there));
  const window = runWindow({}, startOf(config), there, nowMs, fits);
  const { fromMs, toMs } = window;
  if (there !== undefined && there.committedMs > there.startMs) {
    const explanation = continuation(settings, window, there, nowMs);
    return { fromMs, toMs, explanation, isContinuation: true };
  }
  const origin = there === undefined ? 'the start_date of the config' : 'the opening of this world';
  return {
    fromMs,
    toMs,
    explanation: `There is no history yet. It begins at ${minute(fromMs)} UTC, ${origin}, and gets a first week.`,
    isContinuation: false,
  };
}

function continuation(
  { config, paths }: Settings,
  window: Window,
  there: Manifest,
  nowMs: number,
): string {
  const from = minute(window.fromMs);
  if (window.toMs <= window.fromMs) {
    return `The history already reaches ${from}, which is not before the last midnight. Give an end to continue.`;
  }
  const goesOn = `The history reaches ${from}. It continues from there, without a gap`;
  const midnightMs = Math.floor(nowMs / DAY_MS) * DAY_MS;
  if (window.toMs === midnightMs) {
    return `${goesOn}, to the last midnight, ${minute(midnightMs)} UTC.`;
  }
  const { peakBytes } = estimateRun(config, { ...window, toMs: midnightMs }, spreadOf(there));
  const free = sizeOf(freeBytes(paths.facts));
  return (
    `${goesOn}, for a week, to ${minute(window.toMs)} UTC: the range up to the last midnight would take about ` +
    `${sizeOf(peakBytes)}, and ${free} are free.`
  );
}

/** Returns how the existing world is stored. */
function spreadOf(there: Manifest | undefined, asked?: readonly Format[]): Spread {
  const formats = asked ?? there?.formats;
  return {
    ...(there?.compress !== undefined && { compress: there.compress }),
    ...(formats !== undefined && { formats }),
  };
}

export interface RangeRequest {
  readonly start_date?: string | null | undefined;
  readonly end_date?: string | null | undefined;
  readonly formats?: readonly Format[] | undefined;
  /** False: one worker. */
  readonly parallel?: boolean | undefined;
}

export type RangeEstimate = z.infer<typeof ESTIMATE>;

/** Returns the estimate of a request. @throws InputError or Problem for wrong dates */
export function estimateFor(
  settings: Settings,
  request: RangeRequest,
  nowMs: number,
): { window: WindowRequest; estimate: RangeEstimate } {
  const { config, paths } = settings;
  const there = readManifest(paths.manifest);
  const given = {
    fromMs: instantOf(request.start_date ?? undefined, 'start_date', nowMs),
    toMs: instantOf(request.end_date ?? undefined, 'end_date', nowMs),
  };
  const fallback = defaultRange(settings, nowMs);
  const toMs = given.toMs ?? (given.fromMs === undefined ? fallback.toMs : undefined);
  const window = {
    ...(given.fromMs !== undefined && { fromMs: given.fromMs }),
    ...(toMs !== undefined && { toMs }),
  };
  const asked = windowOf(window, settings, nowMs);
  const { fromMs, toMs: endMs } = asked;
  const days = (endMs - fromMs) / DAY_MS;
  const all = config.performance.max_workers ?? availableParallelism();
  const workers = request.parallel === false ? 1 : all;
  const zones = zonesOfSettings(settings, asked.startMs);
  const cost =
    days > 0
      ? estimateRun(config, asked, { ...spreadOf(there, request.formats), workers, zones })
      : NOTHING;
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
    fits: isRoomFor(cost.peakBytes, free, reserveBytes(config)),
    is_large: cost.bytes > LARGE_RUN_BYTES,
    tables: cost.tables.map(({ table, rows, bytes }) => ({ table, rows, bytes })),
  };
  return { window: { ...window, toMs: endMs }, estimate: { ...figures, text: textOf(figures) } };
}

/** Time zones by config, cached because dictionaries must be read for them. */
const zonesByConfig = new WeakMap<Config, readonly Zone[]>();

/** Returns the time zones of the stores. @throws InputError for dictionaries that a run would refuse */
function zonesOfSettings({ config }: Settings, startMs: number): readonly Zone[] {
  const known = zonesByConfig.get(config);
  if (known !== undefined) return known;
  const zones = zonesOfWorld(config, loadDictionaries(config.paths.dictionaries), startMs);
  zonesByConfig.set(config, zones);
  return zones;
}

/** Returns the window of a request. @throws Problem naming the wrong date */
function windowOf(window: WindowRequest, { config, paths }: Settings, nowMs: number): Window {
  try {
    return runWindow(window, startOf(config), readManifest(paths.manifest), nowMs);
  } catch (error) {
    const isStart = window.fromMs !== undefined && /^Cannot generate from/.test(reasonOf(error));
    // The message must name the field of the API instead of the flag.
    const told =
      error instanceof InputError ? new InputError(error.message.replace('--to', 'end')) : error;
    throw problemOfField(told, isStart ? 'start_date' : 'end_date');
  }
}

const NOTHING: Omit<Estimate, 'days' | 'visits' | 'visitsPerCustomerDay' | 'regions'> = {
  rows: 0,
  bytes: 0,
  peakBytes: 0,
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
  if (days === 0) return 'Nothing to do: the history already reaches this end.';
  const cost =
    `About ${short(rows)} rows and ${sizeOf(bytes)} in ${span(seconds * 1000)} ` +
    `for ${(Math.round(days * 10) / 10).toLocaleString('en-US')} days; ${sizeOf(free_bytes)} are free.`;
  return fits ? cost : `${cost} That does not fit: free some space, or choose a shorter range.`;
}

function minute(ms: number): string {
  return formatInstant(ms).slice(0, 16).replace('T', ' ').replace(' 00:00', '');
}
