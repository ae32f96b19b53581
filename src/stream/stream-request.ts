/** The request for a stream, and its result. */
import type { Format } from '../domain/formats.ts';
import type { EventType } from '../domain/event-rules.ts';
import type { Speed } from '../engine/pacer.ts';
import type { AppendPort } from '../delivery/append-file.ts';
import type { CatchUp } from './catch-up.ts';
import type { AskedSink } from './stream-target.ts';
import type { WorldPaths } from '../store/paths.ts';
import type { TargetWait } from './reach-target.ts';
import type { StreamStatus } from './stream-status.ts';
import type { Compression, WorldSettings } from '../store/world-settings.ts';
import type { MakeWorld } from '../run/make-world.ts';

export interface StreamRequest {
  readonly settings: WorldSettings;
  readonly paths: WorldPaths;
  readonly makeWorld: MakeWorld;
  /** A name in the registry of sinks, a sink description, or a sink; `event-hubs` by default. */
  readonly sink?: AskedSink | undefined;
  /**
   * Simulated ms per ms; Infinity for full speed. By default 1, or the speed that holds the rate of the config's
   * `emit_interval_ms` and `burst`.
   */
  readonly speed?: Speed | undefined;
  /** Rate that controls the speed, events a second; not together with `speed`. */
  readonly perSecond?: number | undefined;
  readonly catchUp?: CatchUp;
  /** Whether the streamed facts are also written to the world's files, in its formats. */
  readonly alsoCsv?: boolean;
  /** Whether to replace a damaged journal, frontier or checkpoint instead of refusing to stream. */
  readonly rebuildJournal?: boolean;
  /** Types of the events that are sent; all types by default. */
  readonly types?: ReadonlySet<EventType>;
  readonly compress?: Compression;
  readonly formats?: readonly Format[] | undefined;
  /** Simulated time to stop at. */
  readonly toMs?: number;
  /** Wall time after which to stop, ms, including the wait for the target. */
  readonly durationMs?: number | undefined;
  /** What to do if the target is not available: wait by default. */
  readonly wait?: Omit<TargetWait, 'mostMs'>;
  /** Wall clock, epoch ms. */
  readonly nowMs?: () => number;
  /** Monotonic clock that paces the stream, ms. */
  readonly wallMs?: () => number;
  readonly checkpointEveryMs?: number;
  /** Replaces the file system of the journal in tests. */
  readonly journalPort?: AppendPort;
  /** Called with a note for the user. */
  readonly onNote?: (sentence: string) => void;
  /** Called when no event of earlier runs is pending, with the simulated time from which the stream continues. */
  readonly onResumed?: (fromMs: number, target: string) => void;
  /** Called with the status of the stream, four times a second and at each change of its state. */
  readonly onStatus?: (status: StreamStatus) => void;
}

export interface StreamEnd {
  /** Simulated time that the stream has reached. */
  readonly simulatedMs: number;
  /** Whether all events are delivered, including those of earlier runs; otherwise the next stream sends the rest. */
  readonly settled: boolean;
}
