/** Reads the state of a world. */
import { formatInstant } from '../engine/time.ts';
import { lockOwner } from '../store/lock.ts';
import { readManifest } from '../store/manifest.ts';
import { worldPaths } from '../store/paths.ts';
import { worldIdOf } from '../store/world-id.ts';
import type { LedgerRow } from '../delivery/ledger.ts';
import { readStreamState } from '../stream/stream-state.ts';

/** The state of a world's stream, from its files; instants are ISO 8601. */
export interface StreamedState {
  /** All events before it are delivered. */
  readonly deliveredTo: string;
  /** Simulated time that the stream has reached; the next stream sends the pending events before it. */
  readonly frontier: string;
  /** Periods of simulated time that were streamed. */
  readonly stretches: readonly {
    /** First instant. */
    readonly from: string;
    /** End, exclusive. */
    readonly to: string;
  }[];
  /** Delivery counts of all events. */
  readonly total: LedgerRow;
  /** Delivery counts of each type. */
  readonly byType: Readonly<Record<string, LedgerRow>>;
}

/** How far a world and its stream reach. */
export interface WorldState {
  /** Digest of what decides about the facts of the world; event ids are unique within it. */
  readonly worldId: string;
  /** Seed of the world. */
  readonly seed: number;
  /** Opening instant, ISO 8601. */
  readonly start: string;
  /** End of the history, exclusive; the opening instant if there is no history. */
  readonly generatedTo: string;
  /** Names of its scenarios. */
  readonly scenarios: readonly string[];
  /** Whether a run uses it. */
  readonly running: boolean;
  /** State of its stream; undefined for a world that was never streamed. */
  readonly stream: StreamedState | undefined;
}

/** Returns the state of the world in a folder; undefined if there is none. @throws InputError for damaged files */
export function readState(folder: string): WorldState | undefined {
  const paths = worldPaths(folder);
  const manifest = readManifest(paths.manifest);
  if (manifest === undefined) return undefined;
  return {
    worldId: worldIdOf(manifest),
    seed: manifest.seed,
    start: formatInstant(manifest.startMs),
    generatedTo: formatInstant(manifest.committedMs),
    scenarios: manifest.scenarios.map(({ name }) => name),
    running: lockOwner(paths.lock) !== undefined,
    stream: readStreamState(paths),
  };
}
