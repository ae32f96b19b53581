/**
 * A review of a node's stock, (R, s, S): updates the forecasts with demand, and orders products that run low.
 *
 * Forecasts are of the mean day without offers; plans are for the season and the offers of the days to come.
 */
import { PRIORITY } from '../domain/values.ts';
import { DAY_MS, HOUR_MS } from '../engine/time.ts';
import {
  orderQuantity,
  orderUpToLevel,
  type ReplenishmentPolicy,
  smooth,
} from '../policy/replenishment.ts';
import { LEAST_SEASON, OFFERS_EVEN_OUT_DAYS, seasonOf } from '../policy/season.ts';
import type { OfferPlan } from './offer-plan.ts';
import type { Recorder, Setting } from './services.ts';
import type { StockLedger } from './stock-ledger.ts';

/** Before a review by this, stores have traded under the offers of the day. */
const SINCE_TRADE_MS = 6 * HOUR_MS;

export interface ReviewRegion extends Recorder, Setting {
  readonly offers: OfferPlan;
}

export interface ReviewedNode {
  readonly stock: StockLedger;
  /** NULL for a DC. */
  readonly storeId: number;
  readonly dcId: number;
  /** Local day number of the day whose demand the review sees. */
  readonly day: number;
  /** Returns the forecasts of the nodes that this one supplies, units a day; missing for a store. */
  downstream?(product: number): number;
  /** Days ahead that the reorder point, and then the order, is for; and the day whose offers the planner considers. */
  readonly protectionDays: number;
  readonly coverDays: number;
  readonly offerDays: number;
  /** Whether demand is what was sold: of a product known to be gone it says nothing. */
  readonly seesOnlySales: boolean;
  /** Returns the id of the order for a product; called only if it is ordered. */
  orderIdFor(product: number): number;
}

export class StockReview {
  private readonly region: ReviewRegion;
  private readonly node: ReviewedNode;
  private readonly seasonRecent: Float64Array;
  private readonly seasonNear: Float64Array;
  private readonly seasonFar: Float64Array;
  private readonly offersNow: Float64Array;
  private readonly offersAhead: Float64Array;

  constructor(region: ReviewRegion, node: ReviewedNode) {
    this.region = region;
    this.node = node;
    const nearDays = Math.ceil(node.protectionDays);
    this.seasonRecent = seasonOf(node.day, 1);
    this.seasonNear = seasonOf(node.day + 1, nearDays);
    this.seasonFar = seasonOf(node.day + 1 + nearDays, Math.ceil(node.coverDays));
    this.offersNow = region.offers.during(region.nowMs - SINCE_TRADE_MS);
    this.offersAhead = region.offers.expected(region.nowMs + node.offerDays * DAY_MS);
  }

  /**
   * Updates a product's forecast with the demand since the last review and returns the units a day to plan
   * with until an order placed now has come in. A forecast is kept until the product is launched.
   */
  plannedPerDay(product: number): number {
    const { stock } = this.node;
    const { department, launchMs } = this.region.world.products;
    const recent = this.seasonRecent[department[product]];
    const demand = stock.demandToday.at(product);
    stock.demandToday.set(product, 0);
    if (recent >= LEAST_SEASON && launchMs[product] <= this.region.nowMs) {
      const everyday = demand / (this.offersNow[product] * recent);
      const forecast = stock.forecast[product];
      const gone = this.node.seesOnlySales && stock.believed(product) <= 0;
      if (!gone || everyday > forecast) stock.forecast[product] = smooth(forecast, everyday);
    }
    return (
      this.everyday(product) * this.seasonNear[department[product]] * this.offersAhead[product]
    );
  }

  /** Units a day of the mean day without offers. */
  private everyday(product: number): number {
    const { node } = this;
    return node.stock.forecast[product] + (node.downstream?.(product) ?? 0);
  }

  /** Units a day to plan with for the days that an order covers beyond the reorder point. */
  private coverPerDay(product: number): number {
    const { department } = this.region.world.products;
    const offers = this.node.coverDays < OFFERS_EVEN_OUT_DAYS ? this.offersAhead[product] : 1;
    return this.everyday(product) * this.seasonFar[department[product]] * offers;
  }

  /** Whether a product's launch is so far ahead that it need not be ordered yet. */
  private launchesLater(product: number): boolean {
    const ahead = this.region.world.products.launchMs[product] - this.region.nowMs;
    return ahead > (this.node.protectionDays + 1) * DAY_MS;
  }

  /**
   * Orders a product up to its level if the inventory position is at or below the reorder point (never
   * below the least one), and returns the units ordered, or 0.
   * @param estimatedPoint reorder point that follows from the plan
   */
  orderIfLow(product: number, policy: ReplenishmentPolicy, estimatedPoint: number): number {
    const { region, node } = this;
    const { stock } = node;
    if (this.launchesLater(product)) return 0;
    const point = Math.max(stock.leastReorderPoint[product], estimatedPoint);
    stock.reorderPoint[product] = point;
    const position = stock.position(product);
    if (position > point) return 0;
    const casePack = region.world.products.casePack[product];
    const level = orderUpToLevel(policy, point, this.coverPerDay(product), casePack);
    const qty = orderQuantity(level, position, casePack);
    const onHand = stock.believed(product);
    stock.onOrder.add(product, qty);
    const row = region.scratch.reorders;
    row.orderRef = node.orderIdFor(product);
    row.traceId = row.orderRef;
    row.eventMs = region.nowMs;
    row.storeId = node.storeId;
    row.dcId = node.dcId;
    row.productId = product + 1;
    row.currentQuantity = onHand;
    row.reorderQuantity = qty;
    row.reorderPoint = point;
    row.priority = urgency(onHand, point);
    row.inventoryPosition = position;
    row.orderUpToLevel = level;
    row.stockoutTraceId = stock.emptiedByTrace(product);
    region.facts.reorders(row);
    return qty;
  }
}

/** Returns the priority of an order, an index into PRIORITIES. */
export function urgency(onHand: number, point: number): number {
  if (onHand <= 0) return PRIORITY.urgent;
  return onHand * 2 < point ? PRIORITY.high : PRIORITY.normal;
}
