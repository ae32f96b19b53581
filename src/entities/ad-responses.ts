/**
 * What impressions lead to: a click, and a visit to the home store or an order in the web shop, 1 to 48 hours later.
 *
 * Who is to come picks a time at which the store is open. If it stays shut all that time, they order instead.
 */
import type { Sections } from '../domain/plain-data.ts';
import { idBase, sequenceOf } from '../domain/ids.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import { HOUR_MS, MINUTE_MS } from '../engine/time.ts';
import { lognormal } from '../engine/variates.ts';
import {
  type Advertising,
  EARLIEST_RESPONSE_MS,
  idleClickChance,
  LANDING_SHARES,
  LATEST_PLAN_MS,
  LATEST_RESPONSE_MS,
} from '../policy/advertising.ts';
import { HOUR_SHARES, ONLINE_HOUR_SHARES } from '../policy/calendar-effects.ts';
import { ZoneTime } from '../policy/local-time.ts';
import { PURPOSE } from './occasion.ts';
import type { PlannedVisits, VisitableStore } from './planned-visits.ts';
import type { RegionServices } from './services.ts';
import { SlotPool } from './slot-pool.ts';
import type { SavedState, StatefulPart } from './state.ts';
import { LAST_ENTRY_MS, tradingDay } from './store-hours.ts';

const RESPONSE = purposeKey('ad', 'response');
/** Draws of a time before a store counts as shut: of an open one every fourth is taken. */
const TIME_DRAWS = 96;
/** The doors open within this time after the hour. */
const DOORS_MS = 3 * MINUTE_MS;
const PEAK_HOUR_SHARE = Math.max(...HOUR_SHARES);
const PEAK_ONLINE_SHARE = Math.max(...ONLINE_HOUR_SHARES);
const LATEST_CLICK_MS = 30 * MINUTE_MS;

/** The parts of its region that responses to ads use. */
export interface AdResponsesRegion extends RegionServices {
  readonly patrons: { readonly firstCustomerId: number };
  readonly audience: { willRespond(patron: number): void; settle(patron: number): void };
  readonly plannedVisits: PlannedVisits;
  readonly shop: {
    readonly handle: number;
    /** Places an order of a customer because of an ad; false if the shop has nothing of what they want now. */
    orderAfterAd(patron: number, impressionId: number): boolean;
  };
  /** Returns a customer's home store. */
  homeStore(customerId: number): VisitableStore & { readonly master: { readonly id: number } };
}

/** An ad that a customer has just seen. */
export interface ShownAd {
  readonly patron: number;
  readonly impressionId: number;
  /** How likely the customer responds, relative to the mean. */
  readonly readiness: number;
  readonly channel: number;
  readonly campaignId: number;
  readonly device: number;
}

export class AdResponses implements StatefulPart {
  private readonly region: AdResponsesRegion;
  private readonly advertising: Advertising;
  private readonly zone: ZoneTime;
  private readonly clicks = new SlotPool([
    'patron',
    'impressionId',
    'channel',
    'campaignId',
    'device',
    'landing',
    'dwellSeconds',
  ]);
  private readonly orders = new SlotPool(['patron', 'impressionId', 'deadlineMs']);

  constructor(region: AdResponsesRegion, advertising: Advertising) {
    this.region = region;
    this.advertising = advertising;
    this.zone = new ZoneTime(region.plan.dc.timeZone);
  }

  /** Called when a customer has seen an ad: decides what comes of it. */
  consider(ad: ShownAd): void {
    const { visitRate, clickRate, clickShare, onlineShare } = this.advertising;
    const { region } = this;
    const { nowMs, effects, plan } = region;
    const { channel, patron } = ad;
    const stream = Substream.of(region.seed, RESPONSE, ad.impressionId);
    const rate = visitRate[channel] * effects.adResponse(plan.id, channel, nowMs);
    const responds = stream.chance(rate * ad.readiness);
    const clickChance = responds
      ? clickShare[channel]
      : idleClickChance(
          clickRate[channel] * effects.adClicks(plan.id, channel, nowMs),
          visitRate[channel],
          clickShare[channel],
        );
    const clicks = stream.chance(clickChance);
    const store = region.homeStore(region.patrons.firstCustomerId + patron);
    const visitMs =
      responds && !stream.chance(onlineShare) ? this.visitMs(store, stream) : undefined;
    if (clicks) {
      const led = visitMs === undefined ? 'order' : 'visit';
      this.planClick(ad, responds ? LANDING_SHARES[led] : LANDING_SHARES.nothing, stream);
    }
    if (!responds) return;
    region.audience.willRespond(patron);
    if (visitMs === undefined) this.planOrder(patron, ad.impressionId, stream);
    else {
      region.plannedVisits.plan(store, {
        patron,
        purpose: PURPOSE.ad,
        subject: ad.impressionId,
        atMs: visitMs,
        deadlineMs: nowMs + LATEST_RESPONSE_MS,
      });
    }
  }

