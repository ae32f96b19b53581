/**
 * A running stream of a world, controlled by a command, an API or a test.
 *
 *   const stream = await RunningStream.start({ settings, paths, makeWorld, speed: 60 });
 *   stream.pause(); stream.resume(); stream.setSpeed(Infinity); stream.status();
 *   await stream.stop();
 *
 * It has the folder's lock from its start to its end.
 */
import { setImmediate } from 'node:timers/promises';
import { Pacer, type Speed } from '../engine/pacer.ts';
import type { Ledger } from '../delivery/ledger.ts';
import { Frontier } from '../delivery/frontier.ts';
import { CommandBook } from '../entities/command-book.ts';
import { DisruptionDesk } from '../run/disruptions/desk.ts';
import { EventRate } from './event-rate.ts';
import { LagMeter } from './lag-meter.ts';
import { type PaceAsked, paceAsked } from './pace-asked.ts';
import { PaceNotes } from './pace-notes.ts';
import { configuredCap } from './publisher-settings.ts';
import { RateHold } from './rate-hold.ts';
import { takeLock, watchLock } from '../store/lock.ts';
import { readManifest } from '../store/manifest.ts';
import { openStream } from './open-stream.ts';
import { openWorld } from '../run/open-world.ts';
import { reachTarget } from './reach-target.ts';
import type { RealtimeRun } from './realtime.ts';
import { RecentEvents } from './recent-events.ts';
import { rebuiltStanding } from './stream-rebuild.ts';
import { retriesOf, type StreamRetries } from './stream-retries.ts';
import {
  continuation,
  firstRun,
  noHistory,
  requireFiles,
  type StreamParts,
} from './stream-runs.ts';
import { streamStanding } from './stream-standing.ts';
import { type StreamState, type StreamStatus, streamStatus } from './stream-status.ts';
import type { StreamTarget } from '../sinks/stream-sink-kind.ts';
import { streamTarget } from './stream-target.ts';
import { worldIdOf } from '../store/world-id.ts';
import type { StreamRequest, StreamEnd } from './stream-request.ts';
import { withStorage } from '../store/world-settings.ts';
import { idleScenarios } from '../scenario/notes.ts';

/** Maximum delay that is made up for; the rest is given up. */
const PATIENCE_MS = 5_000;
/** How long the end of a stream waits for events under way. */
const END_PATIENCE_MS = 10_000;
const STATUS_EVERY_MS = 250;
const RECENT_EVENTS = 200;
const RECENT_OF_TYPE = 20;

export type { StreamRequest };

interface Parts extends StreamParts {
  readonly target: StreamTarget;
  readonly frontier: Frontier;
  readonly lag: LagMeter;
  /** Releases the folder's lock. */
  readonly release: () => void;
}

type Found = Pick<Parts, 'world' | 'history' | 'standing' | 'target' | 'release'>;

export class RunningStream {
  /** Settles when everything is closed; rejects with the error that ended the stream. */
  readonly ended: Promise<StreamEnd>;
  private readonly parts: Parts;
  private readonly rate: EventRate;
  /** Measures simulated time per wall time. */
  private readonly pace: EventRate;
  private readonly notes: PaceNotes;
  private readonly retries: StreamRetries;
  private readonly hold: RateHold;
  private readonly startedMs: number;
  private readonly begunMs: number;
  private readonly ticker: NodeJS.Timeout;
  /** The present run: first the one that repeats time, then the one that continues. */
  private current: RealtimeRun;
  private stopped: 'no' | 'asked' | 'given-up' = 'no';
  private outcome: 'ended' | 'failed' | undefined;

