/** A distribution center's purchasing: shrink is written off, and what runs low is ordered from suppliers. */

import { NULL } from '../domain/columns.ts';
import { PRIORITY, REASON, SOURCE } from '../domain/values.ts';
import { DAY_MS } from '../engine/time.ts';
import { poisson } from '../engine/variates.ts';
import {
  dcPolicy,
  dcVarianceRatio,
  orderQuantity,
  orderUpToLevel,
  reorderPoint,
  smooth,
} from '../policy/replenishment.ts';
import { seasonAhead } from '../policy/season.ts';
import type { Warehouse } from './warehouse.ts';

/** Units that go missing or break in a DC, per unit that stores order (NRF: far below the stores'). */
const SHRINK_SHARE = 0.0008;

/** How far ahead purchasing looks at the season. */
const PLANNING_DAYS = 6;

/** Orders from suppliers whatever has a position at or below its reorder point. */
export function reviewDcStock(warehouse: Warehouse): void {
  const { region, stock, dc } = warehouse;
  const { casePack, department, supplierId } = region.world.products;
  const { nowMs } = region;
  const ahead = seasonAhead(warehouse.zone.localDay(nowMs), PLANNING_DAYS);
  const slower = region.effects.leadTime(dc.id, nowMs);
  const policies = region.world.suppliers.map((supplier) =>
    dcPolicy(supplier.leadTimeDays * slower),
  );
  const stores = region.plan.stores.length;
  const offersNow = region.offers.during(nowMs - DAY_MS);
  const offersAhead = region.offers.during(nowMs + 3 * DAY_MS);
  const orders = new Map<number, number[]>();
  const row = region.scratch.reorders;
  let unitsAsked = 0;
  for (let product = 0; product < stock.onHand.length; product++) {
    const demand = stock.demandToday[product];
    unitsAsked += demand;
    stock.demandToday[product] = 0;
    stock.forecast[product] = smooth(stock.forecast[product], demand / offersNow[product]);
    const perDay = stock.forecast[product] * ahead[department[product]] * offersAhead[product];
    const policy = policies[supplierId[product] - 1];
    const point = Math.max(
      stock.openingReorderPoint[product],
      reorderPoint(policy, perDay, dcVarianceRatio(perDay, stores)),
    );
    stock.reorderPoint[product] = point;
    const position = stock.position(product);
    if (position > point) continue;
    const level = orderUpToLevel(policy, point, perDay, casePack[product]);
    const qty = orderQuantity(level, position, casePack[product]);
    const supplier = supplierId[product];
    let lines = orders.get(supplier);
    if (lines === undefined) {
      lines = [];
      orders.set(supplier, lines);
    }
    const orderId = region.supply.orderIdFor(supplier, lines.length === 0);
    lines.push(product, qty);
    const onHand = stock.onHand[product];
    stock.onOrder[product] += qty;
    row.traceId = orderId;
    row.eventMs = nowMs;
    row.storeId = NULL;
    row.dcId = dc.id;
    row.productId = product + 1;
    row.currentQuantity = onHand;
    row.reorderQuantity = qty;
    row.reorderPoint = point;
    row.priority =
      onHand === 0 ? PRIORITY.urgent : onHand * 2 < point ? PRIORITY.high : PRIORITY.normal;
    row.orderRef = orderId;
    row.inventoryPosition = position;
    row.orderUpToLevel = level;
    region.facts.reorders(row);
  }
  for (const [supplier, lines] of orders) region.supply.placeOrder(supplier, lines);
  writeOffShrink(warehouse, unitsAsked);
}

function writeOffShrink(warehouse: Warehouse, unitsAsked: number): void {
  const { region, stock, stream } = warehouse;
  const losses = poisson(stream, unitsAsked * SHRINK_SHARE);
  const counted = new Set<number>();
  for (let loss = 0; loss < losses; loss++) {
    const product = stream.below(stock.onHand.length);
    const reason = stream.chance(0.6) ? REASON.damaged : REASON.lost;
    if (counted.has(product) || warehouse.available(product) < 1) continue;
    counted.add(product);
    const traceId = warehouse.bases.adjustment + warehouse.adjustments++;
    stock.move(region.nowMs, product, -1, reason, SOURCE.count, traceId);
  }
}
