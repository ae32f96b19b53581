/** What is asked of a stream, and how it ended. */
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
  /** A name in the registry of sinks, an entry of your own, or a sink itself; `event-hubs` by default. */
  readonly sink?: AskedSink | undefined;
  /**
   * Infinity for as fast as it goes. By default 1, or what holds the rate that the config asks for with
   * `emit_interval_ms` and `burst`.
   */
  readonly speed?: Speed | undefined;
  /** Events a second that are held by steering the speed; not together with `speed`. */
  readonly perSecond?: number | undefined;
  readonly catchUp?: CatchUp;
  /** Whether the streamed facts land in the CSV files as well. */
  readonly alsoCsv?: boolean;
  /** Whether to make anew what is damaged of what the stream remembers, instead of refusing. */
  readonly rebuildJournal?: boolean;
  /** Types of the events that are sent; all of them by default. */
  readonly types?: ReadonlySet<EventType>;
  readonly compress?: Compression;
  /** Simulated time to stop at. */
  readonly toMs?: number;
  /** Wall time to stop after, ms; waiting for the target counts. */
  readonly durationMs?: number | undefined;
  /** What becomes of a target that is not there: waited for by default. */
  readonly wait?: Omit<TargetWait, 'mostMs'>;
  /** Wall clock, epoch ms. */
  readonly nowMs?: () => number;
  /** Monotonic clock that paces the stream, ms. */
  readonly wallMs?: () => number;
  readonly checkpointEveryMs?: number;
  /** Stands in for the file system of the journal in tests. */
  readonly journalPort?: AppendPort;
  /** Told sentences that a user should read once. */
  readonly onNote?: (sentence: string) => void;
  /** Called with the simulated time from which the stream goes on, once nothing is pending any more. */
  readonly onResumed?: (fromMs: number, target: string) => void;
  /** Told four times a second, and whenever its state changes, how the stream is doing. */
  readonly onStatus?: (status: StreamStatus) => void;
}

export interface StreamEnd {
  /** Simulated time that the stream has reached. */
  readonly simulatedMs: number;
  /** Whether everything is delivered, what earlier lives left included; if not, the next stream sends it. */
  readonly settled: boolean;
}