  private constructor(parts: Parts, first: RealtimeRun, asked: PaceAsked) {
    const { wallMs, opened } = parts;
    this.parts = parts;
    this.current = first;
    this.startedMs = wallMs();
    // A lost checkpoint is simulated again without streaming events.
    this.begunMs = Math.max(first.simulatedMs, parts.standing?.countsFromMs ?? first.simulatedMs);
    this.rate = new EventRate(this.startedMs, opened.publisher.ledger.total().acknowledged);
    this.pace = new EventRate(this.startedMs, first.simulatedMs);
    this.hold = new RateHold(parts, first, asked);
    this.notes = new PaceNotes(parts.request.onNote ?? (() => {}));
    this.retries = retriesOf(parts.request, opened, parts.target);
    this.ticker = setInterval(() => {
      this.tell();
      this.retries.look();
    }, STATUS_EVERY_MS);
    this.ticker.unref();
    this.ended = this.run();
    // Prevents an unhandled rejection; callers that await `ended` get the error.
    this.ended.catch(() => {});
  }

  /**
   * Starts to stream a world with a history (`prepareHistory`).
   * @throws InputError or OutputError that says what is wrong, after closing what was opened
   */
  static async start(request: StreamRequest): Promise<RunningStream> {
    const { paths } = request;
    await watchLock(paths.lock, request);
    const release = takeLock(paths.lock);
    let target: StreamTarget | undefined;
    try {
      const there = readManifest(paths.manifest);
      if (there === undefined || there.committedMs <= there.startMs) throw noHistory(paths);
      const settings = withStorage(request.settings, request, there);
      const world = request.makeWorld(settings, there.startMs, paths);
      const manifest = openWorld(paths, world);
      const standingOf = request.rebuildJournal === true ? rebuiltStanding : streamStanding;
      const standing = standingOf(paths, world, manifest);
      requireFiles(request, manifest, standing);
      target = await streamTarget(request.sink, settings.config, paths, request.onNote);
      const found = { world, history: manifest, standing, target, release };
      return await RunningStream.begin({ ...request, settings }, found);
    } catch (error) {
      await target?.sink.close();
      await target?.hub?.close();
      release();
      throw error;
    }
  }

