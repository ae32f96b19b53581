/** Each type of requested disruption has its effects, compared with the same region without it. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { RequestedDisruption } from '../../src/domain/requested-disruption.ts';
import { REASON, STOCKOUT_CAUSE, TRUCK_STATUS } from '../../src/domain/values.ts';
import { DAY_MS, HOUR_MS } from '../../src/engine/time.ts';
import { NO_EFFECTS } from '../../src/policy/effects.ts';
import { CommandBook } from '../../src/entities/command-book.ts';
import { RegionSimulation } from '../../src/run/region-simulation.ts';
import { type FactLists, MemorySink } from '../../src/sinks/memory/memory.ts';
import { scarceWorld } from './scarce-world.ts';

const world = scarceWorld();
const [plan] = world.regions;
const BEGINS_MS = world.startMs + 2 * DAY_MS;
const ENDS_MS = world.startMs + 5 * DAY_MS;
const UNTIL_MS = world.startMs + 7 * DAY_MS;

function run(more?: Partial<RequestedDisruption>): FactLists {
  const sink = new MemorySink();
  const disruption: RequestedDisruption = {
    number: 1,
    type: 'dc_outage',
    target: { dcs: [plan.id] },
    severityPercent: 100,
    description: 'By hand',
    startMs: BEGINS_MS,
    endMs: ENDS_MS,
    ...more,
  };
  const commands = new CommandBook(
    more && [{ kind: 'create', atMs: disruption.startMs, disruption }],
  );
  const base = { world, plan, effects: NO_EFFECTS, facts: sink.facts, commands };
  new RegionSimulation(base).advance(UNTIL_MS);
  return sink.lists;
}

interface Timed {
  readonly eventMs: number;
}

/** Rows within [fromMs, toMs). */
function within<Row extends Timed>(
  rows: readonly Row[],
  fromMs = BEGINS_MS,
  toMs = ENDS_MS,
): Row[] {
  return rows.filter(({ eventMs }) => eventMs >= fromMs && eventMs < toMs);
}

const toStores = ({ truck_moves }: FactLists) => truck_moves.filter(({ storeId }) => storeId > 0);
const steps = (rows: ReturnType<typeof toStores>, status: number) =>
  rows.filter((row) => row.status === status);
/** Stockouts of stores that only a delivery ends. */
const storeStockouts = ({ stockouts }: FactLists, toMs = UNTIL_MS) =>
  within(stockouts, BEGINS_MS + DAY_MS, toMs).filter(
    ({ storeId, cause }) => storeId > 0 && cause >= STOCKOUT_CAUSE.onOrder,
  );
const outbound = ({ dc_inventory_txn }: FactLists) =>
  dc_inventory_txn.filter(({ reason }) => reason === REASON.outbound);
const inbound = ({ dc_inventory_txn }: FactLists) =>
  dc_inventory_txn.filter(({ reason }) => reason === REASON.inbound);
const cancelled = ({ online_order_status }: FactLists) =>
  within(online_order_status).filter(({ status }) => status === 6);

/** Mean hours from IN_TRANSIT to ARRIVED of the trips to stores that set off in the window. */
function tripHours(facts: FactLists, storeId?: number): number {
  const trips = toStores(facts).filter((row) => storeId === undefined || row.storeId === storeId);
  const arrived = new Map(
    steps(trips, TRUCK_STATUS.arrived).map((row) => [row.shipmentId, row.eventMs]),
  );
  const lengths = within(steps(trips, TRUCK_STATUS.inTransit)).flatMap((row) => {
    const atMs = arrived.get(row.shipmentId);
    return atMs === undefined ? [] : [atMs - row.eventMs];
  });
  return lengths.reduce((sum, length) => sum + length, 0) / lengths.length / HOUR_MS;
}

let usual: FactLists;
beforeAll(() => {
  usual = run();
});

