/** Ads in a running region: who sees them, what they lead to, and what comes of that. */
import { beforeAll, describe, expect, it } from 'vitest';
import { NULL } from '../../src/domain/columns.ts';
import { FACT_NAMES, type FactRecord, type FactSink } from '../../src/domain/facts.ts';
import { CHANNELS } from '../../src/domain/values.ts';
import { DAY_MS, HOUR_MS } from '../../src/engine/time.ts';
import { NO_EFFECTS } from '../../src/policy/effects.ts';
import { inHoldout } from '../../src/policy/holdout.ts';
import { RegionSimulation } from '../../src/run/region-simulation.ts';
import { buildWorld } from '../../src/world/build.ts';
import { configOf } from '../../src/world/config.ts';
import { dictionaries, START_MS } from '../world/fixtures.ts';

const DAYS = 6;
const config = configOf(
  {
    seed: 11,
    volume: {
      stores: 1,
      dcs: 1,
      total_customers: 2000,
      total_products: 300,
      customers_per_day: 150,
    },
    marketing: {
      impressions_per_customer_day: 4,
      frequency_cap_per_day: 9,
      holdout_share: 0.25,
      fatigue: 0,
    },
  },
  'small',
);
const world = buildWorld(config, dictionaries, START_MS);

type Ad = FactRecord<'marketing'>;
const ads: Ad[] = [];
const clicks: FactRecord<'ad_clicks'>[] = [];
const credits: FactRecord<'attributions'>[] = [];
const entries = new Map<number, FactRecord<'foot_traffic'>>();
const orders = new Map<number, FactRecord<'online_orders'>>();

beforeAll(() => {
  const keep: Partial<FactSink> = {
    marketing: (record) => void ads.push({ ...record }),
    ad_clicks: (record) => void clicks.push({ ...record }),
    attributions: (record) => void credits.push({ ...record }),
    foot_traffic: (record) => {
      if (record.zone === 0) entries.set(record.sessionId, { ...record });
    },
    online_orders: (record) => void orders.set(record.orderId, { ...record }),
  };
  const facts = Object.fromEntries(
    FACT_NAMES.map((name) => [name, keep[name] ?? (() => {})]),
  ) as unknown as FactSink;
  const plan = world.regions[0];
  new RegionSimulation({ world, plan, effects: NO_EFFECTS, facts }).advance(
    START_MS + DAYS * DAY_MS,
  );
});

describe('ads in a region', () => {
  it('run on all channels from the first day', () => {
    const first = new Set(
      ads.filter(({ eventMs }) => eventMs < START_MS + DAY_MS).map(({ channel }) => channel),
    );
    expect(first.size).toBe(CHANNELS.length);
  });

  it('are as many as the settings say, and are seen by day', () => {
    expect(ads.length / (DAYS * 2000)).toBeGreaterThan(3.7);
    expect(ads.length / (DAYS * 2000)).toBeLessThan(4.4);
    const hours = ads.map(({ eventMs }) => (Math.floor(eventMs / HOUR_MS) + 18) % 24);
    expect(hours.filter((hour) => hour < 5).length / ads.length).toBeLessThan(0.08);
  });

  it('are seen by nobody of the hold-out group, and never more often a day than the cap', () => {
    const seen = new Map<string, number>();
    expect(ads.filter((ad) => inHoldout(world.seed, ad.adCustomerId, 0.25))).toEqual([]);
    for (const { adCustomerId, eventMs } of ads) {
      const key = `${adCustomerId}/${Math.floor(eventMs / DAY_MS)}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    expect(Math.max(...seen.values())).toBe(9);
  });

  it('lead to visits and orders of their own customer at their rate, hardly one of which is lost', () => {
    const byId = new Map(ads.map((ad) => [ad.impressionId, ad]));
    const rate = { led: 0, shown: 0 };
    const credited = new Set(credits.map(({ impressionId }) => impressionId));
    for (const { channel, eventMs, impressionId } of ads) {
      if (channel > 1 || eventMs > START_MS + (DAYS - 2) * DAY_MS) continue;
      rate.shown++;
      if (credited.has(impressionId)) rate.led++;
    }
    // Search and email at .035 and .025, in the proportion of their shares.
    expect(rate.led / rate.shown).toBeGreaterThan(0.0297 * 0.85);
    expect(rate.led / rate.shown).toBeLessThan(0.0297 * 1.15);
    for (const credit of credits) {
      const ad = byId.get(credit.impressionId);
      expect(ad?.adCustomerId).toBe(credit.customerId);
      const response = entries.get(credit.sessionId) ?? orders.get(credit.orderId);
      const afterMs = (response?.eventMs ?? 0) - (ad?.eventMs ?? 0);
      expect(response?.causeId).toBe(credit.impressionId);
      expect(afterMs).toBeGreaterThanOrEqual(HOUR_MS);
      expect(afterMs).toBeLessThanOrEqual(48 * HOUR_MS);
    }
  });

  it('lead to orders too, which are credited with their subtotal', () => {
    const ordered = credits.filter(({ orderId }) => orderId !== NULL);
    expect(ordered.length / credits.length).toBeGreaterThan(0.1);
    for (const { orderId, sessionId, storeId, revenueCents } of ordered) {
      expect(orders.get(orderId)?.subtotalCents).toBe(revenueCents);
      expect([sessionId, storeId]).toEqual([NULL, NULL]);
    }
  });

  it('are the last that a customer saw an hour before coming', () => {
    const seen = new Map<number, Ad[]>();
    for (const ad of ads) seen.set(ad.adCustomerId, [...(seen.get(ad.adCustomerId) ?? []), ad]);
    for (const { customerId, impressionId, sessionId, orderId } of credits) {
      const cameMs = (entries.get(sessionId) ?? orders.get(orderId))?.eventMs ?? 0;
      const last = seen.get(customerId)?.findLast(({ eventMs }) => eventMs <= cameMs - HOUR_MS);
      expect(last?.impressionId).toBe(impressionId);
    }
  });

  it('are clicked, mostly for nothing', () => {
    const credited = new Set(credits.map(({ impressionId }) => impressionId));
    const idle = clicks.filter(({ impressionId }) => !credited.has(impressionId));
    expect(idle.length).toBeGreaterThan(100);
    expect(clicks.length).toBeGreaterThan(idle.length);
    expect(new Set(clicks.map(({ impressionId }) => impressionId)).size).toBe(clicks.length);
  });
});
