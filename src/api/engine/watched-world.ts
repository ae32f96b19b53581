/** A running world with a live view: its regions, and the sales of its stores today. */
import type { FactSink } from '../../domain/facts.ts';
import type { HistoryWorld, RegionRun } from '../../run/region-run.ts';
import type { MakeWorld } from '../../run/make-world.ts';
import { pictureOf, type RegionPicture } from '../live/region-picture.ts';
import type { Tills } from './tills.ts';

export class WatchedWorld {
  private readonly regions = new Map<number, RegionRun>();
  private readonly tillsAt: (atMs: number) => Tills;
  private tills: Tills | undefined;

  /** @param tillsAt returns the sales at the instant from which the world continues */
  constructor(tillsAt: (atMs: number) => Tills) {
    this.tillsAt = tillsAt;
  }

  /** Present sales of the stores; undefined before the world was opened. */
  get sold(): Tills | undefined {
    return this.tills;
  }

  /** Returns a function that creates worlds with a live view. */
  making(makeWorld: MakeWorld): MakeWorld {
    return (settings, startMs, paths) => this.watched(makeWorld(settings, startMs, paths));
  }

  /** Returns the live view of all regions. Called between two steps, when they are at the same instant. */
  look(): RegionPicture[] {
    return [...this.regions.values()]
      .flatMap((run) => run.look?.() ?? [])
      .map((view) => pictureOf(view, (storeId) => this.tills?.today(storeId, view.nowMs)));
  }

  private watched(world: HistoryWorld): HistoryWorld {
    const { openRegion } = world;
    return {
      ...world,
      openRegion: (id, facts, saved) => {
        const run = openRegion(id, this.counting(facts), saved);
        this.regions.set(id, run);
        // All regions are opened at the same instant.
        const atMs = run.look?.().nowMs;
        if (atMs !== undefined) this.tills ??= this.tillsAt(atMs);
        return run;
      },
    };
  }

  /** Returns the sink with receipts counted. */
  private counting(facts: FactSink): FactSink {
    return {
      ...facts,
      receipts: (row) => {
        this.tills?.ring(row.storeId, row.eventMs, row.totalCents);
        facts.receipts(row);
      },
    };
  }
}
