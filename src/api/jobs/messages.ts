/** Messages between the server and the thread of a job: plain data. */

import type { Format } from '../../domain/formats.ts';
import type { CatchUp } from '../../stream/catch-up.ts';
import type { ErrorData } from '../../threads/error-transfer.ts';
import type { StreamStatus } from '../../stream/stream-status.ts';
import type { WindowRequest } from '../../run/window.ts';
import type { RunningState } from '../live/region-picture.ts';
import type { SettingsData } from '../settings.ts';
import type { Section } from '../section.ts';
import type { TaskUpdate } from '../tasks.ts';
import type { KeptTills } from './tills.ts';

interface AnyJob {
  readonly settings: SettingsData;
  /** Settings of only this job, which are included in `settings`. */
  readonly overrides?: Section;
  /** Names of scenarios. */
  readonly scenarios: readonly string[];
}

export interface MasterJob extends AnyJob {
  readonly kind: 'master';
  readonly fromMs?: number | undefined;
  readonly formats?: readonly Format[] | undefined;
  /** Tables to report on. */
  readonly tables: readonly string[];
  readonly force: boolean;
}

export interface HistoryJob extends AnyJob {
  readonly kind: 'historical';
  readonly window: WindowRequest;
  readonly formats?: readonly Format[] | undefined;
  /** Tables to report on; all by default. */
  readonly tables?: readonly string[] | undefined;
  readonly workers?: number | undefined;
}

export interface StreamJob extends AnyJob {
  readonly kind: 'streaming';
  readonly speed?: number | undefined;
  /** Events a second. */
  readonly perSecond?: number | undefined;
  readonly durationMs?: number | undefined;
  readonly toMs?: number | undefined;
  readonly types?: readonly string[] | undefined;
  /** Name in the registry of sinks. */
  readonly sink: string;
  readonly catchUp: CatchUp;
  readonly alsoCsv: boolean;
  /** Sales of the stores at the end of the last stream. */
  readonly tills?: KeptTills | undefined;
  /** Whether to fail if the event hub is not available, instead of waiting for it. */
  readonly failFast: boolean;
  readonly rebuildJournal?: boolean | undefined;
}

export interface ClearJob extends AnyJob {
  readonly kind: 'clear';
}

export interface DeadLettersJob extends AnyJob {
  readonly kind: 'dead-letters';
  /** Name of the sink if no stream runs. */
  readonly sink?: string | undefined;
}

/** Data for the thread of a job. */
export interface JobData {
  readonly job: Job;
  /** Modules to import first, which register sinks. */
  readonly modules: readonly string[];
  /** Modules of extensions. */
  readonly extensions: readonly string[];
}

export type Job = MasterJob | HistoryJob | StreamJob | ClearJob | DeadLettersJob;

/** Result of a job that did not fail. */
export interface Outcome {
  readonly cancelled: boolean;
  readonly message: string;
  readonly update?: TaskUpdate;
}

export type ToJob =
  | { readonly type: 'cancel' }
  | { readonly type: 'watch'; readonly watched: boolean }
  | {
      readonly type: 'call';
      readonly id: number;
      readonly method: string;
      readonly args: readonly unknown[];
    };

export type FromJob =
  | { readonly type: 'update'; readonly update: TaskUpdate }
  | { readonly type: 'note'; readonly text: string }
  | { readonly type: 'live'; readonly state: RunningState }
  | { readonly type: 'stream'; readonly status: StreamStatus }
  /** The ledger of the last stream changed after its end. */
  | { readonly type: 'ledger'; readonly ledger: Pick<StreamStatus, 'total' | 'byType'> }
  /** Sales of the stores at the end of a stream. */
  | { readonly type: 'tills'; readonly tills: KeptTills }
  /** Why the stream waits for the event hub; null when the wait is over. */
  | { readonly type: 'waiting'; readonly reason: string | null }
  | { readonly type: 'world' }
  | { readonly type: 'answer'; readonly id: number; readonly result: unknown }
  /** The job can't answer this call yet. */
  | { readonly type: 'not-now'; readonly id: number }
  | { readonly type: 'refusal'; readonly id: number; readonly error: ErrorData }
  | { readonly type: 'done'; readonly outcome: Outcome }
  | { readonly type: 'failed'; readonly error: ErrorData };

/** The connection of a job to the server. */
export interface JobPort {
  /** Whether the live view has clients. */
  watched(): boolean;
  /** Whether the job should stop. */
  cancelled(): boolean;
  onCancel(listener: () => void): void;
  /** Sets the methods that answer calls. */
  answer(methods: Readonly<Record<string, (...args: never[]) => unknown>>): void;
  post(message: FromJob): void;
}
