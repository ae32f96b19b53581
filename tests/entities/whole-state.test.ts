/**
 * A region that was restored equals the one that was saved, field for field: what an entity keeps and its `save`
 * forgets would be lost at the next checkpoint, and nobody would notice at once.
 */
import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../src/engine/time.ts';
import type { CustomerSession } from '../../src/entities/customer-session.ts';
import type { SessionPool } from '../../src/entities/session-pool.ts';
import { RegionSimulation } from '../../src/run/region-simulation.ts';
import { plainCopy } from '../helpers/plain-copy.ts';
import { regionRun } from '../helpers/region-run.ts';
import { differences } from './differences.ts';
import { scarceWorld } from './scarce-world.ts';

/** What need not be saved; nothing that was decided belongs here. */
const NOT_SAVED: ReadonlySet<string> = new Set([
  // Compared by what it saves (tests/entities/continuation.test.ts).
  '*.executive',
  // Records that are lent to sinks, and filled before they are.
  '*.scratch',
  // Room for more than there is.
  'SlotPool.data',
  // What follows from world and time is computed anew when it is next asked for.
  'ZoneTime.period',
  'OfferPlan.weeks',
  ...['publicPriceCents', 'memberPriceCents', 'publicCode', 'memberCode', 'codes'].map(
    (field) => `Merchandise.${field}`,
  ),
  ...['discountType', 'appeal', 'validUntilMs'].map((field) => `Merchandise.${field}`),
  ...['trading', 'rates', 'peakRate', 'demandValidUntilMs', 'mix', 'mixTotal'].map(
    (field) => `Store.${field}`,
  ),
  // Ids of the orders of one review, which is over before anything is saved.
  'SupplyLine.orderIds',
]);
const VIEWS = {
  SessionPool: (pool: SessionPool) => pool.save(),
  // List and cart have room for more lines than they hold.
  CustomerSession: (visit: CustomerSession) => ({
    ...visit,
    wantProduct: visit.wantProduct.subarray(0, visit.wantCount),
    wantQty: visit.wantQty.subarray(0, visit.wantCount),
    cartProduct: visit.cartProduct.subarray(0, visit.cartCount),
    cartQty: visit.cartQty.subarray(0, visit.cartCount),
  }),
};

it('nothing that a region knows is lost by saving and restoring it', () => {
  const world = scarceWorld({ total_customers: 3000, customers_per_day: 250 });
  const { base, simulation } = regionRun(world);
  const lost = new Set<string>();
  for (const cutMs of [5 * HOUR_MS, 1.7 * DAY_MS, 4.45 * DAY_MS, 9.6 * DAY_MS]) {
    simulation.advance(world.startMs + cutMs);
    const restored = RegionSimulation.restore(base, plainCopy(simulation.save()));
    const comparison = { except: NOT_SAVED, views: VIEWS };
    for (const place of differences(simulation, restored, comparison)) lost.add(place);
  }
  expect([...lost]).toEqual([]);
});
