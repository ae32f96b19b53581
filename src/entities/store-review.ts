/** A store's evening: what was lost is written off, and what runs low is ordered from the DC. */
import { REASON, SOURCE } from '../domain/values.ts';
import { poisson } from '../engine/variates.ts';
import { DEPARTMENT_SHARES } from '../policy/departments.ts';
import { reorderPoint, STORE_POLICY } from '../policy/replenishment.ts';
import { SHRINK_KINDS, SHRINK_SHARE } from '../policy/shopping.ts';
import type { Floor } from './floor.ts';
import { StockReview } from './stock-review.ts';

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

/** Orders from the DC whatever has a position at or below its reorder point. */
export function reviewStoreStock(floor: Floor): void {
  const { region, stock, store } = floor;
  const orderId = floor.bases.order + floor.orders++;
  const review = new StockReview(region, {
    stock,
    storeId: store.id,
    dcId: store.dcId,
    day: floor.zone.localDay(region.nowMs),
    seasonDays: STORE_POLICY.protectionDays,
    offerDays: 1,
  });
  const order: number[] = [];
  for (let product = 0; product < stock.carried.length; product++) {
    if (stock.carried[product] === 0) continue;
    const perDay = review.plannedPerDay(product);
    const point = reorderPoint(STORE_POLICY, perDay);
    const qty = review.orderIfLow(product, STORE_POLICY, perDay, point, () => orderId);
    if (qty > 0) order.push(product, qty);
  }
  if (order.length > 0) region.warehouse.receiveOrder(floor.index, orderId, order);
}
