/**
 * A world that is streamed, under whoever's control: a command, an API, a test.
 *
 *   const stream = await LiveStream.start({ settings, paths, makeWorld, speed: 60 });
 *   stream.pause(); stream.resume(); stream.setSpeed(Infinity); stream.status();
 *   await stream.stop();
 *
 * It holds the folder's lock from its start to its end.
 */
import { InputError } from '../domain/errors.ts';
import type { EventType } from '../domain/facts.ts';
import { shellWord } from '../domain/shell-word.ts';
import { Pacer, type Speed } from '../engine/pacer.ts';
import type { AppendPort } from '../sinks/stream/append-file.ts';
import type { Ledger } from '../sinks/stream/ledger.ts';
import type { CatchUp } from './catch-up.ts';
import { LiveBook } from '../region/live-book.ts';
import { DisruptionDesk } from './disruptions/desk.ts';
import { EventRate } from './event-rate.ts';
import { LagMeter } from './lag-meter.ts';
import { takeLock } from './lock.ts';
import { readManifest } from './manifest.ts';
import { openStream, type OpenStream, type StreamSinkName } from './open-stream.ts';
import { openWorld } from './open-world.ts';
import type { WorldPaths } from './paths.ts';
import { RealtimeRun } from './realtime.ts';
import type { HistoryWorld } from './region-run.ts';
import { RecentEvents } from './recent-events.ts';
import { writeRealtimeState } from './state.ts';
import { originOf, type StreamBase, streamBase } from './stream-base.ts';
import { type StreamState, type StreamStatus, streamStatus } from './stream-status.ts';
import { type StreamTarget, streamTarget } from './stream-target.ts';
import { streamPaths } from './stream-world.ts';
import {
  type Compression,
  type MakeWorld,
  withCompression,
  type WorldSettings,
} from './world-settings.ts';
import { idleScenarios } from '../world/scenario-notes.ts';

/** What a busy receiver may make the stream late before time is given up. */
const PATIENCE_MS = 5_000;
/** How long the end of a stream waits for what is under way. */
const END_PATIENCE_MS = 10_000;
const STATUS_EVERY_MS = 250;
const RECENT_EVENTS = 200;
const RECENT_OF_TYPE = 20;

export interface LiveStreamRequest {
  readonly settings: WorldSettings;
  readonly paths: WorldPaths;
  readonly makeWorld: MakeWorld;
  /** `event-hubs` by default: what is configured, or a hub of our own. */
  readonly sink?: StreamSinkName;
  /** 1 by default, Infinity for as fast as it goes. */
  readonly speed?: Speed;
  readonly catchUp?: CatchUp;
  /** Whether the streamed facts land in the CSV files as well. */
  readonly alsoCsv?: boolean;
  /** Types of the events that are sent; all of them by default. */
  readonly types?: ReadonlySet<EventType>;
  readonly compress?: Compression;
  /** Simulated time to stop at. */
  readonly toMs?: number;
  /** Wall time to stop after, ms. */
  readonly durationMs?: number;
  /** Wall clock, epoch ms. */
  readonly nowMs?: () => number;
  /** Monotonic clock that paces the stream, ms. */
  readonly wallMs?: () => number;
  readonly checkpointEveryMs?: number;
  /** Stands in for the file system of the journal in tests. */
  readonly journalPort?: AppendPort;
  /** Told sentences that a user should read once. */
  readonly onNote?: (sentence: string) => void;
  /** Told four times a second, and whenever its state changes, how the stream is doing. */
  readonly onStatus?: (status: StreamStatus) => void;
}

export interface StreamEnd {
  /** Simulated time that the stream has reached. */
  readonly simulatedMs: number;
  /** Whether everything is delivered; if not, the next stream sends it, with the same ids. */
  readonly settled: boolean;
}

interface Found {
  readonly world: HistoryWorld;
  readonly base: StreamBase;
  readonly target: StreamTarget;
  readonly release: () => void;
}

interface Parts {
  readonly request: LiveStreamRequest;
  readonly base: StreamBase;
  readonly target: StreamTarget;
  readonly opened: OpenStream;
  readonly run: RealtimeRun;
  readonly desk: DisruptionDesk;
  readonly pacer: Pacer;
  readonly lag: LagMeter;
  readonly recent: RecentEvents;
  readonly wallMs: () => number;
  /** Lets go of the folder. */
  readonly release: () => void;
}

