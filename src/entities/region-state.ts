/**
 * A region's live state as plain data: what a checkpoint keeps, and how a region takes it up again.
 *
 * Typed arrays stay typed arrays; records of entities are JSON. Whatever is a pure function of world
 * and time (prices, rates, opening hours) is left out and computed anew.
 */
import { CAST } from '../../actors/cast.ts';
import type { Json, Sections, TypedArray } from '../domain/plain-data.ts';
import { Executive, type ExecutiveState } from '../engine/executive.ts';
import { Substream } from '../engine/substream.ts';
import type { Campaign } from '../policy/campaigns.ts';
import { AdRun } from './ad-run.ts';
import { Disruption } from './disruptions.ts';
import type { Floor } from './floor.ts';
import { OnlineOrder } from './online-orders.ts';
import type { Region } from './region.ts';
import type { StockLedger } from './stock-ledger.ts';
import { Trouble } from './trouble.ts';
import type { TruckTrip } from './truck-trip.ts';

export type { Sections };

const FLOOR_COUNTERS = [
  'handle',
  'sessions',
  'orders',
  'adjustments',
  'returns',
  'operations',
  'inside',
  'busyLanes',
  'unitsSoldToday',
  'tradingDayNumber',
  'tillFreeAtMs',
  'doorsOpen',
] as const;
const WAREHOUSE_COUNTERS = ['handle', 'purchaseOrders', 'adjustments', 'disruptions'] as const;

/** All live state of a region at rest. */
export function saveRegion(region: Region): Sections {
  const sections: Sections = {};
  const put = (name: string, value: unknown) => {
    sections[name] = value as TypedArray | Json;
  };
  saveExecutive(region.executive.save(), put);
  const { patrons, warehouse, supply, shop } = region;
  put('patrons/freeAtMs', patrons.freeAtMs);
  put('patrons/lastStore', patrons.lastStore);
  put('patrons/history', patrons.history);
  put('patrons/bought', patrons.bought);
  for (const pool of ['planned', 'goodsBack'] as const) {
    const { data, free } = region[pool].save();
    put(`${pool}/data`, data);
    put(`${pool}/free`, free);
  }
  put('touches', region.touches.save());
  put('impressions', region.impressions);
  put('visits', {
    slots: region.visits.slots,
    free: region.visits.freeSlots(),
    underWay: region.visits.underWay().map((visit) => visit.save()),
  });
  for (const floor of region.floors) {
    put(`floor/${floor.store.id}`, saveFloor(floor));
    saveStock(floor.stock, `stock/store/${floor.store.id}`, put);
  }
  saveStock(warehouse.stock, 'stock/dc', put);
  put('warehouse/wanted', warehouse.wanted);
  put('warehouse/allotted', warehouse.allotted);
  put('warehouse', {
    ...pick(warehouse, WAREHOUSE_COUNTERS),
    stream: warehouse.stream.state(),
    backlogs: warehouse.backlogs.map((backlog) => backlog.save()),
    pickQueue: warehouse.pickQueue.map((trip) => trip.truck.id),
    picking: warehouse.picking?.truck.id ?? 0,
    yard: warehouse.yard.map((trip) => trip.truck.id),
    unloading: warehouse.unloading?.truck.id ?? 0,
    active: warehouse.active.map((disruption) => disruption.handle),
  });
  put(
    'trips',
    allTrips(region).map((trip) => ({ truckId: trip.truck.id, ...trip.save() })),
  );
  put('supply', {
    orders: [...supply.orders],
    nextSlot: supply.nextSlot,
    ready: supply.ready,
    stream: supply.stream.state(),
    accounts: [...supply.accounts.values()].map((account) => ({
      supplierId: account.supplier.id,
      handle: account.handle,
      open: account.open,
      lostMs: account.lostMs,
      lostUntilMs: account.lostUntilMs,
      stream: account.stream.state(),
    })),
  });
  put('orders', {
    placed: region.orders.placed,
    open: [...region.orders.open.values()].map((order) => order.save()),
  });
  put('shop', { handle: shop.handle, orderDue: shop.orderDue, stream: shop.stream.state() });
  put(
    'adRuns',
    [...region.adRuns.values()].map((run) => ({
      campaign: run.campaign,
      handle: run.handle,
      shown: run.shown,
      stream: run.stream.state(),
    })),
  );
  put(
    'disruptions',
    [...region.disruptions.values()].map((disruption) => disruption.save()),
  );
  return sections;
}

