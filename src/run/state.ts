/**
 * generation_state.json: how far the history reaches, in the format of the original system.
 *
 * All instants are simulated ones, so the file is the same however often a world was continued.
 */
import { formatInstant } from '../engine/time.ts';
import type { Manifest } from './manifest.ts';

/** Text of the state file that belongs to a manifest. */
export function generationStateText(manifest: Manifest): string {
  const generated = manifest.committedMs > manifest.startMs;
  const last = generated ? formatInstant(manifest.committedMs) : null;
  const state = {
    last_generated_timestamp: last,
    historical_start_date: formatInstant(manifest.startMs),
    has_historical_data: generated,
    last_historical_run: last,
    last_realtime_run: null,
  };
  return `${JSON.stringify(state, null, 2)}\n`;
}