export class LiveStream {
  /** Settles when the stream has ended and everything is closed; rejects with what ended it early. */
  readonly ended: Promise<StreamEnd>;
  private readonly parts: Parts;
  private readonly rate: EventRate;
  private readonly startedMs: number;
  private readonly ticker: NodeJS.Timeout;
  private stopped: 'no' | 'asked' | 'given-up' = 'no';
  private outcome: 'ended' | 'failed' | undefined;

  private constructor(parts: Parts) {
    const { wallMs, opened } = parts;
    this.parts = parts;
    this.startedMs = wallMs();
    this.rate = new EventRate(this.startedMs, opened.publisher.ledger.total().acknowledged);
    this.ticker = setInterval(() => this.tell(), STATUS_EVERY_MS);
    this.ticker.unref();
    this.ended = this.run();
    // Whoever asks for it hears of a failure.
    this.ended.catch(() => {});
  }

  /**
   * Starts to stream a world that has a history (`prepareHistory`).
   * @throws InputError or OutputError that says what is wrong; nothing is left open then
   */
  static async start(request: LiveStreamRequest): Promise<LiveStream> {
    const { paths } = request;
    const release = takeLock(paths.lock);
    let target: StreamTarget | undefined;
    try {
      const there = readManifest(paths.manifest);
      if (there === undefined || there.committedMs <= there.startMs) throw noHistory(paths);
      const settings = withCompression(request.settings, request.compress, there);
      const world = request.makeWorld(settings, there.startMs, paths);
      const manifest = openWorld(paths, world);
      const base = streamBase(request.alsoCsv === true, paths, world, manifest);
      target = await streamTarget(request.sink ?? 'event-hubs', settings.config, paths);
      return await LiveStream.begin({ ...request, settings }, { world, base, target, release });
    } catch (error) {
      await target?.sink.close();
      await target?.hub?.close();
      release();
      throw error;
    }
  }

  private static async begin(request: LiveStreamRequest, found: Found): Promise<LiveStream> {
    const { paths, onNote, nowMs = Date.now, wallMs = () => performance.now() } = request;
    const { world, base, target, release } = found;
    const { manifest, folder } = base;
    const rest = {
      startMs: manifest.startMs,
      fromMs: manifest.committedMs,
      toMs: request.toMs ?? Number.POSITIVE_INFINITY,
    };
    for (const text of idleScenarios(request.settings.scenarios, rest)) onNote?.(text);
    const alsoCsv = request.alsoCsv === true;
    const lag = new LagMeter(wallMs);
    const recent = new RecentEvents(RECENT_EVENTS, RECENT_OF_TYPE);
    let pacer: Pacer | undefined;
    const opened = await openStream({
      config: request.settings.config,
      paths,
      sink: target.sink,
      journalPort: request.journalPort,
      base: String(manifest.committedMs),
      onBreaker: (state) => onNote?.(`The circuit breaker is ${state}.`),
      onSettled: (batch) => {
        // At unlimited speed nothing is ever due.
        if (pacer === undefined || pacer.speed === Infinity) return;
        for (const { event } of batch) lag.add(pacer.lateMs(event.eventMs));
      },
    });
    const desk = new DisruptionDesk(paths, world.live?.() ?? new LiveBook(), wallMs, onNote);
    const run = new RealtimeRun({
      paths: alsoCsv ? paths : streamPaths(paths),
      world,
      manifest,
      folder,
      publisher: opened.publisher,
      journal: opened.journal,
      stream: { alsoCsv, types: request.types, ingestMs: nowMs },
      toMs: request.toMs,
      wallMs,
      checkpointEveryMs: request.checkpointEveryMs,
      onEvent: (event) => recent.add(event),
      onCheckpoint: (reachedMs) => {
        // Of the history, which the checkpoint has moved on if the stream writes CSV as well.
        const history = readManifest(paths.manifest);
        if (history !== undefined) writeRealtimeState(paths.state, history, reachedMs);
      },
      commands: desk,
    });
    try {
      await run.open();
    } catch (error) {
      await opened.close();
      throw error;
    }
    pacer = new Pacer({
      simulatedMs: originOf(request.catchUp, manifest, nowMs(), onNote),
      speed: request.speed ?? 1,
      wallMs,
      patienceMs: request.catchUp === 'stream' ? Infinity : PATIENCE_MS,
    });
    return new LiveStream({
      request,
      base,
      target,
      opened,
      run,
      desk,
      pacer,
      lag,
      recent,
      wallMs,
      release,
    });
  }

