/** Visits because of an ad against others, as they are planned: the same customers, times and prices. */
import { beforeAll, describe, expect, it } from 'vitest';
import { Substream } from '../../src/engine/substream.ts';
import { DAY_MS, HOUR_MS } from '../../src/engine/time.ts';
import { PURPOSE } from '../../src/entities/occasion.ts';
import { Region } from '../../src/entities/region.ts';
import { planSession } from '../../src/entities/shopping-list.ts';
import { NO_EFFECTS } from '../../src/policy/effects.ts';
import { DigestSink } from '../helpers/digest-sink.ts';
import { smallWorld } from '../world/fixtures.ts';

const VISITS = 24_000;
/** Doors, queue and till of a buyer, ms. */
const BESIDE_DEPARTMENTS_MS = 2.2 * 60_000;
const world = smallWorld();

interface Totals {
  buyers: number;
  lines: number;
  units: number;
  cents: number;
  stayMs: number;
  missions: number[];
}

function visitsFor(purpose: number): Totals {
  const plan = world.regions[0];
  const region = new Region({ world, plan, effects: NO_EFFECTS, facts: new DigestSink().facts });
  const [store] = region.stores;
  // Noon of an ordinary day.
  region.executive.run(world.startMs + 9 * DAY_MS + 18 * HOUR_MS);
  store.tradingDayNumber = store.zone.localDay(region.nowMs);
  const session = region.sessions.take();
  session.store = store;
  const totals: Totals = {
    buyers: 0,
    lines: 0,
    units: 0,
    cents: 0,
    stayMs: 0,
    missions: [0, 0, 0, 0],
  };
  const { segment } = world.customers;
  const { salePriceCents } = world.products;
  for (let visit = 0; visit < VISITS; visit++) {
    session.stream = Substream.of(1, purpose, visit);
    session.patron = visit % plan.customerCount;
    session.purpose = purpose;
    planSession(session, store, segment[plan.firstCustomerId - 1 + session.patron], -1);
    if (session.wantCount === 0) continue;
    totals.buyers++;
    totals.missions[session.mission]++;
    totals.lines += session.wantCount;
    totals.stayMs += BESIDE_DEPARTMENTS_MS;
    for (let line = 0; line < session.wantCount; line++) {
      totals.units += session.wantQty(line);
      totals.cents += session.wantQty(line) * salePriceCents[session.wantProduct(line)];
    }
    for (session.routeAt = 1; session.routeAt <= session.route.length; session.routeAt++) {
      session.zone = session.route[session.routeAt - 1];
      totals.stayMs += session.zoneDwellMs();
    }
  }
  return totals;
}

describe('visits because of an ad', () => {
  let marketed: Totals;
  let others: Totals;
  beforeAll(() => {
    marketed = visitsFor(PURPOSE.ad);
    others = visitsFor(PURPOSE.shopping);
  });

  const uplift = (of: (totals: Totals) => number) =>
    of(marketed) / marketed.buyers / (of(others) / others.buyers) - 1;

  it('end in a purchase at .8, others at .6', () => {
    expect(Math.abs(marketed.buyers / VISITS - 0.8)).toBeLessThan(0.01);
    expect(Math.abs(others.buyers / VISITS - 0.6)).toBeLessThan(0.01);
  });

  it('have the same missions among those who buy', () => {
    for (const [mission, count] of others.missions.entries()) {
      const share = marketed.missions[mission] / marketed.buyers;
      expect(Math.abs(share - count / others.buyers)).toBeLessThan(0.015);
    }
  });

  it('have lists that are a quarter longer, and spend 30 % more', () => {
    expect(Math.abs(uplift(({ lines }) => lines) - 0.25)).toBeLessThan(0.03);
    expect(Math.abs(uplift(({ cents }) => cents) - 0.3)).toBeLessThan(0.04);
  });

  it('take 20 % longer', () => {
    expect(Math.abs(uplift(({ stayMs }) => stayMs) - 0.2)).toBeLessThan(0.03);
  });
});
