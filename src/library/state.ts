/** How far a world reaches. */
import { formatInstant } from '../engine/time.ts';
import { lockOwner } from '../store/lock.ts';
import { readManifest } from '../store/manifest.ts';
import { worldPaths } from '../store/paths.ts';
import { worldIdOf } from '../store/world-id.ts';
import type { LedgerRow } from '../delivery/ledger.ts';
import { readStreamState } from '../stream/stream-state.ts';

/** What the files of a world say of its stream; instants are ISO 8601. */
export interface StreamedState {
  /** Everything before it is delivered. */
  readonly deliveredTo: string;
  /** How far it has come; what lies in between is sent by the next stream. */
  readonly frontier: string;
  /** Stretches that were streamed. */
  readonly stretches: readonly {
    /** First instant. */
    readonly from: string;
    /** End, exclusive. */
    readonly to: string;
  }[];
  /** What became of all events. */
  readonly total: LedgerRow;
  /** What became of the events of each type. */
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
  /** End of the history, exclusive; the opening instant before there is any. */
  readonly generatedTo: string;
  /** Names of the scenarios that it began with. */
  readonly scenarios: readonly string[];
  /** Whether a run is at work on it. */
  readonly running: boolean;
  /** What a stream has delivered; undefined for a world that was never streamed. */
  readonly stream: StreamedState | undefined;
}

/** The state of the world in a folder; undefined if there is none. @throws InputError for damaged files */
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
