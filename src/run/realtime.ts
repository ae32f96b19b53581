/**
 * Realtime: the world goes on where its history stopped, paced by the wall clock, and every fact becomes
 * an event that is published.
 *
 * A checkpoint is taken when all events before it are settled; from there the journal counts. After
 * `kill -9` the regions start from the checkpoint again, bring forth the same events with the same ids,
 * and those that the journal knows to be settled are not sent again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pacer } from '../engine/pacer.ts';
import { DAY_MS, MINUTE_MS } from '../engine/time.ts';
import type { Journal } from '../sinks/stream/journal.ts';
import type { Publisher } from '../sinks/stream/publisher.ts';
import { commit } from './commit.ts';
import type { LiveCommands } from './live-hook.ts';
import type { Manifest } from './manifest.ts';
import { scopeOf } from './open-world.ts';
import type { WorldPaths } from './paths.ts';
import { RegionGroup } from './region-group.ts';
import type { HistoryWorld } from './region-run.ts';
import { type PlacedEvent, Places, type StreamWorldOptions, streamWorld } from './stream-world.ts';

/** Wall time between steps: short beside what a person notices. */
const TICK_MS = 20;
/** A step brings forth about so many events at most: they wait in memory until they are offered. */
const STEP_EVENTS = 2_000;
const SHORTEST_STEP_MS = 1;
const LONGEST_STEP_MS = 15 * MINUTE_MS;
/** Wall time between checkpoints: what a crash makes the next life simulate again. */
const CHECKPOINT_EVERY_MS = 60_000;

export interface RealtimeOptions {
  /** Where the stream's checkpoints lie: the history's with CSV, the stream's own without. */
  readonly paths: WorldPaths;
  readonly world: HistoryWorld;
  /** The checkpoint to go on from, and the folder that it lies in. */
  readonly manifest: Manifest;
  readonly folder: string;
  readonly pacer: Pacer;
  readonly publisher: Publisher;
  readonly journal: Journal;
  readonly stream: Omit<StreamWorldOptions, 'take'>;
  /** Simulated time to stop at. */
  readonly toMs?: number;
  /** Asked between steps: whether to stop. */
  readonly interrupted: () => boolean;
  /** Told after each step how far the simulation is. */
  readonly onStep?: (simulatedMs: number) => void;
  /** Monotonic wall clock, ms. */
  readonly wallMs: () => number;
  readonly checkpointEveryMs?: number;
  /** What reaches the running world from outside. */
  readonly commands?: LiveCommands;
}

export interface RealtimeResult {
  /** Simulated time that the stream has reached. */
  readonly simulatedMs: number;
  /** Whether all events are settled and the checkpoint stands there. */
  readonly settled: boolean;
}

export class RealtimeRun {
  private readonly options: RealtimeOptions;
  private readonly group: RegionGroup;
  private readonly places = new Places();
  private readonly regionIds: readonly number[];
  private events: PlacedEvent[] = [];
  private simulatedMs: number;
  private stepMs = MINUTE_MS / 60;
  private checkpointMs: number;

  constructor(options: RealtimeOptions) {
    const { paths, world, manifest, stream, wallMs } = options;
    const take = (event: PlacedEvent) => void this.events.push(event);
    this.options = options;
    this.group = new RegionGroup(paths, streamWorld(world, this.places, { ...stream, take }));
    this.regionIds = world.regionIds;
    this.simulatedMs = manifest.committedMs;
    this.checkpointMs = wallMs();
  }

  /**
   * Runs until `toMs` or until interrupted; then waits until everything is settled, and takes a
   * checkpoint. Throws what ended the publishing, or the simulation; the last checkpoint then holds.
   */
  async run(): Promise<RealtimeResult> {
    const { manifest, folder, interrupted, toMs = Infinity, pacer, onStep } = this.options;
    for (const id of this.regionIds) {
      const committed = manifest.regions.find((region) => region.id === id);
      await this.group.open(id, { atMs: this.simulatedMs, committed, folder });
    }
    try {
      while (this.simulatedMs < toMs && !interrupted()) {
        this.options.commands?.take(this.simulatedMs);
        const dueMs = Math.min(pacer.dueMs(), toMs);
        if (dueMs > this.simulatedMs) await this.step(dueMs);
        else await sleep(Math.min(TICK_MS, Math.max(1, pacer.waitMs(this.simulatedMs + 1))));
        pacer.reached(this.simulatedMs);
        onStep?.(this.simulatedMs);
        if (this.checkpointDue()) await this.checkpoint();
      }
      await this.checkpoint();
      return { simulatedMs: this.simulatedMs, settled: true };
    } catch (error) {
      await this.group.abort();
      throw error;
    }
  }

  /** Moves all regions a step towards `dueMs`, and offers what happened. */
  private async step(dueMs: number): Promise<void> {
    const endMs = Math.min(dueMs, this.simulatedMs + this.stepMs, endOfDay(this.simulatedMs));
    this.options.commands?.reaching(endMs);
    for (const id of this.regionIds) await this.group.advance(id, endMs);
    const { events } = this;
    this.events = [];
    if (events.length > STEP_EVENTS) this.stepMs = Math.max(SHORTEST_STEP_MS, this.stepMs / 2);
    else if (events.length < STEP_EVENTS / 4)
      this.stepMs = Math.min(LONGEST_STEP_MS, this.stepMs * 2);
    const { publisher } = this.options;
    for (const { event, region, sequence } of events) {
      const room = publisher.offer(event, region, sequence);
      if (room !== true) await room;
    }
    this.simulatedMs = endMs;
    await sleep(0);
  }

  private checkpointDue(): boolean {
    const { wallMs, checkpointEveryMs = CHECKPOINT_EVERY_MS } = this.options;
    return wallMs() - this.checkpointMs >= checkpointEveryMs;
  }

  private async checkpoint(): Promise<void> {
    const { paths, manifest, publisher, journal, world, stream, wallMs } = this.options;
    await publisher.flush();
    const committedMs = this.simulatedMs;
    const regions = await this.group.checkpoint(committedMs);
    const tables = stream.alsoCsv ? world.calendarTables(committedMs) : [];
    const scope = stream.alsoCsv ? scopeOf(world) : { regionIds: world.regionIds };
    commit(paths, { ...manifest, committedMs, regions }, tables, () => {}, scope);
    journal.rebase(String(committedMs));
    this.places.restart();
    this.options.commands?.settled(committedMs);
    this.checkpointMs = wallMs();
  }
}

function endOfDay(atMs: number): number {
  return (Math.floor(atMs / DAY_MS) + 1) * DAY_MS;
}
