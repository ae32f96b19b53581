/** A world that can be looked at while it runs: its regions, and what its stores have sold today. */
import type { FactSink } from '../../domain/facts.ts';
import type { HistoryWorld, RegionRun } from '../../run/region-run.ts';
import type { MakeWorld } from '../../run/make-world.ts';
import { pictureOf, type RegionPicture } from '../live/region-picture.ts';
import type { Tills } from './tills.ts';

export class WatchedWorld {
  private readonly regions = new Map<number, RegionRun>();
  private readonly tillsAt: (atMs: number) => Tills;
  private tills: Tills | undefined;

  /** @param tillsAt as they stood where the world goes on */
  constructor(tillsAt: (atMs: number) => Tills) {
    this.tillsAt = tillsAt;
  }

  /** What the stores have sold by now; undefined before the world was opened. */
  get sold(): Tills | undefined {
    return this.tills;
  }

  /** Makes worlds that can be looked at. */
  making(makeWorld: MakeWorld): MakeWorld {
    return (settings, startMs, paths) => this.watched(makeWorld(settings, startMs, paths));
  }

  /** What all regions look like now; they stand at one instant between two steps. */
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
        // All regions are opened at one instant.
        const atMs = run.look?.().nowMs;
        if (atMs !== undefined) this.tills ??= this.tillsAt(atMs);
        return run;
      },
    };
  }

  /** The sink, with an eye on the tills. */
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
