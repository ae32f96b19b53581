/**
 * The replenishment of a region in the weeks before the world opens, product by product: stores are asked for the expected
 * demand with its scatter, and stores and DC review and order as they will do later. What they have then on hand, on order
 * and as forecasts is the opening stock, so that the first weeks are like all others.
 *
 * The world opens in the evening of a day on which stores have traded: before the reviews of stores and DC.
 */
import { exp } from '../engine/elementary.ts';
import { hashEnd, hashStart, hashWith, purposeKey } from '../engine/substream.ts';
import { DAY_MS, HOUR_MS } from '../engine/time.ts';
import { onlineIndex, openingHours } from '../policy/calendar-effects.ts';
import { ZoneTime } from '../policy/local-time.ts';
import { offerFactors } from '../policy/offer-factors.ts';
import { promotionWeek } from '../policy/promotions.ts';
import {
  DC_OFFER_DAYS,
  dcPolicy,
  dcVarianceRatio,
  INBOUND_DAYS,
  LEAD_TIME_SPREAD,
  orderQuantity,
  orderUpToLevel,
  type ReplenishmentPolicy,
  reorderPoint,
  SHOPPER_VARIANCE_RATIO,
  STORE_OFFER_DAYS,
  smooth,
  storeLeadDays,
  storePolicy,
  usualDcPolicy,
} from '../policy/replenishment.ts';
import { LEAST_SEASON, OFFERS_EVEN_OUT_DAYS, seasonOf } from '../policy/season.ts';
import type { OpeningOrder, OpeningStock, RegionPlan, WorldData } from './world.ts';

/** Days of the warm-up: several order cycles, and most of what forecasts remember. */
const DAYS = 35;
/** Hours from UTC midnight to the reviews of the local day before. */
const REVIEW_HOURS = 4;
/** Share of a day from the DC's last review to the opening. */
const SINCE_REVIEW = 0.85;
/** Hours of the local day at which stores' orders have reached the DC. */
const ORDER_HOUR = 0.25;
/** Standard deviation of the sum of two uniform variates. */
const TRIANGLE_DEVIATION = 1 / Math.sqrt(6);
const BITS = 2048;

const STORE_DEMAND = purposeKey('warm-up', 'store-demand');
const DC_DEMAND = purposeKey('warm-up', 'dc-demand');
const START = purposeKey('warm-up', 'start');
const LEAD = purposeKey('warm-up', 'lead');
const ROAD = purposeKey('warm-up', 'road');

type Filled = Pick<
  OpeningStock,
  'units' | 'reorderPoint' | 'demand' | 'forecast' | 'demandToday'
> & {
  readonly orders: OpeningOrder[];
};

/** What planners of a node see of the calendar on each day of the warm-up, by department or product. */
interface View {
  readonly recent: readonly Float64Array[];
  readonly near: readonly Float64Array[];
  readonly far: readonly Float64Array[];
}

interface WarmStore {
  readonly stock: Filled;
  readonly hash: number;
  readonly policy: ReplenishmentPolicy;
  readonly view: View;
  /** Whether the orders of the last night are still on the road. */
  readonly late: boolean;
  position: number;
  lastOrder: number;
}

export class WarmUp {
  private readonly world: WorldData;
  private readonly region: RegionPlan;
  private readonly stores: readonly WarmStore[];
  private readonly dc: Filled;
  private readonly dcHash: number;
  private readonly dcView: View;
  private readonly dcPolicies: readonly ReplenishmentPolicy[];
  /** By day: the season of trade and of online orders, and the offers of trade and of planners. */
  private readonly today: readonly Float64Array[];
  private readonly online: readonly number[];
  private readonly closed: readonly boolean[];
  private readonly offers: {
    trade: Float64Array[];
    now: Float64Array[];
    store: Float64Array[];
    dc: Float64Array[];
  };

