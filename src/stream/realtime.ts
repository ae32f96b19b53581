/**
 * Realtime: the world continues from the end of its history at the pace of the wall clock, and every fact is
 * published as an event.
 *
 * A checkpoint is taken when all events before it are settled; the journal numbers events from it. After
 * `kill -9` the regions start from the checkpoint again and generate the same events with the same ids;
 * events that are settled in the journal are not sent again.
 */
import { setImmediate } from 'node:timers/promises';
import type { Pacer } from '../engine/pacer.ts';
import { DAY_MS } from '../engine/time.ts';
import type { Journal } from '../delivery/journal.ts';
import type { OutgoingEvent } from '../envelopes/outgoing-event.ts';
import type { Publisher } from '../delivery/publisher.ts';
import { commit } from '../store/commit.ts';
import { withCommandsHad } from '../run/disruptions/had.ts';
import type { LiveCommands } from '../run/live-hook.ts';
import { requireHeldLately } from '../store/lock.ts';
import type { Manifest } from '../store/manifest.ts';
import { withCalendar } from '../store/masters.ts';
import { scopeOf } from '../run/open-world.ts';
import type { WorldPaths } from '../store/paths.ts';
import { RegionGroup } from '../run/region-group.ts';
import type { HistoryWorld } from '../run/region-run.ts';
import { Emission } from './emission.ts';
import { LONGEST_STEP_MS, StreamStep } from './stream-step.ts';
import {
  type PlacedEvent,
  Places,
  type StreamWorldOptions,
  streamedWorld,
} from './stream-world.ts';

/** Wall time between steps: too short to notice. */
const TICK_MS = 10;
/** Wall time between checks for a stop while time is paused. */
const PAUSED_TICK_MS = 250;
/** Wall time between checkpoints. */
const CHECKPOINT_EVERY_MS = 60_000;
/** Wall time of simulation between checkpoints: the next run must repeat it after a crash. */
const CHECKPOINT_WORK_MS = 2_000;

export interface RealtimeOptions {
  /** Paths of the stream's checkpoints: the history's with CSV, the stream's own otherwise. */
  readonly paths: WorldPaths;
  readonly world: HistoryWorld;
  /** The checkpoint to continue from, and its folder. */
  readonly manifest: Manifest;
  readonly folder: string;
  readonly publisher: Publisher;
  readonly journal: Journal;
  readonly stream: Omit<StreamWorldOptions, 'take'>;
  /** Simulated time before which no event is sent, because all were settled. The journal numbers events from there. */
  readonly silentToMs?: number;
  /** Whether the run ignores the pacer and runs at full speed, because its time was streamed before. */
  readonly isUnpaced?: boolean;
  /** Simulated time to stop at. */
  readonly toMs?: number;
  /** Monotonic wall clock, ms. */
  readonly wallMs: () => number;
  readonly checkpointEveryMs?: number;
  /** Commands to the running world from outside. */
  readonly commands?: LiveCommands;
  /** Called with each event, in order of creation. */
  readonly onEvent?: (event: OutgoingEvent) => void;
  /** Called when a checkpoint was taken. */
  readonly onCheckpoint?: (simulatedMs: number) => void;
}

export class RealtimeRun {
  /** Passes the events to the publisher. */
  readonly emission: Emission;
  private readonly options: RealtimeOptions;
  private readonly group: RegionGroup;
  private readonly places = new Places();
  private readonly regionIds: readonly number[];
  private events: PlacedEvent[] = [];
  private reachedMs: number;
  private wakeUp: (() => void) | undefined;
  private readonly stepLength = new StreamStep();
  private checkpointMs: number;
  private heldMs: number;
  /** Wall time of simulation since the last checkpoint. */
  private workMs = 0;

  constructor(options: RealtimeOptions) {
    const { paths, world, manifest, stream, wallMs, publisher, onEvent } = options;
    const take = (event: PlacedEvent) => void this.events.push(event);
    this.options = options;
    this.group = new RegionGroup(paths, streamedWorld(world, this.places, { ...stream, take }));
    this.emission = new Emission(publisher, onEvent);
    this.regionIds = world.regionIds;
    this.reachedMs = manifest.committedMs;
    this.heldMs = manifest.committedMs;
    this.checkpointMs = wallMs();
  }

  /** Present simulated time, epoch ms. */
  get simulatedMs(): number {
    return this.reachedMs;
  }

  /** Simulated time of the last checkpoint, epoch ms. */
  get committedMs(): number {
    return this.heldMs;
  }

  /** Whether it repeats time that was streamed before, at full speed. */
  get isUnpaced(): boolean {
    return this.options.isUnpaced === true;
  }

  /** Ends the present wait. Called after a change of the pacer. */
  wake(): void {
    this.wakeUp?.();
  }

  /** Opens the regions, which takes a moment; start the pacer after it. */
  async open(): Promise<void> {
    const { manifest, folder } = this.options;
    for (const id of this.regionIds) {
      const committed = manifest.regions.find((region) => region.id === id);
      await this.group.open(id, { atMs: this.reachedMs, committed, folder });
    }
  }

