/** A review of a node's stock, (R, s, S): updates the forecasts with demand, and orders products that run low. */
import { PRIORITY } from '../domain/values.ts';
import { DAY_MS } from '../engine/time.ts';
import {
  orderQuantity,
  orderUpToLevel,
  type ReplenishmentPolicy,
  smooth,
} from '../policy/replenishment.ts';
import { seasonAhead } from '../policy/season.ts';
import type { OfferPlan } from './offer-plan.ts';
import type { Recorder, Setting } from './services.ts';
import type { StockLedger } from './stock-ledger.ts';

export interface ReviewRegion extends Recorder, Setting {
  readonly offers: OfferPlan;
}

export interface ReviewedNode {
  readonly stock: StockLedger;
  /** NULL for a DC. */
  readonly storeId: number;
  readonly dcId: number;
  /** Local day number of the review. */
  readonly day: number;
  /** Days ahead that the planner considers for the season, and for the weekly offers. */
  readonly seasonDays: number;
  readonly offerDays: number;
  /** Returns the id of the order for a product; called only if it is ordered. */
  orderIdFor(product: number): number;
}

export class StockReview {
  private readonly region: ReviewRegion;
  private readonly node: ReviewedNode;
  private readonly season: Float64Array;
  private readonly offersNow: Float64Array;
  private readonly offersAhead: Float64Array;

  constructor(region: ReviewRegion, node: ReviewedNode) {
    this.region = region;
    this.node = node;
    this.season = seasonAhead(node.day, node.seasonDays);
    this.offersNow = region.offers.during(region.nowMs - DAY_MS);
    this.offersAhead = region.offers.during(region.nowMs + node.offerDays * DAY_MS);
  }

  /**
   * Updates a product's forecast with the demand since the last review and returns the units a day to plan
   * with. The forecast excludes the effect of the week's offers; the plan includes that of the coming days' offers.
   */
  plannedPerDay(product: number): number {
    const { stock } = this.node;
    const demand = stock.demandToday[product] / this.offersNow[product];
    stock.demandToday[product] = 0;
    stock.forecast[product] = smooth(stock.forecast[product], demand);
    const { department } = this.region.world.products;
    return stock.forecast[product] * this.season[department[product]] * this.offersAhead[product];
  }

  /**
   * Orders a product up to its level if the inventory position is at or below the reorder point (never
   * below the opening one), and returns the units ordered, or 0.
   * @param perDay units to plan with
   * @param estimatedPoint reorder point that follows from them
   */
  orderIfLow(
    product: number,
    policy: ReplenishmentPolicy,
    perDay: number,
    estimatedPoint: number,
  ): number {
    const { region, node } = this;
    const { stock } = node;
    const point = Math.max(stock.openingReorderPoint[product], estimatedPoint);
    stock.reorderPoint[product] = point;
    const position = stock.position(product);
    if (position > point) return 0;
    const casePack = region.world.products.casePack[product];
    const level = orderUpToLevel(policy, point, perDay, casePack);
    const qty = orderQuantity(level, position, casePack);
    const onHand = stock.onHand[product];
    stock.onOrder[product] += qty;
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

function urgency(onHand: number, point: number): number {
  if (onHand === 0) return PRIORITY.urgent;
  return onHand * 2 < point ? PRIORITY.high : PRIORITY.normal;
}
