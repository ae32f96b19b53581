/** The compact form of a state in messages: lists instead of records. */
import type { LiveDc, LiveStore, LiveTruck } from '../../api/shapes/live.ts';
import type { DcNow, LiveState, LiveWire, StoreNow, TruckNow } from './live-types.ts';

export function stateOf(wire: LiveWire): LiveState {
  return {
    ...wire,
    stores: wire.stores.map(storeOf),
    dcs: wire.dcs.map(dcOf),
    trucks: wire.trucks.map(truckOf),
  };
}

function storeOf([id, occupancy, open, stockouts, salesCents, receipts]: LiveStore): StoreNow {
  return { id, occupancy, open: open === 1, stockouts, salesCents, receipts };
}

function dcOf([id, onHandUnits, capacityPercent, queue, simulatedMs]: LiveDc): DcNow {
  return { id, onHandUnits, capacityPercent, queue, simulatedMs };
}

function truckOf(wire: LiveTruck): TruckNow {
  const [id, status, lat, lon, fromKind, fromId, toId, departedMs, arrivesMs, units, , toKind] =
    wire;
  const [fromLat, fromLon, toLat, toLon] = wire.slice(12) as unknown as number[];
  return {
    id,
    status,
    lat,
    lon,
    from: { kind: fromKind, id: fromId, lat: fromLat, lon: fromLon },
    to: { kind: toKind, id: toId, lat: toLat, lon: toLon },
    departedMs,
    arrivesMs,
    units,
  };
}
