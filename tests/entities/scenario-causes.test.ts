/** What scenarios do to lanes, goods, payments, trucks and the weather: in the direction and place that they say. */
import { beforeAll, describe, expect, it } from 'vitest';
import { FULFILLMENT, REASON, SKIES, TENDER } from '../../src/domain/values.ts';
import { DAY_MS } from '../../src/engine/time.ts';
import { RegionWeather } from '../../src/entities/region-weather.ts';
import { ZoneTime } from '../../src/policy/local-time.ts';
import { weatherOfYear, withSky } from '../../src/policy/weather.ts';
import { RegionSimulation } from '../../src/run/region-simulation.ts';
import { compileEffects } from '../../src/scenario/effects.ts';
import { parseScenario } from '../../src/scenario/scenario.ts';
import { DigestSink } from '../helpers/digest-sink.ts';
import { plainCopy } from '../helpers/plain-copy.ts';
import { scarceWorld } from './scarce-world.ts';

const DAYS = 3;
const world = scarceWorld({ dcs: 1, stores: 2, total_customers: 1200, customers_per_day: 120 });
const always = 'window: { fromDays: 0, toDays: 30 }';

const effectsOf = (effects: string) =>
  compileEffects(
    [parseScenario(`name: trial\ntitle: T\ndescription: D\neffects:\n${effects}`, 'trial.yaml')],
    world,
  );

/** Counts of what happened in days under effects. */
function countsUnder(effects: string, stops = false) {
  const sink = new DigestSink();
  const seen = {
    cash: 0,
    receipts: 0,
    declined: 0,
    spoiled: 0,
    dcSpoiled: 0,
    pickups: 0,
    orders: 0,
  };
  const facts = {
    ...sink.facts,
    receipts: (row: { tender: number }) => {
      seen.receipts++;
      if (row.tender === TENDER.cash) seen.cash++;
      sink.facts.receipts(row as never);
    },
    payments: (row: { status: number }) => {
      if (row.status === 1) seen.declined++;
      sink.facts.payments(row as never);
    },
    store_inventory_txn: (row: { reason: number; qtyDelta: number; productId: number }) => {
      if (row.reason === REASON.damaged) seen.spoiled -= row.qtyDelta;
      sink.facts.store_inventory_txn(row as never);
    },
    dc_inventory_txn: (row: { reason: number; qtyDelta: number }) => {
      if (row.reason === REASON.damaged) seen.dcSpoiled -= row.qtyDelta;
      sink.facts.dc_inventory_txn(row as never);
    },
    online_orders: (row: { mode: number }) => {
      seen.orders++;
      if (row.mode === FULFILLMENT.bopis) seen.pickups++;
      sink.facts.online_orders(row as never);
    },
  } as unknown as typeof sink.facts;
  const options = { world, plan: world.regions[0], effects: effectsOf(effects), facts };
  let simulation = new RegionSimulation(options);
  if (stops) {
    simulation.advance(world.startMs + 1.6 * DAY_MS);
    simulation = RegionSimulation.restore(options, plainCopy(simulation.save()));
  }
  simulation.advance(world.startMs + DAYS * DAY_MS);
  const count = (name: 'shelf_fills' | 'record_errors' | 'truck_moves') =>
    sink.counts.get(name) ?? 0;
  return {
    ...seen,
    fills: count('shelf_fills'),
    errors: count('record_errors'),
    moves: count('truck_moves'),
    summary: sink.summary(),
  };
}

describe('under a scenario', () => {
  let quiet: ReturnType<typeof countsUnder>;
  beforeAll(() => {
    quiet = countsUnder('  []');
  });

  it('cards fail and shoppers turn to cash', () => {
    const seen =
      countsUnder(`  - { kind: tender, factor: 0, ${always}, targets: { tenders: [CREDIT_CARD, MOBILE_PAY] } }
  - { kind: declines, factor: 60, ${always} }`);
    expect(seen.cash / seen.receipts).toBeGreaterThan((1.4 * quiet.cash) / quiet.receipts);
    expect(seen.declined).toBeGreaterThan(5 * quiet.declined);
  });

  it('goods spoil in stores and in the distribution center, the same after a restore', () => {
    const spoil = `  - { kind: spoilage, sharePerHour: 0.2, ${always}, targets: { stores: [1] } }
  - { kind: dcSpoilage, sharePerHour: 0.1, ${always}, targets: { departments: [Grocery] } }`;
    const seen = countsUnder(spoil);
    expect(seen.spoiled).toBeGreaterThan(50 + 10 * quiet.spoiled);
    expect(seen.dcSpoiled).toBeGreaterThan(100 + quiet.dcSpoiled);
    expect(countsUnder(spoil, true).summary).toEqual(seen.summary);
  });

  it('crews fill less, tills slip more, orders are collected, trucks stay', () => {
    const seen = countsUnder(`  - { kind: shelfFilling, factor: 0.2, ${always} }
  - { kind: recordErrors, factor: 20, ${always} }
  - { kind: fulfillment, factor: 30, ${always}, targets: { modes: [BOPIS] } }
  - { kind: trucksOut, ${always} }`);
    expect(seen.fills).toBeLessThan(0.7 * quiet.fills);
    expect(seen.errors).toBeGreaterThan(2 * quiet.errors);
    expect(seen.pickups / seen.orders).toBeGreaterThan(0.6);
    expect(seen.moves).toBeLessThan(0.7 * quiet.moves);
  });
});

describe('the weather of a scenario', () => {
  it('is that of the days whose noon is in its window, and possible', () => {
    const [dc] = world.dcs;
    const zone = new ZoneTime(dc.timeZone);
    const effects = effectsOf(
      '  - { kind: weather, sky: SNOW, window: { fromDays: 1, toDays: 3 } }',
    );
    const set = new RegionWeather(world.seed, dc.id, dc, { effects, zone });
    const natural = new RegionWeather(world.seed, dc.id, dc);
    const day = zone.localDay(world.startMs + DAY_MS / 2);
    const skies = [0, 1, 2, 3].map((later) => set.on(day + later));
    expect(skies[0]).toEqual(natural.on(day));
    expect(skies.slice(1, 3).map(({ sky }) => SKIES[sky])).toEqual(['SNOW', 'SNOW']);
    expect(skies[3]).toEqual(natural.on(day + 3));
  });

  it.each(SKIES)('%s has the temperature and rain that it needs', (name) => {
    const sky = SKIES.indexOf(name);
    for (const day of weatherOfYear(3, 1, world.dcs[0], 2024)) {
      const { highC, lowC, precipitationMm } = withSky(day, sky);
      const wet = precipitationMm > 0;
      expect(wet).toBe(['RAIN', 'RAIN_ALL_DAY', 'SNOW'].includes(name));
      expect(name === 'SNOW').toBe(wet && highC <= 3);
      expect(name === 'HEAT').toBe(!wet && highC >= 34);
      expect(wet ? [6, 7] : [11]).toContain(highC - lowC);
    }
  });
});