  /** @param stores stocks in the order of the region's stores, to be filled in, as that of the DC */
  constructor(world: WorldData, region: RegionPlan, stores: readonly Filled[], dc: Filled) {
    const { seed, startMs, config, products } = world;
    const { volume } = config;
    this.world = world;
    this.region = region;
    this.dc = dc;
    this.dcHash = hashWith(hashStart(seed, DC_DEMAND), region.id);
    const zone = new ZoneTime(region.dc.timeZone);
    const firstDay = zone.localDay(startMs) - DAYS;
    const days = Array.from({ length: DAYS + 1 }, (_, index) => index);
    const viewOf = (
      recent: number,
      { protectionDays, coverDays }: Pick<ReplenishmentPolicy, 'protectionDays' | 'coverDays'>,
    ): View => {
      const near = Math.ceil(protectionDays);
      return {
        recent: days.map((day) => seasonOf(firstDay + day - recent + 1, recent)),
        near: days.map((day) => seasonOf(firstDay + day + 1, near)),
        far: days.map((day) => seasonOf(firstDay + day + 1 + near, Math.ceil(coverDays))),
      };
    };
    this.stores = stores.map((stock, index): WarmStore => {
      const { id, dcDistanceKm, timeZone } = region.stores[index];
      const policy = storePolicy(dcDistanceKm, volume.store_cover_days);
      const hour = ((startMs + new ZoneTime(timeZone).offsetMs(startMs)) % DAY_MS) / HOUR_MS;
      const luck = 0.8 + 0.4 * ((hashEnd(hashStart(seed, ROAD), id) >>> 0) / 2 ** 32);
      return {
        stock,
        hash: hashWith(hashStart(seed, STORE_DEMAND), id),
        policy,
        view: viewOf(1, policy),
        late: ORDER_HOUR + storeLeadDays(dcDistanceKm) * 24 * luck > hour,
        position: 0,
        lastOrder: 0,
      };
    });
    this.dcView = viewOf(1, usualDcPolicy(volume.dc_cover_days));
    this.dcPolicies = world.suppliers.map(({ leadTimeDays }) =>
      dcPolicy(leadTimeDays, volume.dc_cover_days),
    );
    this.today = days.map((day) => seasonOf(firstDay + day, 1));
    this.online = days.map((day) => onlineIndex(firstDay + day));
    this.closed = days.map((day) => openingHours(firstDay + day) === undefined);
    const weeks = new Map<number, Float64Array>();
    const offersAt = (day: number, ms: number) => {
      const week = promotionWeek(startMs + (day - DAYS) * DAY_MS + ms);
      const known = weeks.get(week) ?? offerFactors(seed, week, products);
      weeks.set(week, known);
      return known;
    };
    const review = REVIEW_HOURS * HOUR_MS;
    this.offers = {
      trade: days.map((day) => offersAt(day, -DAY_MS / 4)),
      now: days.map((day) => offersAt(day, review - DAY_MS / 4)),
      store: days.map((day) => offersAt(day, review + STORE_OFFER_DAYS * DAY_MS)),
      dc: days.map((day) => offersAt(day, review + DC_OFFER_DAYS * DAY_MS)),
    };
  }

  /** Brings a product to the opening in all nodes. */
  run(product: number): void {
    if (this.world.products.launchMs[product] > this.world.startMs) {
      this.plan(product);
      return;
    }
    const { stores, dc, world } = this;
    const { volume } = world.config;
    const department = world.products.department[product];
    const casePack = world.products.casePack[product];
    const supplierId = world.products.supplierId[product];
    const policy = this.dcPolicies[supplierId - 1];
    const placed: { day: number; units: number }[] = [];
    let position = this.begin(product);
    for (let day = 0; day <= DAYS; day++) {
      const wanted = this.offers.trade[day][product];
      for (const store of stores) {
        const { stock } = store;
        if (stock.units[product] < 0) continue;
        const mean = stock.demand[product] * this.today[day][department] * wanted;
        const units = drawn(hashEnd(hashWith(store.hash, product), day), mean);
        stock.demandToday[product] = units;
        store.position = Math.max(0, store.position - units);
      }
      const mean = dc.demand[product] * this.online[day] * wanted;
      const units = drawn(hashEnd(hashWith(this.dcHash, product), day), mean);
      dc.demandToday[product] = units;
      position -= units;
      if (day === DAYS) break;
      // The DC reviews in the evening, the stores after they have closed.
      learn(dc, product, this.dcView.recent[day][department], this.offers.now[day][product]);
      let everyday = dc.forecast[product];
      for (const { stock } of stores) everyday += stock.forecast[product];
      const perDay = everyday * this.dcView.near[day][department] * this.offers.dc[day][product];
      const ratio = dcVarianceRatio(perDay, stores.length, volume.store_cover_days, casePack);
      const point = reorderPoint(policy, perDay, ratio);
      dc.reorderPoint[product] = point;
      if (position <= point) {
        const cover =
          everyday *
          this.dcView.far[day][department] *
          evened(policy, this.offers.dc[day][product]);
        const level = orderUpToLevel(policy, point, cover, casePack);
        const units = orderQuantity(level, position, casePack);
        placed.push({ day, units });
        position += units;
      }
      if (this.closed[day]) continue;
      for (const store of stores) position -= this.review(store, product, day);
    }
    this.settle(product, supplierId, position, placed);
  }

  /** Sets the positions of all nodes somewhere in their cycles and returns that of the DC. */
  private begin(product: number): number {
    const { products, config, seed } = this.world;
    const { volume } = config;
    const casePack = products.casePack[product];
    const department = products.department[product];
    const start = hashWith(hashStart(seed, START), product);
    const place = (key: number) => (hashEnd(start, key) >>> 0) / 2 ** 32;
    let everyday = this.dc.demand[product];
    this.stores.forEach((store, index) => {
      if (store.stock.units[product] < 0) return;
      const base = store.stock.demand[product];
      everyday += base;
      const perDay = base * store.view.near[0][department] * this.offers.store[0][product];
      const point = reorderPoint(store.policy, perDay);
      const level = orderUpToLevel(store.policy, point, perDay, casePack);
      store.position =
        point + 1 + Math.floor(place(this.region.stores[index].id) * (level - point));
      store.lastOrder = 0;
    });
    const policy = this.dcPolicies[products.supplierId[product] - 1];
    const perDay = everyday * this.dcView.near[0][department];
    const ratio = dcVarianceRatio(perDay, this.stores.length, volume.store_cover_days, casePack);
    const point = reorderPoint(policy, perDay, ratio);
    const level = orderUpToLevel(policy, point, perDay, casePack);
    return point + 1 + Math.floor(place(-this.region.id) * (level - point));
  }

