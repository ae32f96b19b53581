/** A small network of the tests' own, and states of it. */
import type { Disruption, LiveState, Network, TruckNow } from '../../../src/page/lib/live-types.ts';

const HOUR_MS = 3_600_000;
export const NOW_MS = Date.parse('2024-01-10T12:00:00Z');

const place = (id: number, name: string, lat: number, lon: number) => ({
  ...{ id, name, city: 'Townsend', state: 'IN', lat, lon },
});
const DC = place(1, 'DC01', 41, -86);
const STORES = [
  place(1, 'ST001', 42, -86),
  place(2, 'ST002', 41, -84),
  place(3, 'ST003', 40, -86),
  ...[4, 5, 6, 7, 8].map((id) => place(id, `ST00${id}`, 43, -90 + id)),
];

export const NETWORK: Network = {
  world: {
    ...{ seed: 1, start: '2024-01-01T00:00:00.000Z', stores: STORES.length, dcs: 1, trucks: 6 },
    ...{ customers: 100, products: 100, scenarios: [] },
  },
  dcs: [DC],
  stores: STORES.map((store) => ({
    ...store,
    dcId: 1,
    format: 'LARGE',
    timeZone: 'America/Chicago',
  })),
  trucks: [1, 2, 3, 4, 5, 6].map((id) => ({
    ...{ id, plate: `IN ${id}`, dcId: 1, refrigerated: false },
  })),
};

const end = (kind: 'dc' | 'store', id: number) => {
  const { lat, lon } = kind === 'dc' ? DC : STORES[id - 1];
  return { kind, id, lat, lon };
};

/** A truck on its way to a store, or back. */
export function truck(
  id: number,
  status: string,
  storeId: number,
  more: Partial<TruckNow> = {},
): TruckNow {
  const isBack = status === 'RETURNING';
  const [from, to] = isBack
    ? [end('store', storeId), end('dc', 1)]
    : [end('dc', 1), end('store', storeId)];
  const drives = ['IN_TRANSIT', 'DELAYED', 'RETURNING'].includes(status);
  const isThere = ['ARRIVED', 'UNLOADING'].includes(status);
  return {
    ...{ id, status, from, to, units: 100 },
    ...{ lat: isThere ? to.lat : from.lat, lon: isThere ? to.lon : from.lon },
    departedMs: drives ? NOW_MS - HOUR_MS : null,
    arrivesMs: drives ? NOW_MS + HOUR_MS : null,
    ...more,
  };
}

export function disruption(
  type: string,
  target: string,
  more: Partial<Disruption> = {},
): Disruption {
  return {
    ...{ id: `${type} ${target}`, type, target, severity: 0.5, status: 'active' },
    ...{ origin: 'request' as const, description: '' },
    ...{ startMs: NOW_MS - HOUR_MS, endMs: NOW_MS + HOUR_MS },
    ...more,
  };
}

export function state(simulatedMs: number, more: Partial<LiveState> = {}): LiveState {
  return {
    clock: {
      ...{ simulatedMs, wallMs: simulatedMs, mode: 'realtime', speed: 60, rate: null, lagMs: 0 },
      ...{ paused: false, stopping: false },
    },
    stores: STORES.map(({ id }) => ({
      ...{ id, occupancy: 0, open: true, stockouts: 0, salesCents: 0, receipts: 0 },
    })),
    dcs: [{ id: 1, onHandUnits: 100, capacityPercent: 100, queue: 0, simulatedMs }],
    ...{ trucks: [], disruptions: [], rates: { rowsPerSecond: 0, eventsPerSecond: 0 } },
    ...{ ledger: null, breaker: null, tasks: [], otherProgram: null },
    ...more,
  };
}
