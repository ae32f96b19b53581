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
import { ZoneTime } from '../policy/local-time.ts';
import {
  dcPolicy,
  dcVarianceRatio,
  INBOUND_DAYS,
  LEAD_TIME_SPREAD,
  orderQuantity,
  orderUpToLevel,
  type ReplenishmentPolicy,
  reorderPoint,
  SHOPPER_VARIANCE_RATIO,
  smooth,
  storeLeadDays,
  storePolicy,
  usualDcPolicy,
} from '../policy/replenishment.ts';
import { LEAST_SEASON, OFFERS_EVEN_OUT_DAYS } from '../policy/season.ts';
import { type SeasonView, WARM_UP_DAYS, WarmUpCalendar } from './warm-up-calendar.ts';
import type { OpeningOrder, OpeningStock, RegionPlan, Store, WorldData } from './world.ts';

/** Share of a day from the DC's last review to the opening. */
const SINCE_REVIEW = 0.85;
/** Hour of the local day at which a store's order has reached the DC; times from then on vary by this share. */
const ORDER_HOUR = 0.25;
const ROAD_SPREAD = 0.2;
const UINT32_SPAN = 2 ** 32;
/** Standard deviation of the sum of two uniform variates, which are eleven bits each. */
const TRIANGLE_DEVIATION = 1 / Math.sqrt(6);
const BITS = 2048;

const STORE_DEMAND = purposeKey('warm-up', 'store-demand');
const DC_DEMAND = purposeKey('warm-up', 'dc-demand');
const START = purposeKey('warm-up', 'start');
const LEAD = purposeKey('warm-up', 'lead');
const ROAD = purposeKey('warm-up', 'road');

/** A node's opening stock while it is filled in; the forecasts are those of the first day. */
type Filled = Pick<
  OpeningStock,
  'units' | 'reorderPoint' | 'demand' | 'forecast' | 'demandToday'
> & {
  readonly orders: OpeningOrder[];
};

interface WarmStore {
  readonly id: number;
  readonly stock: Filled;
  /** Start of the hashes of its demand. */
  readonly hash: number;
  readonly policy: ReplenishmentPolicy;
  readonly view: SeasonView;
  /** Whether the orders of the last night are still on the road. */
  readonly isLate: boolean;
  /** Of the present product: the start of the hashes of its demand, inventory position, and the last review's order. */
  demandHash: number;
  position: number;
  lastOrder: number;
}

/** An order of the DC for the present product. */
interface Placed {
  readonly day: number;
  readonly units: number;
}

export class WarmUp {
  private readonly world: WorldData;
  private readonly calendar: WarmUpCalendar;
  private readonly stores: readonly WarmStore[];
  private readonly regionId: number;
  private readonly dc: Filled;
  private readonly dcHash: number;
  private readonly dcView: SeasonView;
  /** By supplier. */
  private readonly dcPolicies: readonly ReplenishmentPolicy[];
  private placed: Placed[] = [];
  private dcDemandHash = 0;

  /** @param stores stocks in the order of the region's stores, to be filled in, as that of the DC */
  constructor(world: WorldData, region: RegionPlan, stores: readonly Filled[], dc: Filled) {
    const { seed, config, suppliers } = world;
    this.world = world;
    this.regionId = region.id;
    this.calendar = new WarmUpCalendar(world, region);
    this.stores = stores.map((stock, index) => this.storeOf(region.stores[index], stock));
    this.dc = dc;
    this.dcHash = hashWith(hashStart(seed, DC_DEMAND), region.id);
    const coverDays = config.volume.dc_cover_days;
    this.dcView = this.calendar.viewOf(usualDcPolicy(coverDays));
    this.dcPolicies = suppliers.map(({ leadTimeDays }) => dcPolicy(leadTimeDays, coverDays));
  }