/** Puts saved state into a freshly built region of the same world. */
export function restoreRegion(region: Region, sections: Sections): void {
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what saveRegion wrote; the file's checksums and version vouch for it
  const get = (name: string): any => {
    const value = sections[name];
    if (value === undefined)
      throw new Error(`Cannot restore the region: section "${name}" is missing`);
    return value;
  };
  const contexts = new Map<number, object>();
  const { patrons, warehouse, supply, shop } = region;
  patrons.freeAtMs.set(get('patrons/freeAtMs'));
  patrons.lastStore.set(get('patrons/lastStore'));
  patrons.history.set(get('patrons/history'));
  patrons.bought.set(get('patrons/bought'));
  for (const pool of ['planned', 'goodsBack'] as const) {
    region[pool].restore(get(`${pool}/data`), get(`${pool}/free`));
  }
  region.touches.restore(get('touches'));
  region.impressions = get('impressions');

  const visits = get('visits');
  region.visits.restore(visits.slots, visits.free);
  const floorById = new Map(region.floors.map((floor) => [floor.index, floor]));
  for (const saved of visits.underWay) {
    const visit = region.visits.bySlot(saved.slot);
    visit.restore(floorById.get(saved.store) as Floor, saved);
    contexts.set(visit.handle, visit);
  }
  for (const floor of region.floors) {
    const { queue, arrivals, operationsStream, ...counters } = get(`floor/${floor.store.id}`);
    Object.assign(floor, counters);
    floor.queue = queue.map((slot: number) => region.visits.bySlot(slot));
    floor.arrivals = Substream.restore(arrivals);
    floor.operationsStream = Substream.restore(operationsStream);
    restoreStock(floor.stock, `stock/store/${floor.store.id}`, get);
    contexts.set(floor.handle, floor);
  }
  restoreStock(warehouse.stock, 'stock/dc', get);
  warehouse.wanted.set(get('warehouse/wanted'));
  warehouse.allotted.set(get('warehouse/allotted'));

  const tripById = new Map(allTrips(region).map((trip) => [trip.truck.id, trip]));
  for (const { truckId, ...saved } of get('trips')) {
    const trip = tripById.get(truckId) as TruckTrip;
    trip.restore(saved);
    contexts.set(trip.handle, trip);
  }
  const tripOf = (truckId: number) => tripById.get(truckId) as TruckTrip;
  const saved = get('warehouse');
  Object.assign(warehouse, pick(saved, WAREHOUSE_COUNTERS));
  warehouse.stream = Substream.restore(saved.stream);
  warehouse.backlogs.forEach((backlog, index) => {
    backlog.restore(saved.backlogs[index]);
  });
  warehouse.pickQueue.push(...saved.pickQueue.map(tripOf));
  warehouse.picking = tripById.get(saved.picking);
  warehouse.yard.push(...saved.yard.map(tripOf));
  warehouse.unloading = tripById.get(saved.unloading);
  contexts.set(warehouse.handle, warehouse);

  const savedSupply = get('supply');
  for (const [slot, order] of savedSupply.orders) supply.orders.set(slot, order);
  supply.nextSlot = savedSupply.nextSlot;
  supply.ready = savedSupply.ready;
  supply.stream = Substream.restore(savedSupply.stream);
  for (const { supplierId, stream, ...plain } of savedSupply.accounts) {
    const account = supply.accounts.get(supplierId);
    if (account === undefined) throw new Error(`Cannot restore supplier ${supplierId}: unknown`);
    Object.assign(account, plain);
    account.stream = Substream.restore(stream);
    contexts.set(account.handle, account);
  }
  const orders = get('orders');
  region.orders.placed = orders.placed;
  for (const savedOrder of orders.open) {
    const order = new OnlineOrder(region.orders);
    order.restore(savedOrder);
    region.orders.open.set(order.slot, order);
    contexts.set(order.handle, order);
  }
  const savedShop = get('shop');
  shop.handle = savedShop.handle;
  shop.orderDue = savedShop.orderDue;
  shop.stream = Substream.restore(savedShop.stream);
  contexts.set(shop.handle, shop);
  for (const { campaign, handle, shown, stream } of get('adRuns')) {
    const run = new AdRun(region, campaign as Campaign);
    run.handle = handle;
    run.shown = shown;
    run.stream = Substream.restore(stream);
    region.adRuns.set(handle, run);
    contexts.set(handle, run);
  }
  for (const savedDisruption of get('disruptions')) {
    const disruption = new Disruption(warehouse);
    disruption.restore(savedDisruption);
    region.disruptions.set(disruption.handle, disruption);
    contexts.set(disruption.handle, disruption);
  }
  for (const handle of saved.active) {
    warehouse.active.push(region.disruptions.get(handle) as Disruption);
  }
  region.trouble = new Trouble(region, warehouse.liveActive());
  region.executive = Executive.restore(restoreExecutive(get), {
    seed: region.seed,
    engine: 'derived',
    machines: Object.values(CAST),
    contextOf: (handle) => contexts.get(handle),
  });
}

