/** What impressions lead to, by themselves: shares, times, clicks. The region around them is made up. */
import { describe, expect, it } from 'vitest';
import { idBase } from '../../src/domain/ids.ts';
import { CHANNELS } from '../../src/domain/values.ts';
import { HOUR_MS } from '../../src/engine/time.ts';
import { AdResponses, type AdResponsesRegion } from '../../src/entities/ad-responses.ts';
import { PURPOSE } from '../../src/entities/occasion.ts';
import { tradingDay } from '../../src/entities/store-hours.ts';
import { type Effects, NO_EFFECTS } from '../../src/policy/effects.ts';
import { ZoneTime } from '../../src/policy/local-time.ts';
import { advertisingOf } from '../../src/world/advertising.ts';
import { smallConfig } from '../world/fixtures.ts';

const zone = new ZoneTime('America/Chicago');
const advertising = advertisingOf(smallConfig());
const START_MS = Date.UTC(2024, 2, 4);
const EACH = 40_000;

interface Response {
  impression: number;
  afterMs: number;
  atMs: number;
}

/** Shows `EACH` ads on each channel, over a week, and collects what they lead to. */
function responsesWith(effects: Effects = NO_EFFECTS) {
  const visits: Response[] = [];
  const orders: Response[] = [];
  const clicks: Response[] = [];
  const responding: number[] = [];
  let impression = 0;
  let nowMs = START_MS;
  const region = {
    seed: 5,
    effects,
    plan: { id: 1, dc: { timeZone: 'America/Chicago' } },
    get nowMs() {
      return nowMs;
    },
    patrons: { firstCustomerId: 1 },
    homeStore: () => ({ zone, master: { id: 1 } }),
    audience: { willRespond: (patron: number) => responding.push(patron) },
    plannedVisits: {
      plan(_store: object, visit: { purpose: number; atMs: number }) {
        expect(visit.purpose).toBe(PURPOSE.ad);
        visits.push({ impression, afterMs: visit.atMs - nowMs, atMs: visit.atMs });
      },
    },
    shop: { handle: 7 },
    sendAt(atMs: number, _handle: number, type: string) {
      const list = type === 'CLICK_DUE' ? clicks : orders;
      list.push({ impression, afterMs: atMs - nowMs, atMs });
    },
  } as unknown as AdResponsesRegion;
  const responses = new AdResponses(region, advertising);
  for (let number = 0; number < EACH * CHANNELS.length; number++) {
    impression = number;
    nowMs = START_MS + Math.floor((number / (EACH * CHANNELS.length)) * 7 * 24 * HOUR_MS);
    responses.consider({
      patron: number,
      impressionId: idBase('impression', 1) + number,
      readiness: 1,
      channel: number % CHANNELS.length,
      campaignId: 1,
      device: 0,
    });
  }
  return { visits, orders, clicks, responding };
}

const byChannel = (list: readonly Response[]) =>
  CHANNELS.map(
    (_, channel) =>
      list.filter(({ impression }) => impression % CHANNELS.length === channel).length,
  );

describe('responses to ads', () => {
  const { visits, orders, clicks, responding } = responsesWith();
  const led = [...visits, ...orders];

  it.each(CHANNELS.map((name, channel) => [name, channel] as const))(
    'come at the rate of their channel, by clicks and without: %s',
    (_name, channel) => {
      const rate = byChannel(led)[channel] / EACH;
      expect(rate / advertising.visitRate[channel]).toBeGreaterThan(0.85);
      expect(rate / advertising.visitRate[channel]).toBeLessThan(1.15);
      const clickRate = byChannel(clicks)[channel] / EACH;
      expect(clickRate / advertising.clickRate[channel]).toBeGreaterThan(0.8);
      expect(clickRate / advertising.clickRate[channel]).toBeLessThan(1.2);
      const clicked = new Set(clicks.map(({ impression }) => impression));
      const byClick = led.filter(({ impression }) => clicked.has(impression));
      const share = byChannel(byClick)[channel] / byChannel(led)[channel];
      expect(Math.abs(share - advertising.clickShare[channel])).toBeLessThan(0.09);
    },
  );

  it('are orders for their share', () => {
    expect(orders.length / led.length).toBeGreaterThan(0.13);
    expect(orders.length / led.length).toBeLessThan(0.17);
  });

  it('come once for an impression, 1 to 48 hours after it', () => {
    expect(new Set(led.map(({ impression }) => impression)).size).toBe(led.length);
    expect(responding.length).toBe(led.length);
    for (const { afterMs } of led) {
      expect(afterMs).toBeGreaterThanOrEqual(HOUR_MS);
      expect(afterMs).toBeLessThan(47 * HOUR_MS);
    }
    for (const { afterMs } of clicks) {
      expect(afterMs).toBeGreaterThan(0);
      expect(afterMs).toBeLessThan(HOUR_MS);
    }
  });

  it('are visits while the store is open', () => {
    for (const { atMs } of visits) {
      const trading = tradingDay(zone, zone.localDay(atMs));
      expect(atMs).toBeGreaterThan(trading?.openMs ?? Number.POSITIVE_INFINITY);
      expect(atMs).toBeLessThan(trading?.closeMs ?? 0);
    }
  });
});