  /** A store's review after a day; returns the units ordered. */
  private review(store: WarmStore, product: number, day: number): number {
    const { stock, policy, view } = store;
    if (stock.units[product] < 0) return 0;
    const { department: departments, casePack: casePacks } = this.world.products;
    const department = departments[product];
    learn(stock, product, view.recent[day][department], this.offers.now[day][product]);
    const offers = this.offers.store[day][product];
    const perDay = stock.forecast[product] * view.near[day][department] * offers;
    const point = reorderPoint(policy, perDay);
    stock.reorderPoint[product] = point;
    store.lastOrder = 0;
    if (store.position > point) return 0;
    const cover = stock.forecast[product] * view.far[day][department] * evened(policy, offers);
    const casePack = casePacks[product];
    const level = orderUpToLevel(policy, point, cover, casePack);
    store.lastOrder = orderQuantity(level, store.position, casePack);
    store.position += store.lastOrder;
    return store.lastOrder;
  }

  /** Writes down what the nodes have of the product, and what is on order. */
  private settle(
    product: number,
    supplierId: number,
    position: number,
    placed: readonly { day: number; units: number }[],
  ): void {
    const { dc, world } = this;
    const leadDays = world.suppliers[supplierId - 1].leadTimeDays;
    let onHand = position;
    for (const { stock, late, lastOrder, position: atStore } of this.stores) {
      if (stock.units[product] < 0) continue;
      stock.units[product] = atStore;
      if (!late || lastOrder === 0 || lastOrder > atStore) continue;
      // The goods are still at the DC, and leave it at the opening.
      stock.units[product] -= lastOrder;
      stock.orders.push({ product, supplierId: 0, units: lastOrder, dueDays: 0 });
      onHand += lastOrder;
    }
    for (const { day, units } of placed) {
      const reviews = DAYS - day;
      const hash = hashEnd(
        hashWith(hashStart(world.seed, LEAD), supplierId * 1000 + this.region.id),
        reviews,
      );
      const dueDays =
        leadDays * exp(LEAD_TIME_SPREAD * deviate(hash)) - (reviews - 1 + SINCE_REVIEW);
      if (dueDays <= -INBOUND_DAYS) continue;
      onHand -= units;
      dc.orders.push({ product, supplierId, units, dueDays: Math.max(0, dueDays) });
    }
    dc.units[product] = Math.max(0, onHand);
  }

  /** Sets the reorder points that a product will have when it is launched. */
  private plan(product: number): void {
    const { products, config } = this.world;
    let everyday = this.dc.forecast[product];
    for (const { stock, policy } of this.stores) {
      if (stock.units[product] < 0) continue;
      everyday += stock.forecast[product];
      stock.reorderPoint[product] = reorderPoint(policy, stock.forecast[product]);
    }
    const policy = this.dcPolicies[products.supplierId[product] - 1];
    const { store_cover_days: storeCoverDays } = config.volume;
    const ratio = dcVarianceRatio(
      everyday,
      this.stores.length,
      storeCoverDays,
      products.casePack[product],
    );
    this.dc.reorderPoint[product] = reorderPoint(policy, everyday, ratio);
  }
}

/** Updates the forecast of a product with the demand of a day. */
function learn(stock: Filled, product: number, season: number, offers: number): void {
  if (season < LEAST_SEASON) return;
  const everyday = stock.demandToday[product] / (offers * season);
  stock.forecast[product] = smooth(stock.forecast[product], everyday);
}

/** The factor of offers on the days that an order covers: over a long time they even out. */
function evened({ coverDays }: ReplenishmentPolicy, offers: number): number {
  return coverDays < OFFERS_EVEN_OUT_DAYS ? offers : 1;
}

/** Draws whole units with this mean, scattered as shoppers' demand, from the bits of a hash. */
function drawn(hash: number, mean: number): number {
  if (mean <= 0) return 0;
  const spread = deviate(hash) * Math.sqrt(SHOPPER_VARIANCE_RATIO / mean);
  const rounding = (hash & 1023) / 1024;
  return Math.floor(mean * (1 + Math.min(1, Math.max(-1, spread))) + rounding);
}

/** Mean 0, standard deviation 1, never beyond 2.5, from the upper bits of a hash. */
function deviate(hash: number): number {
  const sum = ((hash >>> 21) + ((hash >>> 10) & (BITS - 1))) / BITS;
  return (sum - 1) / TRIANGLE_DEVIATION;
}