  /** Draws a time to come, by the hours of stores; undefined if the store stays shut. */
  private visitMs(
    { zone, master }: ReturnType<AdResponsesRegion['homeStore']>,
    stream: Substream,
  ): number | undefined {
    const { nowMs, effects } = this.region;
    for (let draw = 0; draw < TIME_DRAWS; draw++) {
      const atMs =
        nowMs + EARLIEST_RESPONSE_MS + stream.below(LATEST_PLAN_MS - EARLIEST_RESPONSE_MS);
      const trading = tradingDay(zone, zone.localDay(atMs));
      if (trading === undefined) continue;
      if (atMs < trading.openMs + DOORS_MS || atMs > trading.closeMs - LAST_ENTRY_MS) continue;
      if (effects.closed(master.id, trading.openMs)) continue;
      const hour = Math.floor(zone.localMinute(atMs) / 60);
      if (stream.unit() * PEAK_HOUR_SHARE < HOUR_SHARES[hour]) return atMs;
    }
    return undefined;
  }

  /** Plans an order, by the hours of the web shop. */
  private planOrder(patron: number, impressionId: number, stream: Substream): void {
    const { nowMs, shop } = this.region;
    let atMs = 0;
    do {
      atMs = nowMs + EARLIEST_RESPONSE_MS + stream.below(LATEST_PLAN_MS - EARLIEST_RESPONSE_MS);
    } while (stream.unit() * PEAK_ONLINE_SHARE >= this.onlineHourShare(atMs));
    const deadlineMs = nowMs + LATEST_RESPONSE_MS;
    const slot = this.orders.add({ patron, impressionId, deadlineMs });
    this.region.sendAt(atMs, shop.handle, 'AD_ORDER_DUE', slot);
  }

  private onlineHourShare(atMs: number): number {
    return ONLINE_HOUR_SHARES[Math.floor(this.zone.localMinute(atMs) / 60)];
  }

  /** Called at the planned time of an order; it is tried again while the shop has nothing that the customer wants. */
  order(slot: number): void {
    const { orders, region } = this;
    const patron = orders.get(slot, 'patron');
    if (!region.shop.orderAfterAd(patron, orders.get(slot, 'impressionId'))) {
      const againMs = region.nowMs + HOUR_MS;
      if (againMs <= orders.get(slot, 'deadlineMs')) {
        region.sendAt(againMs, region.shop.handle, 'AD_ORDER_DUE', slot);
        return;
      }
    }
    orders.release(slot);
    region.audience.settle(patron);
  }

  private planClick(ad: ShownAd, landingShares: readonly number[], stream: Substream): void {
    const { nowMs, shop } = this.region;
    const afterMs = 1000 + Math.round(lognormal(stream, 12_000, 1.1));
    const slot = this.clicks.add({
      patron: ad.patron,
      impressionId: ad.impressionId,
      channel: ad.channel,
      campaignId: ad.campaignId,
      device: ad.device,
      landing: stream.weighted(landingShares, 1),
      dwellSeconds: 2 + Math.min(1800, Math.round(lognormal(stream, 45, 1))),
    });
    this.region.sendAt(nowMs + Math.min(LATEST_CLICK_MS, afterMs), shop.handle, 'CLICK_DUE', slot);
  }

  /** Called when a customer clicks. */
  recordClick(slot: number): void {
    const { clicks, region } = this;
    const impressionId = clicks.get(slot, 'impressionId');
    const row = region.scratch.ad_clicks;
    row.traceId = impressionId;
    row.eventMs = region.nowMs;
    row.clickId = idBase('click', region.plan.id) + sequenceOf(impressionId);
    row.impressionId = impressionId;
    row.adCustomerId = region.patrons.firstCustomerId + clicks.get(slot, 'patron');
    row.channel = clicks.get(slot, 'channel');
    row.campaignId = clicks.get(slot, 'campaignId');
    row.device = clicks.get(slot, 'device');
    row.landing = clicks.get(slot, 'landing');
    row.dwellSeconds = clicks.get(slot, 'dwellSeconds');
    clicks.release(slot);
    region.facts.ad_clicks(row);
  }

  save(): Sections {
    return { ...this.clicks.save('adClicks'), ...this.orders.save('adOrders') };
  }

  restore(saved: SavedState): void {
    this.clicks.restore(saved, 'adClicks');
    this.orders.restore(saved, 'adOrders');
  }
}