  private storeOf({ id, dcDistanceKm, timeZone }: Store, stock: Filled): WarmStore {
    const { seed, startMs, config } = this.world;
    const policy = storePolicy(dcDistanceKm, config.volume.store_cover_days);
    const localMs = startMs + new ZoneTime(timeZone).offsetMs(startMs);
    const hour = (localMs - Math.floor(localMs / DAY_MS) * DAY_MS) / HOUR_MS;
    const luck = 1 + ROAD_SPREAD * (2 * unit(hashEnd(hashStart(seed, ROAD), id)) - 1);
    return {
      id,
      stock,
      hash: hashWith(hashStart(seed, STORE_DEMAND), id),
      policy,
      view: this.calendar.viewOf(policy),
      isLate: ORDER_HOUR + storeLeadDays(dcDistanceKm) * 24 * luck > hour,
      demandHash: 0,
      position: 0,
      lastOrder: 0,
    };
  }

  /** Brings a product to the opening in all nodes. */
  run(product: number): void {
    if (this.world.products.launchMs[product] > this.world.startMs) {
      this.plan(product);
      return;
    }
    this.turnTo(product);
    let position = this.begin(product);
    for (let day = 0; ; day++) {
      position -= this.trade(product, day);
      if (day === WARM_UP_DAYS) break;
      // The DC reviews in the evening, the stores after they have closed.
      position += this.reviewDc(product, day, position);
      if (this.calendar.closed[day]) continue;
      for (const store of this.stores) position -= this.reviewStore(store, product, day);
    }
    this.settle(product, position);
  }

  /** Makes a product the present one. */
  private turnTo(product: number): void {
    this.placed = [];
    this.dcDemandHash = hashWith(this.dcHash, product);
    for (const store of this.stores) store.demandHash = hashWith(store.hash, product);
  }

  /** Sets the positions of the stores somewhere in their cycles and returns that of the DC. */
  private begin(product: number): number {
    const { products, seed } = this.world;
    const casePack = products.casePack[product];
    const department = products.department[product];
    const start = hashWith(hashStart(seed, START), product);
    const between = (key: number, point: number, level: number) =>
      point + 1 + Math.floor(unit(hashEnd(start, key)) * (level - point));
    let everyday = this.dc.demand[product];
    for (const store of this.stores) {
      const { stock, policy, view } = store;
      if (stock.units[product] < 0) continue;
      everyday += stock.demand[product];
      const offers = this.calendar.storeOffers[0][product];
      const perDay = stock.demand[product] * view.near[0][department] * offers;
      const point = reorderPoint(policy, perDay);
      store.position = between(store.id, point, orderUpToLevel(policy, point, perDay, casePack));
      store.lastOrder = 0;
    }
    const perDay = everyday * this.dcView.near[0][department];
    const policy = this.dcPolicyOf(product);
    const point = reorderPoint(policy, perDay, this.dcRatio(product, perDay));
    return between(-this.regionId, point, orderUpToLevel(policy, point, perDay, casePack));
  }

  /** Takes a day's demand from the stores; returns that of online orders from the DC. */
  private trade(product: number, day: number): number {
    const { calendar, dc } = this;
    const offers = calendar.offers[day][product];
    const season = calendar.season[day][this.world.products.department[product]];
    for (const store of this.stores) {
      const { stock, demandHash } = store;
      if (stock.units[product] < 0) continue;
      const mean = stock.demand[product] * season * offers;
      const units = drawn(hashEnd(demandHash, day), mean);
      stock.demandToday[product] = units;
      store.position = Math.max(0, store.position - units);
    }
    const mean = dc.demand[product] * calendar.online[day] * offers;
    dc.demandToday[product] = drawn(hashEnd(this.dcDemandHash, day), mean);
    return dc.demandToday[product];
  }

  /** The DC's review of a day; returns the units ordered. */
  private reviewDc(product: number, day: number, position: number): number {
    const { dc, dcView, calendar } = this;
    const { products } = this.world;
    const department = products.department[product];
    const policy = this.dcPolicyOf(product);
    learn(dc, product, dcView.recent[day][department], calendar.offers[day][product]);
    let everyday = dc.forecast[product];
    for (const { stock } of this.stores) everyday += stock.forecast[product];
    const offers = calendar.dcOffers[day][product];
    const perDay = everyday * dcView.near[day][department] * offers;
    const point = reorderPoint(policy, perDay, this.dcRatio(product, perDay));
    dc.reorderPoint[product] = point;
    if (position > point) return 0;
    const cover = everyday * dcView.far[day][department] * evened(policy, offers);
    const casePack = products.casePack[product];
    const level = orderUpToLevel(policy, point, cover, casePack);
    const units = orderQuantity(level, position, casePack);
    this.placed.push({ day, units });
    return units;
  }