function allTrips(region: Region): TruckTrip[] {
  return [...region.trips, ...region.supplierTrips];
}

function saveFloor(floor: Floor): Json {
  return {
    ...pick(floor, FLOOR_COUNTERS),
    queue: floor.queue.map((visit) => visit.slot),
    arrivals: floor.arrivals.state(),
    operationsStream: floor.operationsStream.state(),
  } as Json;
}

function pick<T extends object>(
  from: T,
  names: readonly (keyof T & string)[],
): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, from[name]]));
}

function saveStock(
  stock: StockLedger,
  prefix: string,
  put: (name: string, value: unknown) => void,
): void {
  for (const [name, column] of Object.entries(stock.columns())) put(`${prefix}/${name}`, column);
  put(`${prefix}/stockouts`, stock.stockouts());
}

function restoreStock(
  stock: StockLedger,
  prefix: string,
  get: (name: string) => TypedArray | Json,
): void {
  for (const [name, column] of Object.entries(stock.columns())) {
    column.set(get(`${prefix}/${name}`) as never);
  }
  stock.restoreStockouts(get(`${prefix}/stockouts`) as [number, number][]);
}

/** Flattens the executive's state into sections, one per typed array, the rest as JSON. */
function saveExecutive(state: ExecutiveState, put: (name: string, value: unknown) => void): void {
  const plain: Record<string, unknown> = {};
  const names: string[] = [];
  const walk = (path: string, value: object) => {
    for (const [key, field] of Object.entries(value)) {
      const name = `${path}/${key}`;
      if (ArrayBuffer.isView(field)) {
        put(name, field);
        names.push(name);
      } else if (field !== null && typeof field === 'object' && !Array.isArray(field))
        walk(name, field);
      else plain[name] = field;
    }
  };
  walk('executive', state);
  put('executive', plain);
  put('executive/sections', names);
}

// biome-ignore lint/suspicious/noExplicitAny: the inverse of saveExecutive, on data that it wrote
function restoreExecutive(get: (name: string) => any): ExecutiveState {
  const flat: Record<string, unknown> = { ...get('executive') };
  const state: Record<string, unknown> = {};
  const place = (name: string, value: unknown) => {
    const parts = name.split('/').slice(1);
    let at = state;
    for (const part of parts.slice(0, -1)) {
      at[part] ??= {};
      at = at[part] as Record<string, unknown>;
    }
    at[parts[parts.length - 1]] = value;
  };
  for (const [name, value] of Object.entries(flat)) place(name, value);
  const sectionNames = get('executive/sections') as string[];
  for (const name of sectionNames) place(name, get(name));
  return state as unknown as ExecutiveState;
}