describe('dc_outage', () => {
  it('stops dispatch and receiving, empties stores, cancels orders, and is over afterwards', () => {
    const facts = run({});
    const loaded = within(steps(toStores(facts), TRUCK_STATUS.loading));
    expect(within(steps(toStores(usual), TRUCK_STATUS.loading)).length).toBeGreaterThan(6);
    expect(loaded).toEqual([]);
    // Who was at the dock when it began still sets off.
    const leaving = within(steps(toStores(facts), TRUCK_STATUS.inTransit));
    expect(within(steps(toStores(usual), TRUCK_STATUS.inTransit)).length).toBeGreaterThan(6);
    expect(leaving.filter(({ eventMs }) => eventMs > BEGINS_MS + 2 * HOUR_MS)).toEqual([]);
    expect(within(outbound(facts))).toEqual([]);
    expect(within(inbound(usual)).length).toBeGreaterThan(10);
    expect(within(inbound(facts))).toEqual([]);
    expect(storeStockouts(facts).length).toBeGreaterThan(4 * storeStockouts(usual).length);
    expect(cancelled(facts).length).toBeGreaterThan(cancelled(usual).length + 5);
    const after = within(steps(toStores(facts), TRUCK_STATUS.arrived), ENDS_MS, UNTIL_MS);
    expect(after.length).toBeGreaterThan(5);
  });

  it('is on record, with what was planned and when it was over', () => {
    const { supply_chain_disruption: rows } = run({ severityPercent: 55 });
    const mine = rows.filter(({ description }) => description.startsWith('L1: '));
    expect(mine).toMatchObject([
      { eventMs: BEGINS_MS, status: 0, severity: 1, impactPercent: 55, endMs: ENDS_MS },
      { eventMs: ENDS_MS, status: 1, startMs: BEGINS_MS, traceId: mine[0].traceId },
    ]);
  });
});

describe('inventory_shortage', () => {
  it('keeps more products from leaving the DC the more severe it is, including those of a milder one', () => {
    // What was allotted before it began still leaves.
    const gone = (facts: FactLists) =>
      new Set(within(outbound(facts), BEGINS_MS + DAY_MS).map(({ productId }) => productId));
    const some = run({ type: 'inventory_shortage', severityPercent: 40 });
    const more = run({ type: 'inventory_shortage', severityPercent: 80 });
    const [none, mild, bad] = [usual, some, more].map(gone);
    expect(mild.size).toBeLessThan(0.8 * none.size);
    expect(bad.size).toBeLessThan(0.5 * mild.size);
    expect(storeStockouts(some).length).toBeGreaterThan(storeStockouts(usual).length);
    const affected = [some, more].map((facts) => {
      const [{ affectedProducts }] = facts.supply_chain_disruption.filter(({ type }) => type === 6);
      return affectedProducts / world.products.count;
    });
    expect(affected).toEqual([0.4, 0.8]);
  });

  it('affects only the named products', () => {
    const counts = new Map<number, number>();
    for (const { productId } of within(outbound(usual), BEGINS_MS + DAY_MS)) {
      counts.set(productId, (counts.get(productId) ?? 0) + 1);
    }
    const named = [...counts].sort((a, b) => b[1] - a[1]).map(([product]) => product);
    const products = named.slice(0, 20);
    const facts = run({ type: 'inventory_shortage', target: { products } });
    const left = within(outbound(facts), BEGINS_MS + DAY_MS).map(({ productId }) => productId);
    expect(left.filter((product) => products.includes(product))).toEqual([]);
    expect(left.length).toBeGreaterThan(20);
    const sold = within(facts.online_order_lines).filter(({ productId }) =>
      products.includes(productId),
    );
    const fromDc = new Set(
      facts.online_orders.filter(({ nodeType }) => nodeType === 1).map(({ orderId }) => orderId),
    );
    expect(sold.filter(({ orderId }) => fromDc.has(orderId))).toEqual([]);
  });
});

