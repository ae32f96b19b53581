/**
 * generation_state.json: the ends of history and stream, in the format of the original system.
 *
 * All instants are simulated, so the file does not depend on how often a world was continued.
 */
import { readFileSync } from 'node:fs';
import { formatInstant } from '../engine/time.ts';
import { writeFileAtomic } from '../tables/atomic-file.ts';
import type { Manifest } from './manifest.ts';

/**
 * Returns the text of the state file for a manifest.
 * @param lastRealtimeRun instant that a stream has reached, as text
 */
function generationStateText(manifest: Manifest, lastRealtimeRun: string | null): string {
  const generated = manifest.committedMs > manifest.startMs;
  const last = generated ? formatInstant(manifest.committedMs) : null;
  const state = {
    last_generated_timestamp: last,
    historical_start_date: formatInstant(manifest.startMs),
    has_historical_data: generated,
    last_historical_run: last,
    last_realtime_run: lastRealtimeRun,
  };
  return `${JSON.stringify(state, null, 2)}\n`;
}

/** Writes the state of a history; keeps that of a stream. */
export function writeHistoryState(file: string, manifest: Manifest): void {
  writeFileAtomic(file, generationStateText(manifest, lastRealtimeRun(file)));
}

/** Writes the instant before which all events of a stream are delivered. @param history its world's manifest */
export function writeRealtimeState(file: string, history: Manifest, reachedMs: number): void {
  writeFileAtomic(file, generationStateText(history, formatInstant(reachedMs)));
}

/** Returns the instant of a stream in a state file; null if there is none, or the file can't be read. */
export function lastRealtimeRun(file: string): string | null {
  try {
    const { last_realtime_run: last } = JSON.parse(readFileSync(file, 'utf8'));
    return typeof last === 'string' && !Number.isNaN(Date.parse(last)) ? last : null;
  } catch {
    return null;
  }
}
