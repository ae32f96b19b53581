/** A region as it is told to those who watch: compact rows, and the instant that they are of. */
import { formatId } from '../../domain/ids.ts';
import { DISRUPTION_TYPES } from '../../domain/values.ts';
import type { RegionView, TruckView } from '../../entities/live-view.ts';
import type { LiveDc, LiveState, LiveStore, LiveTruck } from '../shapes/live.ts';

export interface RegionPicture {
  readonly simulatedMs: number;
  readonly stores: readonly LiveStore[];
  readonly dc: LiveDc;
  readonly trucks: readonly LiveTruck[];
  readonly disruptions: LiveState['disruptions'];
}

/** What the engine's thread sees of a world that runs, while somebody watches. */
export interface RunningState {
  readonly regions: readonly RegionPicture[];
}

/** What a store has sold since its local day began. */
export interface Sales {
  readonly salesCents: number;
  readonly receipts: number;
}

/** @param salesOf what a store has sold today; undefined where that is not known */
export function pictureOf(
  view: RegionView,
  salesOf?: (storeId: number) => Sales | undefined,
): RegionPicture {
  const { nowMs, stores, trucks, disruptions } = view;
  const { id, onHandUnits, capacityPercent, queue } = view.dc;
  return {
    simulatedMs: nowMs,
    stores: stores.map((store) => {
      const sales = salesOf?.(store.id);
      return [
        store.id,
        store.occupancy,
        store.open ? 1 : 0,
        store.stockouts,
        sales?.salesCents ?? null,
        sales?.receipts ?? null,
      ];
    }),
    dc: [id, onHandUnits, capacityPercent, queue, nowMs],
    trucks: trucks.map(truckRow),
    disruptions: disruptions.map((disruption) => ({
      id: formatId(disruption.id),
      type: DISRUPTION_TYPES[disruption.type],
      target: `dc:${disruption.dcId}`,
      origin: disruption.declared ? 'scenario' : 'natural',
      description: disruption.description,
      severity: disruption.impactPercent / 100,
      startMs: disruption.startMs,
      endMs: disruption.endMs,
      status: 'active',
    })),
  };
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

/** About ten metres: finer than anybody sees. */
function rounded(degrees: number): number {
  return Math.round(degrees * 10_000) / 10_000;
}
