/** A store's evening review: shrink is written off, and products that run low are ordered from the DC. */
import { REASON, SOURCE } from '../domain/values.ts';
import type { Substream } from '../engine/substream.ts';
import { HOUR_MS } from '../engine/time.ts';
import { poisson } from '../engine/variates.ts';
import { DEPARTMENT_SHARES } from '../policy/departments.ts';
import type { ZoneTime } from '../policy/local-time.ts';
import { reorderPoint, STORE_OFFER_DAYS, storePolicy } from '../policy/replenishment.ts';
import { SHRINK_KINDS, SHRINK_SHARE } from '../policy/shopping.ts';
import type { Store as StoreMaster } from '../world/world.ts';
import type { Merchandise } from './merchandise.ts';
import { type ReviewRegion, StockReview } from './stock-review.ts';
import type { StockLedger } from './stock-ledger.ts';

/** A review may end after midnight; before it by this, the store has traded. */
const SINCE_CLOSING_MS = 2 * HOUR_MS;

const LOSSES = [REASON.lost, REASON.damaged, REASON.adjustment] as const;

/** The parts of a store that counting and ordering use. */
export interface ReviewedStore {
  readonly region: ReviewRegion & {
    readonly dc: {
      receiveOrder(storeIndex: number, orderRef: number, lines: readonly number[]): void;
    };
  };
  readonly master: StoreMaster;
  /** Place among the region's stores. */
  readonly index: number;
  readonly zone: ZoneTime;
  readonly stock: StockLedger;
  readonly merchandise: Merchandise;
  readonly operationsStream: Substream;
  unitsSoldToday: number;
  refreshDemand(): void;
  nextOrderId(): number;
  nextAdjustmentId(): number;
}

/** Writes off theft, damage and miscounts, in proportion to what was sold today. */
export function countStoreStock(store: ReviewedStore): void {
  const { region, stock, operationsStream: stream } = store;
  let units = poisson(stream, store.unitsSoldToday * SHRINK_SHARE);
  store.unitsSoldToday = 0;
  const counted = new Set<number>();
  store.refreshDemand();
  for (let attempt = 0; attempt < units * 3 && units > 0; attempt++) {
    const department = stream.weighted(DEPARTMENT_SHARES, 1);
    const product = store.merchandise.drawProduct(department, stream);
    const loss = LOSSES[stream.weighted(SHRINK_KINDS, 1)];
    const qty = 1 + stream.below(2);
    const found = loss === REASON.adjustment && stream.chance(0.35);
    if (product < 0 || stock.carried[product] === 0 || counted.has(product)) continue;
    if (!found && stock.available(product) < qty) continue;
    counted.add(product);
    const traceId = store.nextAdjustmentId();
    stock.move(region.nowMs, product, found ? qty : -qty, loss, SOURCE.count, traceId);
    units -= qty;
  }
}

/** Orders from the DC each product whose position is at or below its reorder point. */
export function reviewStoreStock(store: ReviewedStore): void {
  const { region, stock, master } = store;
  const policy = storePolicy(master.dcDistanceKm, region.world.config.volume.store_cover_days);
  const orderId = store.nextOrderId();
  const review = new StockReview(region, {
    stock,
    storeId: master.id,
    dcId: master.dcId,
    day: store.zone.localDay(region.nowMs - SINCE_CLOSING_MS),
    protectionDays: policy.protectionDays,
    coverDays: policy.coverDays,
    offerDays: STORE_OFFER_DAYS,
    orderIdFor: () => orderId,
  });
  const order: number[] = [];
  for (let product = 0; product < stock.carried.length; product++) {
    if (stock.carried[product] === 0) continue;
    const perDay = review.plannedPerDay(product);
    const qty = review.orderIfLow(product, policy, reorderPoint(policy, perDay));
    if (qty > 0) order.push(product, qty);
  }
  if (order.length > 0) region.dc.receiveOrder(store.index, orderId, order);
}
