/** A region in the live view: compact rows, and their instant. */
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

/** The state of a running world, from the thread of its job, while the live view has clients. */
export interface RunningState {
  readonly regions: readonly RegionPicture[];
}

/** Sales of a store since the beginning of its local day. */
export interface Sales {
  readonly salesCents: number;
  readonly receipts: number;
}

/** Returns the picture of a region. @param salesOf returns a store's sales today; undefined if unknown */
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

/** Rounds a coordinate to about ten metres, which is finer than the map shows. */
function rounded(degrees: number): number {
  return Math.round(degrees * 10_000) / 10_000;
}