it('those who would come to a store that stays shut order', () => {
  const { visits, orders } = responsesWith({ ...NO_EFFECTS, closed: () => true });
  expect(visits).toEqual([]);
  expect(byChannel(orders)[0] / EACH).toBeGreaterThan(0.03);
});

it('scenarios change responses and clicks of a channel', () => {
  const effects: Effects = {
    ...NO_EFFECTS,
    adResponse: (_dc, channel) => (channel === 1 ? 3 : 1),
    adClicks: (_dc, channel) => (channel === 3 ? 5 : 1),
  };
  const { visits, orders, clicks } = responsesWith(effects);
  const rates = byChannel([...visits, ...orders]).map((count) => count / EACH);
  expect(rates[1]).toBeGreaterThan(0.068);
  expect(rates[0]).toBeLessThan(0.04);
  expect(byChannel(clicks)[3] / EACH).toBeGreaterThan(0.019);
});

describe('an order because of an ad', () => {
  /** Tries an order of patron 3, which the shop can fill from the given try on. */
  function tryOrder(filledAtTry: number) {
    let nowMs = START_MS;
    let tries = 0;
    const due: { atMs: number; slot: number }[] = [];
    const settled: number[] = [];
    const region = {
      seed: 1,
      effects: { ...NO_EFFECTS, adResponse: () => 100, closed: () => true },
      plan: { id: 1, dc: { timeZone: 'America/Chicago' } },
      get nowMs() {
        return nowMs;
      },
      patrons: { firstCustomerId: 1 },
      homeStore: () => ({ zone, master: { id: 1 } }),
      audience: { willRespond: () => {}, settle: (patron: number) => settled.push(patron) },
      shop: { handle: 7, orderAfterAd: () => ++tries >= filledAtTry },
      sendAt(atMs: number, _handle: number, type: string, slot: number) {
        if (type === 'AD_ORDER_DUE') due.push({ atMs, slot });
      },
    } as unknown as AdResponsesRegion;
    const responses = new AdResponses(region, advertising);
    const [impressionId, readiness] = [idBase('impression', 1), 1];
    const ad = { patron: 3, impressionId, readiness, channel: 0, campaignId: 1, device: 0 };
    responses.consider(ad);
    for (let next = due.shift(); next !== undefined; next = due.shift()) {
      nowMs = next.atMs;
      responses.order(next.slot);
    }
    return { tries, settled, afterMs: nowMs - START_MS };
  }

  it('is tried again each hour while the shop has nothing that the customer wants', () => {
    const first = tryOrder(1);
    const third = tryOrder(3);
    expect([first.tries, third.tries]).toEqual([1, 3]);
    expect(third.afterMs - first.afterMs).toBe(2 * HOUR_MS);
    expect(third.settled).toEqual([3]);
  });

  it('is given up before the 48 hours are over', () => {
    const { tries, settled, afterMs } = tryOrder(Number.POSITIVE_INFINITY);
    expect(tries).toBeGreaterThan(5);
    expect(settled).toEqual([3]);
    expect(afterMs).toBeLessThan(48 * HOUR_MS);
    expect(afterMs).toBeGreaterThan(46 * HOUR_MS);
  });
});
