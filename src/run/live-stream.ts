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
import { Frontier } from '../sinks/stream/frontier.ts';
import type { CatchUp } from './catch-up.ts';
import { LiveBook } from '../region/live-book.ts';
import { DisruptionDesk } from './disruptions/desk.ts';
import { EventRate } from './event-rate.ts';
import { LagMeter } from './lag-meter.ts';
import { takeLock } from './lock.ts';
import { readManifest } from './manifest.ts';
import { openStream, type StreamSinkName } from './open-stream.ts';
import { openWorld } from './open-world.ts';
import type { WorldPaths } from './paths.ts';
import type { RealtimeRun } from './realtime.ts';
import { RecentEvents } from './recent-events.ts';
import { rebuiltStanding } from './stream-rebuild.ts';
import { continuation, firstRun, requireFiles, type StreamParts } from './stream-runs.ts';
import { streamStanding } from './stream-standing.ts';
import { type StreamState, type StreamStatus, streamStatus } from './stream-status.ts';
import { type StreamTarget, streamTarget } from './stream-target.ts';
import { worldIdOf } from './world-id.ts';
import {
  type Compression,
  type MakeWorld,
  withCompression,
  type WorldSettings,
} from './world-settings.ts';

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
  /** Whether to make anew what is damaged of what the stream remembers, instead of refusing. */
  readonly rebuildJournal?: boolean;
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

interface Parts extends StreamParts {
  readonly target: StreamTarget;
  readonly frontier: Frontier;
  readonly lag: LagMeter;
  /** Lets go of the folder. */
  readonly release: () => void;
}

type Found = Pick<Parts, 'world' | 'history' | 'standing' | 'target' | 'release'>;

export class LiveStream {
  /** Settles when the stream has ended and everything is closed; rejects with what ended it early. */
  readonly ended: Promise<StreamEnd>;
  private readonly parts: Parts;
  private readonly rate: EventRate;
  private readonly startedMs: number;
  private readonly begunMs: number;
  private readonly ticker: NodeJS.Timeout;
  /** What moves the world now: first over what is pending, then on. */
  private current: RealtimeRun;
  private stopped: 'no' | 'asked' | 'given-up' = 'no';
  private outcome: 'ended' | 'failed' | undefined;

  private constructor(parts: Parts, first: RealtimeRun) {
    const { wallMs, opened } = parts;
    this.parts = parts;
    this.current = first;
    this.startedMs = wallMs();
    this.begunMs = first.simulatedMs;
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
      const standingOf = request.rebuildJournal === true ? rebuiltStanding : streamStanding;
      const standing = standingOf(paths, world, manifest);
      requireFiles(request, manifest, standing);
      target = await streamTarget(request.sink ?? 'event-hubs', settings.config, paths);
      const found = { world, history: manifest, standing, target, release };
      return await LiveStream.begin({ ...request, settings }, found);
    } catch (error) {
      await target?.sink.close();
      await target?.hub?.close();
      release();
      throw error;
    }
  }

  private static async begin(request: LiveStreamRequest, found: Found): Promise<LiveStream> {
    const { paths, onNote, wallMs = () => performance.now() } = request;
    const { world, history, standing, target } = found;
    const worldId = worldIdOf(world.identity);
    const lag = new LagMeter(wallMs);
    const recent = new RecentEvents(RECENT_EVENTS, RECENT_OF_TYPE);
    const frontier = new Frontier(paths.frontier, {
      world: worldId,
      wallMs,
      limitMs: request.toMs,
    });
    const countsFromMs = standing?.countsFromMs ?? history.committedMs;
    const pacer = new Pacer({
      simulatedMs: standing?.frontierMs ?? countsFromMs,
      speed: request.speed ?? 1,
      wallMs,
      patienceMs: request.catchUp === 'stream' ? Infinity : PATIENCE_MS,
    });
    const pendingToMs = standing?.frontierMs ?? Number.NEGATIVE_INFINITY;
    const opened = await openStream({
      config: request.settings.config,
      paths,
      sink: target.sink,
      journalPort: request.journalPort,
      base: String(countsFromMs),
      world: worldId,
      frontier,
      onBreaker: (state) => onNote?.(`The circuit breaker is ${state}.`),
      onSettled: (batch) => {
        // At unlimited speed nothing is ever due, and what is pending was due in another life.
        if (pacer.speed === Infinity) return;
        for (const { event } of batch) {
          if (event.eventMs >= pendingToMs) lag.add(pacer.lateMs(event.eventMs));
        }
      },
    });
    // It says how long the journal is from the first event on.
    if (frontier.reachedMs < countsFromMs) frontier.settled(countsFromMs);
    const desk = new DisruptionDesk(
      paths,
      world.live?.() ?? new LiveBook(),
      frontier,
      wallMs,
      onNote,
    );
    const parts = { ...found, request, opened, frontier, desk, pacer, lag, recent, wallMs };
    try {
      return new LiveStream(parts, await firstRun(parts));
    } catch (error) {
      await opened.close();
      frontier.close();
      throw error;
    }
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
    return this.begunMs;
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
    this.current.wake();
    this.tell();
  }

  /** Changes the speed from now on; Infinity is as fast as it goes. @throws RangeError */
  setSpeed(speed: Speed): void {
    const { current } = this;
    this.parts.pacer.setSpeed(speed, current.simulatedMs);
    current.wake();
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
      this.current.wake();
      this.tell();
    }
    return this.ended;
  }

  status(): StreamStatus {
    const { request, target, opened, standing, wallMs } = this.parts;
    const { publisher } = opened;
    const run = this.current;
    const nowMs = wallMs();
    this.rate.sample(nowMs, publisher.ledger.total().acknowledged);
    const facts = {
      state: this.state,
      target: target.about,
      hubPort: target.hub?.port ?? null,
      fromMs: this.fromMs,
      simulatedMs: run.simulatedMs,
      checkpointMs: run.committedMs,
      resumesToMs: run.isUnpaced ? (standing?.frontierMs ?? null) : null,
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
    const { parts } = this;
    const { pacer } = parts;
    const isOver = () => this.isOver;
    try {
      if (this.current.isUnpaced) {
        await this.current.run(pacer, isOver);
        const { simulatedMs } = this.current;
        const isThrough = simulatedMs >= (parts.standing?.frontierMs ?? simulatedMs);
        if (isThrough && !this.isOver) this.current = await continuation(parts, simulatedMs);
      }
      if (!this.current.isUnpaced) {
        await this.current.run(pacer, isOver);
        parts.opened.journal.trust();
      }
      this.outcome = 'ended';
      return { simulatedMs: this.current.simulatedMs, settled: true };
    } catch (error) {
      this.outcome = this.stopped === 'given-up' ? 'ended' : 'failed';
      if (this.outcome === 'failed') throw error;
      return { simulatedMs: this.current.simulatedMs, settled: false };
    } finally {
      clearInterval(this.ticker);
      await this.close();
      this.tell();
    }
  }

  private async close(): Promise<void> {
    const { opened, target, release, frontier } = this.parts;
    try {
      await opened.close();
    } finally {
      frontier.close();
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
