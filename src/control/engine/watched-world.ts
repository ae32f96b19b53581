/** A world that can be looked at while it runs: its regions, and what its stores have sold today. */
import type { FactSink } from '../../domain/facts.ts';
import { DAY_MS } from '../../engine/time.ts';
import type { HistoryWorld, RegionRun } from '../../run/region-run.ts';
import type { MakeWorld } from '../../run/world-settings.ts';
import { pictureOf, type RegionPicture, type Sales } from '../live/region-picture.ts';

interface Till {
  /** UTC day that the sums are of. */
  day: number;
  salesCents: number;
  receipts: number;
}

export class WatchedWorld {
  private readonly regions = new Map<number, RegionRun>();
  private readonly tills = new Map<number, Till>();

  /** Makes worlds that can be looked at. */
  making(makeWorld: MakeWorld): MakeWorld {
    return (settings, startMs, paths) => this.watched(makeWorld(settings, startMs, paths));
  }

  /** What all regions look like now; they stand at one instant between two steps. */
  look(): RegionPicture[] {
    return [...this.regions.values()]
      .flatMap((run) => run.look?.() ?? [])
      .map((view) => pictureOf(view, (storeId) => this.today(storeId, view.nowMs)));
  }

  private watched(world: HistoryWorld): HistoryWorld {
    const { openRegion } = world;
    return {
      ...world,
      openRegion: (id, facts, saved) => {
        const run = openRegion(id, this.counting(facts), saved);
        this.regions.set(id, run);
        return run;
      },
    };
  }

  /** The sink, with an eye on the tills. */
  private counting(facts: FactSink): FactSink {
    const { tills } = this;
    return {
      ...facts,
      receipts: (row) => {
        const day = Math.floor(row.eventMs / DAY_MS);
        let till = tills.get(row.storeId);
        if (till?.day !== day) {
          till = { day, salesCents: 0, receipts: 0 };
          tills.set(row.storeId, till);
        }
        till.salesCents += row.totalCents;
        till.receipts++;
        facts.receipts(row);
      },
    };
  }

  private today(storeId: number, nowMs: number): Sales {
    const till = this.tills.get(storeId);
    const day = Math.floor(nowMs / DAY_MS);
    return till?.day === day ? till : { salesCents: 0, receipts: 0 };
  }
}
