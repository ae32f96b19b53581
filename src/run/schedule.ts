/**
 * Decides which worker simulates which region next.
 *
 * A worker simulates its own regions, always the one that is furthest behind. A worker without work
 * takes a region from another one, so that all are busy until the end: regions are few and of
 * different sizes, and no fixed division would give two workers the same amount of work.
 */
import { DAY_MS } from '../engine/time.ts';
import type { Onlooker } from './onlooker.ts';
import { nextStepEnd, StepSize } from './pace.ts';
import type { RegionOrigin, RegionWorker, Written } from './threads/region-worker.ts';

interface ScheduledRegion {
  readonly id: number;
  nowMs: number;
  /** End of its present step, or its present instant, epoch ms. */
  reachesMs: number;
  moving: boolean;
  owner: RegionWorker;
}

export interface ScheduleHooks {
  /** Called before each step; returns whether to stop at the next common instant. */
  readonly interrupted: () => boolean;
  /** Called before each step; returns whether to stop at the next common end of a day. */
  readonly commitDue: () => boolean;
  /** Called after each step, with the mean simulated time of the regions, and rows and bytes of the step. */
  readonly onStep: (meanMs: number, written: Written) => void;
  /** Wall clock for the length of steps; the simulation never reads it. */
  readonly wallMs: () => number;
  readonly onlooker?: Onlooker | undefined;
}

export class Schedule {
  private readonly workers: readonly RegionWorker[];
  private readonly hooks: ScheduleHooks;
  private readonly regions: ScheduledRegion[] = [];
  private readonly stepSize = new StepSize();
  private fromMs = 0;
  private targetMs = 0;
  private stopped = false;

  constructor(workers: readonly RegionWorker[], hooks: ScheduleHooks) {
    this.workers = workers;
    this.hooks = hooks;
  }

  /** Opens the regions, the largest first, distributed over the workers back and forth. */
  async open(origins: readonly { readonly id: number; readonly origin: RegionOrigin }[]) {
    const { length } = this.workers;
    await this.settled(
      origins.map(async ({ id, origin }, index) => {
        const turn = index % (2 * length);
        const owner = this.workers[turn < length ? turn : 2 * length - 1 - turn];
        const nowMs = origin.atMs;
        this.regions.push({ id, nowMs, reachesMs: nowMs, moving: false, owner });
        await owner.open(id, origin);
      }),
    );
  }

  /** Instant of the region that is furthest ahead, epoch ms. */
  get furthestMs(): number {
    return this.regions.reduce(
      (most, { nowMs }) => Math.max(most, nowMs),
      Number.NEGATIVE_INFINITY,
    );
  }

  /**
   * Simulates all regions from `fromMs` to `targetMs`, or to an earlier instant if interrupted or a commit is due;
   * resolves with the instant they have reached. Rejects with the first error, after every worker has stopped.
   */
  async advance(fromMs: number, targetMs: number): Promise<number> {
    this.fromMs = fromMs;
    this.targetMs = targetMs;
    await this.settled(this.workers.map((worker) => this.serve(worker)));
    return this.targetMs;
  }

  private async serve(worker: RegionWorker): Promise<void> {
    for (let region = this.next(worker); region !== undefined; region = this.next(worker)) {
      region.moving = true;
      if (region.owner !== worker) await this.takeOver(region, worker);
      const endMs = nextStepEnd(region.nowMs, this.stepSize.ms, this.targetMs);
      region.reachesMs = endMs;
      const beganMs = this.hooks.wallMs();
      const written = await worker.advance(region.id, endMs);
      this.stepSize.observe(this.hooks.wallMs() - beganMs);
      region.nowMs = endMs;
      await this.show(region);
      region.moving = false;
      this.report(written);
    }
  }

  /** Passes the view of a region to the onlooker before the region continues. */
  private async show({ id, nowMs, owner }: ScheduledRegion): Promise<void> {
    const { onlooker } = this.hooks;
    if (onlooker?.wants(id, nowMs) !== true) return;
    const view = await owner.look(id);
    if (view !== undefined) onlooker.see(view);
  }

  /** Returns the region that a worker should simulate next; undefined if there is no work for it. */
  private next(worker: RegionWorker): ScheduledRegion | undefined {
    if (this.stopped) return undefined;
    if (this.hooks.interrupted()) this.comeToRest(1);
    else if (this.hooks.commitDue()) this.comeToRest(DAY_MS);
    const waiting = this.regions
      .filter(({ moving, nowMs }) => !moving && nowMs < this.targetMs)
      .sort((a, b) => a.nowMs - b.nowMs);
    return waiting.find(({ owner }) => owner === worker) ?? waiting[0];
  }

  /** Sets the target to the first multiple of `unitMs` after the start that no region has passed. */
  private comeToRest(unitMs: number): void {
    const furthestMs = this.regions.reduce(
      (most, { reachesMs }) => Math.max(most, reachesMs),
      this.fromMs + 1,
    );
    this.targetMs = Math.min(this.targetMs, Math.ceil(furthestMs / unitMs) * unitMs);
  }

  private report(written: Written): void {
    const { regions } = this;
    this.hooks.onStep(regions.reduce((sum, { nowMs }) => sum + nowMs, 0) / regions.length, written);
  }

  private async takeOver(region: ScheduledRegion, worker: RegionWorker): Promise<void> {
    const handed = await region.owner.handOver(region.id);
    await worker.open(region.id, { atMs: handed.atMs, handed });
    region.owner = worker;
    this.report(handed.written);
  }

  /** Waits for all tasks; then rejects with the first error, if any. */
  private async settled(tasks: readonly Promise<void>[]): Promise<void> {
    let fault: { readonly error: unknown } | undefined;
    await Promise.all(
      tasks.map((task) =>
        task.catch((error) => {
          this.stopped = true;
          fault ??= { error };
        }),
      ),
    );
    if (fault !== undefined) throw fault.error;
  }
}
