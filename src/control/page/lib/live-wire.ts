/** The compact form of a state, as it is sent: lists instead of records. */
import type { DcNow, LiveState, PlaceKind, StoreNow, TruckNow } from './live-types.ts';

type StoreWire = readonly [number, number, number, number, number | null, number | null];
type DcWire = readonly [number, number, number, number, number];
type TruckWire = readonly [
  id: number,
  status: string,
  lat: number,
  lon: number,
  fromKind: PlaceKind,
  fromId: number,
  toId: number,
  departedMs: number | null,
  arrivesMs: number | null,
  units: number,
  etaMs: number | null,
  toKind: PlaceKind,
  fromLat: number,
  fromLon: number,
  toLat: number,
  toLon: number,
];

export interface LiveWire extends Omit<LiveState, 'stores' | 'dcs' | 'trucks'> {
  readonly stores: readonly StoreWire[];
  readonly dcs: readonly DcWire[];
  readonly trucks: readonly TruckWire[];
}

export function stateOf(wire: LiveWire): LiveState {
  return {
    ...wire,
    stores: wire.stores.map(storeOf),
    dcs: wire.dcs.map(dcOf),
    trucks: wire.trucks.map(truckOf),
  };
}

function storeOf([id, occupancy, open, stockouts, salesCents, receipts]: StoreWire): StoreNow {
  return { id, occupancy, open: open === 1, stockouts, salesCents, receipts };
}

function dcOf([id, onHandUnits, capacityPercent, queue, simulatedMs]: DcWire): DcNow {
  return { id, onHandUnits, capacityPercent, queue, simulatedMs };
}

function truckOf(wire: TruckWire): TruckNow {
  const [id, status, , , fromKind, fromId, toId, departedMs, arrivesMs, units, , toKind] = wire;
  const [fromLat, fromLon, toLat, toLon] = wire.slice(12) as unknown as number[];
  return {
    id,
    status,
    from: { kind: fromKind, id: fromId, lat: fromLat, lon: fromLon },
    to: { kind: toKind, id: toId, lat: toLat, lon: toLon },
    departedMs,
    arrivesMs,
    units,
  };
}
