/** Shelves in a running world: how many are empty and when, why, and what shoppers do about it. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  FACT_NAMES,
  type FactName,
  type FactRecord,
  type FactSink,
} from '../../src/domain/facts.ts';
import { REASON, SHELF_REACTION, STOCKOUT_CAUSE } from '../../src/domain/values.ts';
import { DAY_MS, HOUR_MS } from '../../src/engine/time.ts';
import { Region } from '../../src/entities/region.ts';
import { NO_EFFECTS } from '../../src/policy/effects.ts';
import { REACTION_SHARES } from '../../src/policy/shelves.ts';
import { smallWorld } from '../world/fixtures.ts';

const world = smallWorld({
  ...{ stores: 2, dcs: 1, total_products: 1200, total_customers: 1500, customers_per_day: 300 },
});
const DAYS = 14;
/** Days until what the opening has in common in all products has worn off. */
const SETTLING_DAYS = 5;

type Row<Name extends FactName> = FactRecord<Name>;
const unmet: Row<'unmet_demand'>[] = [];
const stockouts: Row<'stockouts'>[] = [];
const counts: Row<'stock_counts'>[] = [];
/** Customer of each session, and when each customer bought each product. */
const customers = new Map<number, number>();
const bought = new Map<string, number>();
const lastReceiptMs = new Map<number, number>();
const sums = { sold: 0, lost: 0, taken: 0, fills: 0 };
/** Shelves looked at, and empty ones among them, by local hour. */
const looked = new Float64Array(24);
const empty = new Float64Array(24);

beforeAll(() => {
  const sink: { [Name in FactName]: (row: Row<Name>) => void } = Object.fromEntries(
    FACT_NAMES.map((table) => [table, () => undefined]),
  ) as never;
  sink.unmet_demand = (row) => unmet.push({ ...row });
  sink.stockouts = (row) => stockouts.push({ ...row });
  sink.stock_counts = (row) => counts.push({ ...row });
  sink.shelf_fills = ({ qty }) => {
    sums.fills += qty;
  };
  sink.ble_pings = ({ sessionId, bleCustomerId }) => customers.set(sessionId, bleCustomerId);
  sink.receipts = ({ customerId, eventMs }) => lastReceiptMs.set(customerId, eventMs);
  sink.receipt_lines = ({ traceId, productId, eventMs }) =>
    bought.set(`${customers.get(traceId)}/${productId}`, eventMs);
  sink.store_inventory_txn = ({ reason, qtyDelta, shelfDelta }) => {
    if (reason === REASON.sale) sums.sold -= qtyDelta;
    if (reason === REASON.lost || reason === REASON.damaged) sums.lost -= qtyDelta;
    sums.taken -= shelfDelta;
  };
  const plan = world.regions[0];
  const region = new Region({ world, plan, effects: NO_EFFECTS, facts: sink as FactSink });
  region.open();
  for (let hours = 1; hours <= DAYS * 24; hours++) {
    const atMs = world.startMs + hours * HOUR_MS;
    region.executive.run(atMs);
    if (hours > SETTLING_DAYS * 24) look(region, atMs);
  }
});

function look(region: Region, atMs: number): void {
  for (const { doorsOpen, zone, stock } of region.stores) {
    if (!doorsOpen) continue;
    const localMs = atMs + zone.offsetMs(atMs);
    const hour = Math.floor((localMs % DAY_MS) / HOUR_MS);
    for (let product = 0; product < stock.carried.length; product++) {
      if (stock.carried[product] === 0 || world.products.launchMs[product] > atMs) continue;
      looked[hour]++;
      if (stock.shelf.at(product) === 0) empty[hour]++;
    }
  }
}

function rate(fromHour: number, toHour: number): number {
  const sum = (values: Float64Array) => values.slice(fromHour, toHour).reduce((a, b) => a + b, 0);
  return sum(empty) / sum(looked);
}

describe('out of stock', () => {
  it('is one shelf of twelve, within what audits find', () => {
    expect(rate(0, 24)).toBeGreaterThan(0.055);
    expect(rate(0, 24)).toBeLessThan(0.125);
  });

  it('grows through the day', () => {
    expect(rate(19, 23)).toBeGreaterThan(1.25 * rate(8, 12));
  });

  it('comes mostly from what happens in the store', () => {
    const inStore = stockouts.filter(({ storeId }) => storeId > 0);
    const own = inStore.filter(
      ({ cause }) => cause === STOCKOUT_CAUSE.notFilled || cause === STOCKOUT_CAUSE.recordError,
    );
    expect(own.length / inStore.length).toBeGreaterThan(0.75);
    expect(own.some(({ cause }) => cause === STOCKOUT_CAUSE.recordError)).toBe(true);
  });
});

describe('shoppers at an empty shelf', () => {
  it('react as often in each way as shoppers do', () => {
    expect(unmet.length).toBeGreaterThan(800);
    REACTION_SHARES.forEach((share, reaction) => {
      const reacted = unmet.filter((row) => row.reaction === reaction).length / unmet.length;
      expect(Math.abs(reacted - share), `reaction ${reaction}`).toBeLessThan(0.05);
    });
  });

  it('come back for what they have put off, and not for what they dropped', () => {
    const shareBought = (reaction: number) => {
      let cameBack = 0;
      let found = 0;
      for (const row of unmet) {
        const customer = customers.get(row.sessionId) ?? 0;
        if (row.reaction !== reaction) continue;
        if ((lastReceiptMs.get(customer) ?? 0) < row.eventMs + DAY_MS) continue;
        cameBack++;
        if ((bought.get(`${customer}/${row.productId}`) ?? 0) > row.eventMs) found++;
      }
      return found / cameBack;
    };
    const delayed = shareBought(SHELF_REACTION.delay);
    expect(delayed).toBeGreaterThan(0.5);
    // Who dropped it may want it again another time, as usual.
    expect(delayed).toBeGreaterThan(shareBought(SHELF_REACTION.nothing) + 0.3);
  });
});

it('goods are lost as retailers lose them, up to 1.4 % of sales: less goes out of date where goods turn fast', () => {
  expect(sums.lost / sums.sold).toBeGreaterThan(0.005);
  expect(sums.lost / sums.sold).toBeLessThan(0.014);
});

it('shelves are filled as fast as they are emptied', () => {
  expect(sums.fills / sums.taken).toBeGreaterThan(0.85);
  expect(sums.fills / sums.taken).toBeLessThan(1.1);
});

it('counts find the record wrong more often too high than too low', () => {
  const found = counts.filter(({ deviation }) => deviation !== 0);
  expect(found.length).toBeGreaterThan(40);
  const tooHigh = found.filter(({ deviation }) => deviation < 0).length;
  expect(tooHigh / found.length).toBeGreaterThan(0.55);
});