  private static async begin(request: StreamRequest, found: Found): Promise<RunningStream> {
    const { paths, onNote, wallMs = () => performance.now() } = request;
    const { world, history, standing, target } = found;
    const asked = paceAsked(request, configuredCap(request.settings.config.realtime));
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
      speed: asked.speed,
      wallMs,
      patienceMs: request.catchUp === 'stream' ? Infinity : PATIENCE_MS,
    });
    const rest = {
      startMs: history.startMs,
      fromMs: countsFromMs,
      toMs: request.toMs ?? Number.POSITIVE_INFINITY,
    };
    for (const text of idleScenarios(request.settings.scenarios, rest)) onNote?.(text);
    let waitedMs = 0;
    const onReached = (forMs: number) => {
      waitedMs = forMs;
      request.wait?.onReached?.(forMs);
    };
    const reach = (open: () => Promise<number>) =>
      reachTarget(open, { ...request.wait, mostMs: request.durationMs, onReached });
    let stream: RunningStream | undefined;
    const opened = await openStream({
      config: request.settings.config,
      paths,
      sink: target.sink,
      journalPort: request.journalPort,
      base: String(countsFromMs),
      world: worldId,
      frontier,
      // There is no need to wait for a local hub or a file.
      reach: target.isOurs ? undefined : reach,
      onBreaker: (state) => onNote?.(`The circuit breaker is ${state}.`),
      onSettled: (batch) => {
        for (const { event } of batch) {
          const lateMs = stream?.hold.lateMs(event);
          if (lateMs !== undefined) lag.add(lateMs);
        }
      },
    });
    // From now on the frontier also records the journal's length.
    if (frontier.reachedMs < countsFromMs) frontier.settled(countsFromMs);
    const desk = new DisruptionDesk(
      paths,
      world.commands?.() ?? new CommandBook(),
      frontier,
      wallMs,
      onNote,
    );
    const { durationMs } = request;
    const left = durationMs === undefined ? undefined : Math.max(0, durationMs - waitedMs);
    const parts = {
      ...found,
      ...{
        request: { ...request, durationMs: left },
        opened,
        frontier,
        desk,
        pacer,
        lag,
        recent,
        wallMs,
      },
    };
    try {
      stream = new RunningStream(parts, await firstRun(parts), asked);
      return stream;
    } catch (error) {
      await opened.close();
      frontier.close();
      throw error;
    }
  }

  /** Description of the stream's target. */
  get target(): string {
    return this.parts.target.about;
  }

  /** Port of the local hub of this stream, if any. */
  get hubPort(): number | undefined {
    return this.parts.target.hub?.port;
  }

  /** Simulated time at which the stream began, epoch ms. */
  get fromMs(): number {
    return this.begunMs;
  }

  get ledger(): Ledger {
    return this.parts.opened.publisher.ledger;
  }

  /** Pauses simulated time; generated events are still delivered. */
  pause(): void {
    this.parts.pacer.pause();
    this.current.emission.governor?.pause();
    this.tell();
  }

  /** Continues simulated time after `pause`. */
  resume(): void {
    this.parts.pacer.resume();
    this.current.emission.governor?.resume();
    this.current.wake();
    this.tell();
  }

  /** Changes the speed; Infinity is full speed. @throws RangeError */
  setSpeed(speed: Speed): void {
    const { current } = this;
    this.parts.pacer.setSpeed(speed, current.simulatedMs);
    this.hold.release(configuredCap(this.parts.request.settings.config.realtime));
    current.wake();
    this.tell();
  }

  /** Sets a rate, events a second, which controls the speed. @throws RangeError */
  setRate(perSecond: number): void {
    const { current } = this;
    this.hold.begin(perSecond);
    this.parts.pacer.setSpeed(Infinity, current.simulatedMs);
    current.wake();
    this.tell();
  }

  /**
   * Stops the simulation, delivers the remaining events, takes a checkpoint and ends. If the delivery takes
   * longer than `patienceMs`, it ends without it, and the next stream sends the rest.
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
    this.pace.sample(nowMs, run.simulatedMs);
    const facts = {
      state: this.state,
      target: target.about,
      hubPort: target.hub?.port ?? null,
      hubLostEvents: target.hub?.stats().lostEvents ?? 0,
      fromMs: this.fromMs,
      simulatedMs: run.simulatedMs,
      checkpointMs: run.committedMs,
      resumesToMs: run.isUnpaced ? (standing?.frontierMs ?? null) : null,
      seconds: (nowMs - this.startedMs) / 1000,
      bufferSize: request.settings.config.realtime.max_buffer_size,
    };
    const { rate, pace } = this;
    const { governor } = run.emission;
    return streamStatus(facts, { ...this.parts, publisher, rate, pace, governor });
  }

  /** Returns the last events (of a type) as JSON, oldest first. */
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

  /** Whether all time with pending events is simulated again. */
  private get isThrough(): boolean {
    const { simulatedMs } = this.current;
    return simulatedMs >= (this.parts.standing?.frontierMs ?? simulatedMs);
  }

  private tell(): void {
    // Computed without a listener too: rates and lags are measured between calls.
    const status = this.status();
    // A run that waits for an unavailable receiver does not check this itself.
    if (this.isOver && this.stopped === 'no') void this.stop();
    this.notes.see(status);
    this.parts.request.onStatus?.(status);
  }

  private async run(): Promise<StreamEnd> {
    const { parts } = this;
    const { pacer } = parts;
    const isOver = () => this.isOver;
    // `start` returns the stream before the first callback.
    await setImmediate();
    try {
      if (this.current.isUnpaced) {
        await this.current.run(pacer, isOver);
        const { simulatedMs } = this.current;
        if (this.isThrough && !this.isOver) {
          this.current = await continuation(parts, simulatedMs);
          this.hold.follow(this.current);
          parts.request.onResumed?.(this.current.simulatedMs, this.target);
        }
      }
      if (!this.current.isUnpaced) {
        await this.current.run(pacer, isOver);
        parts.opened.journal.trust();
      }
      this.outcome = 'ended';
      return { simulatedMs: this.current.simulatedMs, settled: this.isThrough };
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
      await this.retries.close();
      await opened.close();
    } finally {
      frontier.close();
      await target.sink.close();
      await target.hub?.close();
      release();
    }
  }
}