  /**
   * Runs until `toMs` or until interrupted; then waits until all events are settled, and takes a
   * checkpoint. Throws the error that ended the publishing or the simulation; the last checkpoint stays valid.
   * @param interrupted called between steps; returns whether to stop
   */
  async run(pacer: Pacer, interrupted: () => boolean): Promise<void> {
    const { toMs = Infinity, isUnpaced = false } = this.options;
    const { emission } = this;
    try {
      while ((this.reachedMs < toMs || !emission.isEmpty) && !interrupted()) {
        this.options.commands?.take(this.reachedMs);
        const dueMs = Math.min(isUnpaced ? Infinity : pacer.dueMs(), toMs);
        // Events that were already due wait, too, until time continues.
        if (pacer.paused) await this.rest(PAUSED_TICK_MS);
        else if (!emission.isEmpty) await this.offerDue();
        else if (dueMs > this.reachedMs && this.restMs() === 0) await this.step(dueMs);
        else await this.rest(Math.min(TICK_MS, this.restMs() || TICK_MS));
        if (!isUnpaced) pacer.reached(this.reachedMs);
        if (emission.isEmpty && this.checkpointDue()) await this.checkpoint();
      }
      await emission.offer('all');
      // The lost checkpoint is not reached yet: the next run begins where this one did.
      if (!this.isSilent) await this.checkpoint();
    } catch (error) {
      await this.group.abort();
      throw error;
    }
  }

  /** Offers the due events, or waits until the next one is due. */
  private async offerDue(): Promise<void> {
    await this.emission.offer('due');
    const waitMs = this.emission.governor?.waitMs() ?? 0;
    if (waitMs > 0) await this.rest(Math.min(TICK_MS, waitMs));
    else await setImmediate();
  }

  /** Returns how long the next step must wait to hold a rate, ms. */
  private restMs(): number {
    return this.emission.governor?.restMs() ?? 0;
  }

  private rest(mostMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wakeUp = () => {
        clearTimeout(timer);
        this.wakeUp = undefined;
        resolve();
      };
      const timer = setTimeout(wakeUp, mostMs);
      this.wakeUp = wakeUp;
    });
  }

  /** Simulates all regions one step towards `dueMs`, and offers the due events. */
  private async step(dueMs: number): Promise<void> {
    requireHeldLately(this.options.paths.lock);
    const { silentToMs = Number.NEGATIVE_INFINITY } = this.options;
    const { emission, isSilent, reachedMs } = this;
    const { governor } = emission;
    const limitMs = Math.min(
      dueMs,
      reachedMs + (governor === undefined ? this.stepLength.ms : LONGEST_STEP_MS),
      endOfDay(reachedMs),
      isSilent ? silentToMs : Infinity,
    );
    const advance = (toMs: number) => this.advance(toMs);
    let endMs = limitMs;
    if (governor === undefined) this.stepLength.observe(await advance(limitMs));
    else endMs = await governor.fill(reachedMs, limitMs, advance);
    const { events } = this;
    this.events = [];
    if (isSilent) {
      this.reachedMs = endMs;
      if (endMs === silentToMs) await this.restoreCheckpoint();
      await setImmediate();
      return;
    }
    emission.take(events);
    await emission.offer('due');
    this.reachedMs = endMs;
    // Gives signals, timers and the receiver their turn.
    await setImmediate();
  }

  /** Simulates all regions to an instant; returns the number of new events. */
  private async advance(toMs: number): Promise<number> {
    const { commands, wallMs } = this.options;
    const { length } = this.events;
    commands?.reaching(toMs);
    const startedMs = wallMs();
    for (const id of this.regionIds) await this.group.advance(id, toMs);
    this.workMs += wallMs() - startedMs;
    return this.events.length - length;
  }

  private checkpointDue(): boolean {
    const { wallMs, checkpointEveryMs = CHECKPOINT_EVERY_MS } = this.options;
    if (this.reachedMs <= this.heldMs || this.isSilent) return false;
    return wallMs() - this.checkpointMs >= checkpointEveryMs || this.workMs >= CHECKPOINT_WORK_MS;
  }

  private get isSilent(): boolean {
    return this.reachedMs < (this.options.silentToMs ?? Number.NEGATIVE_INFINITY);
  }

  /** Takes the lost checkpoint, from which the journal numbers events. */
  private async restoreCheckpoint(): Promise<void> {
    this.places.restart();
    await this.commit();
  }

  private async checkpoint(): Promise<void> {
    const { publisher, journal } = this.options;
    await publisher.flush();
    const base = String(this.reachedMs);
    // The journal is told before and after: after a crash in between it works with either checkpoint.
    journal.announce(base, this.places.counts);
    await this.commit();
    journal.rebase(base);
    this.places.restart();
    const committedMs = this.reachedMs;
    this.options.commands?.settled(committedMs);
    this.options.onCheckpoint?.(committedMs);
  }

  /** Stores the state of the world. */
  private async commit(): Promise<void> {
    const { paths, manifest, world, stream, wallMs } = this.options;
    const committedMs = this.reachedMs;
    const regions = await this.group.checkpoint(committedMs);
    const tables = stream.alsoCsv ? [...world.calendarTables(committedMs)] : [];
    const scope = stream.alsoCsv ? scopeOf(world) : { regionIds: world.regionIds };
    const moved = withCalendar({ ...manifest, committedMs, regions }, tables);
    const next = withCommandsHad(moved, world.live?.());
    commit(paths, next, tables, () => {}, scope);
    this.heldMs = committedMs;
    this.checkpointMs = wallMs();
    this.workMs = 0;
  }
}

function endOfDay(atMs: number): number {
  return (Math.floor(atMs / DAY_MS) + 1) * DAY_MS;
}