describe('truck_breakdown', () => {
  it('stops every truck of a DC where it is, until it is over', () => {
    const facts = run({ type: 'truck_breakdown' });
    const moves = toStores(facts);
    for (const status of [TRUCK_STATUS.inTransit, TRUCK_STATUS.arrived]) {
      expect(within(steps(toStores(usual), status)).length).toBeGreaterThan(6);
      expect(within(steps(moves, status))).toEqual([]);
    }
    expect(within(steps(moves, TRUCK_STATUS.arrived), ENDS_MS, UNTIL_MS).length).toBeGreaterThan(5);
    expect(storeStockouts(facts).length).toBeGreaterThan(4 * storeStockouts(usual).length);
    // Suppliers' trucks are others.
    expect(within(inbound(facts)).length).toBeGreaterThan(10);
  });

  it('stops only a named truck on its way', () => {
    const departure = steps(toStores(usual), TRUCK_STATUS.inTransit)[3];
    const arrival = steps(toStores(usual), TRUCK_STATUS.arrived).find(
      ({ shipmentId }) => shipmentId === departure.shipmentId,
    ) as { eventMs: number };
    const startMs = Math.round((departure.eventMs + arrival.eventMs) / 2);
    const facts = run({
      type: 'truck_breakdown',
      target: { trucks: [departure.truckId] },
      startMs,
      endMs: startMs + 5 * HOUR_MS,
    });
    const late = steps(toStores(facts), TRUCK_STATUS.arrived).find(
      ({ shipmentId }) => shipmentId === departure.shipmentId,
    );
    expect(late?.eventMs).toBe(arrival.eventMs + 5 * HOUR_MS);
    const othersArrived = (lists: FactLists) =>
      steps(toStores(lists), TRUCK_STATUS.arrived).filter(
        ({ truckId, eventMs }) => truckId !== departure.truckId && eventMs < startMs + HOUR_MS,
      );
    expect(othersArrived(facts)).toEqual(othersArrived(usual));
  });
});

describe('weather_delay', () => {
  it('makes trips longer, the more severe the longer', () => {
    const hours = [30, 60, 80].map((severityPercent) =>
      tripHours(run({ type: 'weather_delay', severityPercent })),
    );
    expect([tripHours(usual), ...hours]).toEqual(
      [...hours, tripHours(usual)].sort((a, b) => a - b),
    );
    expect(hours[2]).toBeGreaterThan(2.2 * tripHours(usual));
  });

  it('affects only the roads of a named store', () => {
    const [store, other] = plan.stores;
    const facts = run({
      type: 'weather_delay',
      target: { stores: [store.id] },
      severityPercent: 75,
    });
    expect(tripHours(facts, store.id)).toBeGreaterThan(2 * tripHours(usual, store.id));
    expect(tripHours(facts, other.id)).toBeLessThan(1.3 * tripHours(usual, other.id));
  });
});

describe('supplier_delay', () => {
  it('delays open orders, by its whole duration if suppliers stand still', () => {
    const facts = run({ type: 'supplier_delay' });
    /** When the first of a purchase order was loaded at its supplier's. */
    const loadedMs = ({ truck_inventory }: FactLists) =>
      new Map(
        truck_inventory
          .filter(({ action, locationType }) => action === 0 && locationType === 0)
          .toReversed()
          .map(({ orderRef, eventMs }) => [orderRef, eventMs]),
      );
    const late = loadedMs(facts);
    const shiftsMs = [...loadedMs(usual)].flatMap(([order, atMs]) => {
      // What was ready when it began still comes in.
      if (atMs < BEGINS_MS + DAY_MS / 2 || atMs >= ENDS_MS) return [];
      return [(late.get(order) ?? UNTIL_MS + DAY_MS) - atMs];
    });
    expect(shiftsMs.length).toBeGreaterThan(8);
    // Some were ready before it began and only waited for a truck.
    const medianDays = shiftsMs.sort((a, b) => a - b)[shiftsMs.length >> 1] / DAY_MS;
    expect(medianDays).toBeGreaterThan(2.5);
    expect(medianDays).toBeLessThan(4);
  });

  it('reduces deliveries, the more severe the more', () => {
    const counts = [0, 20, 60, 100].map((severityPercent) => {
      const facts =
        severityPercent === 0 ? usual : run({ type: 'supplier_delay', severityPercent });
      return within(inbound(facts)).reduce((sum, { qtyDelta }) => sum + qtyDelta, 0);
    });
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(counts[3]).toBeLessThan(counts[0]);
  });
});