  /** A store's review after a day; returns the units ordered. */
  private reviewStore(store: WarmStore, product: number, day: number): number {
    const { stock, policy, view } = store;
    if (stock.units[product] < 0) return 0;
    const { products } = this.world;
    const department = products.department[product];
    learn(stock, product, view.recent[day][department], this.calendar.offers[day][product]);
    const offers = this.calendar.storeOffers[day][product];
    const perDay = stock.forecast[product] * view.near[day][department] * offers;
    const point = reorderPoint(policy, perDay);
    stock.reorderPoint[product] = point;
    store.lastOrder = 0;
    if (store.position > point) return 0;
    const cover = stock.forecast[product] * view.far[day][department] * evened(policy, offers);
    const casePack = products.casePack[product];
    const level = orderUpToLevel(policy, point, cover, casePack);
    store.lastOrder = orderQuantity(level, store.position, casePack);
    store.position += store.lastOrder;
    return store.lastOrder;
  }

  /** Writes down what the nodes have of the product, and what is on order. */
  private settle(product: number, position: number): void {
    const { dc, world } = this;
    const supplierId = world.products.supplierId[product];
    let onHand = position;
    for (const { stock, isLate, lastOrder, position: atStore } of this.stores) {
      if (stock.units[product] < 0) continue;
      stock.units[product] = atStore;
      if (!isLate || lastOrder === 0 || lastOrder > atStore) continue;
      // The goods are still at the DC, and leave it at the opening.
      stock.units[product] -= lastOrder;
      stock.orders.push({ product, supplierId: 0, units: lastOrder, dueDays: 0 });
      onHand += lastOrder;
    }
    for (const { day, units } of this.placed) {
      const dueDays = this.dueDays(supplierId, WARM_UP_DAYS - day);
      if (dueDays <= -INBOUND_DAYS) continue;
      onHand -= units;
      dc.orders.push({ product, supplierId, units, dueDays: Math.max(0, dueDays) });
    }
    dc.units[product] = Math.max(0, onHand);
  }

  /** Days from the opening until a supplier has the goods ready that were ordered so many reviews ago: together. */
  private dueDays(supplierId: number, reviews: number): number {
    const { seed, suppliers } = this.world;
    const hash = hashWith(hashWith(hashStart(seed, LEAD), supplierId), this.regionId);
    const late = exp(LEAD_TIME_SPREAD * deviate(hashEnd(hash, reviews)));
    return suppliers[supplierId - 1].leadTimeDays * late - (reviews - 1 + SINCE_REVIEW);
  }

  /** Sets a product's reorder points and the demand of the opening day alone: for stock from ranges, or a later launch. */
  plan(product: number): void {
    this.turnTo(product);
    if (this.world.products.launchMs[product] <= this.world.startMs) {
      this.trade(product, WARM_UP_DAYS);
    }
    let everyday = this.dc.forecast[product];
    for (const { stock, policy } of this.stores) {
      if (stock.units[product] < 0) continue;
      everyday += stock.forecast[product];
      stock.reorderPoint[product] = reorderPoint(policy, stock.forecast[product]);
    }
    const ratio = this.dcRatio(product, everyday);
    this.dc.reorderPoint[product] = reorderPoint(this.dcPolicyOf(product), everyday, ratio);
    if (this.world.products.launchMs[product] <= this.world.startMs) return;
    this.dc.demand[product] = 0;
    for (const { stock } of this.stores) stock.demand[product] = 0;
  }

  private dcPolicyOf(product: number): ReplenishmentPolicy {
    return this.dcPolicies[this.world.products.supplierId[product] - 1];
  }

  private dcRatio(product: number, perDay: number): number {
    const { config, products } = this.world;
    const { store_cover_days: coverDays } = config.volume;
    return dcVarianceRatio(perDay, this.stores.length, coverDays, products.casePack[product]);
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

/** Uniform on 0 to 1, from a hash. */
function unit(hash: number): number {
  return (hash >>> 0) / UINT32_SPAN;
}

/** Whole units with this mean, scattered as shoppers' demand, from the bits of a hash. */
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
