/** A world that can be looked at while it runs: its regions, and what its stores have sold today. */
import { DISRUPTION_TYPES } from '../../domain/values.ts';
import { formatId } from '../../domain/ids.ts';
import type { FactSink } from '../../domain/facts.ts';
import { DAY_MS } from '../../engine/time.ts';
import type { RegionView, TruckView } from '../../region/live-view.ts';
import type { HistoryWorld, RegionRun } from '../../run/region-run.ts';
import type { MakeWorld } from '../../run/world-settings.ts';
import type { RunningState } from '../live/live-view.ts';
import type { LiveTruck } from '../live/state.ts';

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
  look(): Pick<RunningState, 'stores' | 'dcs' | 'trucks' | 'disruptions'> {
    const views = [...this.regions.values()].flatMap((run) => run.look?.() ?? []);
    return {
      stores: views.flatMap(({ stores, nowMs }) =>
        stores.map(({ id, occupancy, open, stockouts }) => {
          const { salesCents, receipts } = this.today(id, nowMs);
          return [id, occupancy, open ? 1 : 0, stockouts, salesCents, receipts] as const;
        }),
      ) as unknown as RunningState['stores'],
      dcs: views.map(({ dc: { id, onHandUnits, capacityPercent, queue } }) => [
        id,
        onHandUnits,
        capacityPercent,
        queue,
      ]),
      trucks: views.flatMap(({ trucks }) => trucks.map(truckRow)),
      disruptions: views.flatMap(disruptionsOf),
    };
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

  private today(storeId: number, nowMs: number): Till {
    const till = this.tills.get(storeId);
    const day = Math.floor(nowMs / DAY_MS);
    return till?.day === day ? till : { day, salesCents: 0, receipts: 0 };
  }
}

function truckRow(truck: TruckView): LiveTruck {
  const { id, phase, latitude, longitude, from, to, departedMs, arrivesMs } = truck;
  return [
    id,
    phase,
    rounded(latitude),
    rounded(longitude),
    from.kind,
    from.id,
    to.id,
    departedMs,
    arrivesMs,
    truck.loadUnits,
    truck.etaMs,
    to.kind,
    rounded(from.latitude),
    rounded(from.longitude),
    rounded(to.latitude),
    rounded(to.longitude),
  ];
}

function disruptionsOf({ disruptions }: RegionView): RunningState['disruptions'] {
  return disruptions.map(({ id, type, dcId, startMs, endMs, impactPercent }) => ({
    id: formatId(id),
    type: DISRUPTION_TYPES[type],
    target: `dc:${dcId}`,
    severity: impactPercent / 100,
    startMs,
    endMs,
    status: 'active',
  }));
}

/** About ten metres: finer than anybody sees. */
function rounded(degrees: number): number {
  return Math.round(degrees * 10_000) / 10_000;
}