  /** Where the events go, in words. */
  get target(): string {
    return this.parts.target.about;
  }

  /** Port of the hub that was started for this stream. */
  get hubPort(): number | undefined {
    return this.parts.target.hub?.port;
  }

  /** Simulated time at which the stream began. */
  get fromMs(): number {
    return this.parts.base.manifest.committedMs;
  }

  get ledger(): Ledger {
    return this.parts.opened.publisher.ledger;
  }

  /** Stops simulated time; what was generated is still delivered. */
  pause(): void {
    this.parts.pacer.pause();
    this.tell();
  }

  /** Lets simulated time go on from where it was stopped. */
  resume(): void {
    this.parts.pacer.resume();
    this.parts.run.wake();
    this.tell();
  }

  /** Changes the speed from now on; Infinity is as fast as it goes. @throws RangeError */
  setSpeed(speed: Speed): void {
    const { pacer, run } = this.parts;
    pacer.setSpeed(speed, run.simulatedMs);
    run.wake();
    this.tell();
  }

  /**
   * Generates nothing more, delivers what there is, takes a checkpoint and ends; if delivering takes
   * longer than the patience it ends without: the next stream sends the rest.
   */
  stop(patienceMs = END_PATIENCE_MS): Promise<StreamEnd> {
    if (this.stopped === 'no' && this.outcome === undefined) {
      this.stopped = 'asked';
      const giveUp = setTimeout(() => {
        this.stopped = 'given-up';
        void this.parts.opened.publisher.close();
      }, patienceMs);
      giveUp.unref();
      const done = () => clearTimeout(giveUp);
      this.ended.then(done, done);
      this.parts.run.wake();
      this.tell();
    }
    return this.ended;
  }

  status(): StreamStatus {
    const { request, target, opened, run, wallMs } = this.parts;
    const { publisher } = opened;
    const nowMs = wallMs();
    this.rate.sample(nowMs, publisher.ledger.total().acknowledged);
    const facts = {
      state: this.state,
      target: target.about,
      hubPort: target.hub?.port ?? null,
      fromMs: this.fromMs,
      simulatedMs: run.simulatedMs,
      checkpointMs: run.committedMs,
      seconds: (nowMs - this.startedMs) / 1000,
      bufferSize: request.settings.config.realtime.max_buffer_size,
    };
    return streamStatus(facts, { ...this.parts, publisher, rate: this.rate });
  }

  /** Envelopes of the last events, or of the last of a type, as JSON, oldest first. */
  recentEvents(most?: number, type?: string): string[] {
    return this.parts.recent.list(most, type);
  }

  private get state(): StreamState {
    if (this.outcome !== undefined) return this.outcome;
    if (this.stopped !== 'no') return 'stopping';
    return this.parts.pacer.paused ? 'paused' : 'running';
  }

  private get isOver(): boolean {
    const { request, wallMs } = this.parts;
    return this.stopped !== 'no' || wallMs() - this.startedMs >= (request.durationMs ?? Infinity);
  }

  private tell(): void {
    // Also where nobody listens: rates and lags are those between two looks.
    const status = this.status();
    this.parts.request.onStatus?.(status);
  }

  private async run(): Promise<StreamEnd> {
    const { run, pacer } = this.parts;
    try {
      await run.run(pacer, () => this.isOver);
      this.outcome = 'ended';
      return { simulatedMs: run.simulatedMs, settled: true };
    } catch (error) {
      this.outcome = this.stopped === 'given-up' ? 'ended' : 'failed';
      if (this.outcome === 'failed') throw error;
      return { simulatedMs: run.simulatedMs, settled: false };
    } finally {
      clearInterval(this.ticker);
      await this.close();
      this.tell();
    }
  }

  private async close(): Promise<void> {
    const { opened, target, release, desk } = this.parts;
    try {
      desk.close();
      await opened.close();
    } finally {
      await target.sink.close();
      await target.hub?.close();
      release();
    }
  }
}

function noHistory({ root }: WorldPaths): InputError {
  return new InputError(
    `Cannot stream the world in "${root}": it has no history to go on from. Generate one first: ` +
      `sim run --mode history --out ${shellWord(root)}`,
  );
}
