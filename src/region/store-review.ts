/** A store's evening: what was lost is written off, and what runs low is ordered from the DC. */

import { PRIORITY, REASON, SOURCE } from '../domain/values.ts';
import { DAY_MS } from '../engine/time.ts';
import { poisson } from '../engine/variates.ts';
import { DEPARTMENT_SHARES } from '../policy/departments.ts';
import {
  orderQuantity,
  orderUpToLevel,
  reorderPoint,
  STORE_POLICY,
  smooth,
} from '../policy/replenishment.ts';
import { seasonAhead } from '../policy/season.ts';
import { SHRINK_KINDS, SHRINK_SHARE } from '../policy/shopping.ts';
import type { Floor } from './floor.ts';

const LOSSES = [REASON.lost, REASON.damaged, REASON.adjustment] as const;

/** Writes off theft, damage and miscounts, in proportion to what was sold today. */
export function countStoreStock(floor: Floor): void {
  const { region, stock, operationsStream: stream } = floor;
  let units = poisson(stream, floor.unitsSoldToday * SHRINK_SHARE);
  floor.unitsSoldToday = 0;
  const counted = new Set<number>();
  floor.refreshDemand();
  for (let attempt = 0; attempt < units * 3 && units > 0; attempt++) {
    const department = stream.weighted(DEPARTMENT_SHARES, 1);
    const product = floor.merchandise.drawProduct(department, stream);
    const loss = LOSSES[stream.weighted(SHRINK_KINDS, 1)];
    const qty = 1 + stream.below(2);
    const found = loss === REASON.adjustment && stream.chance(0.35);
    if (product < 0 || stock.carried[product] === 0 || counted.has(product)) continue;
    if (!found && stock.available(product) < qty) continue;
    counted.add(product);
    const traceId = floor.bases.adjustment + floor.adjustments++;
    stock.move(region.nowMs, product, found ? qty : -qty, loss, SOURCE.count, traceId);
    units -= qty;
  }
}

/** Orders whatever has a position at or below its reorder point. */
export function reviewStoreStock(floor: Floor): void {
  const { region, stock, store } = floor;
  const { casePack, department } = region.world.products;
  const { nowMs } = region;
  const orderId = floor.bases.order + floor.orders++;
  const ahead = seasonAhead(floor.zone.localDay(nowMs), STORE_POLICY.protectionDays);
  // Demand is learned net of this week's offers, and planned for those of the days to come.
  const offersNow = region.offers.during(nowMs - DAY_MS);
  const offersAhead = region.offers.during(nowMs + DAY_MS);
  const row = region.scratch.reorders;
  const order: number[] = [];
  for (let product = 0; product < stock.carried.length; product++) {
    if (stock.carried[product] === 0) continue;
    const demand = stock.demandToday[product];
    stock.demandToday[product] = 0;
    stock.forecast[product] = smooth(stock.forecast[product], demand / offersNow[product]);
    const perDay = stock.forecast[product] * ahead[department[product]] * offersAhead[product];
    const point = Math.max(stock.openingReorderPoint[product], reorderPoint(STORE_POLICY, perDay));
    stock.reorderPoint[product] = point;
    const position = stock.position(product);
    if (position > point) continue;
    const level = orderUpToLevel(STORE_POLICY, point, perDay, casePack[product]);
    const qty = orderQuantity(level, position, casePack[product]);
    const onHand = stock.onHand[product];
    stock.onOrder[product] += qty;
    order.push(product, qty);
    row.traceId = orderId;
    row.eventMs = nowMs;
    row.storeId = store.id;
    row.dcId = store.dcId;
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
  if (order.length > 0) region.warehouse.receiveOrder(floor.index, orderId, order);
}
