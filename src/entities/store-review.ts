/** A store's evening review: products that run low by the record are ordered from the DC. */
import { HOUR_MS } from '../engine/time.ts';
import type { ZoneTime } from '../policy/local-time.ts';
import { reorderPoint, STORE_OFFER_DAYS, storePolicy } from '../policy/replenishment.ts';
import type { Store as StoreMaster } from '../world/world.ts';
import { type ReviewRegion, StockReview } from './stock-review.ts';
import type { StoreIds } from './store-ids.ts';
import type { StoreStock } from './store-stock.ts';

/** A review may end after midnight; before it by this, the store has traded. */
const SINCE_CLOSING_MS = 2 * HOUR_MS;

/** The parts of a store that ordering uses. */
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
  readonly stock: StoreStock;
  readonly ids: StoreIds;
}

/** Orders from the DC each product whose position, by the record, is at or below its reorder point. */
export function reviewStoreStock(store: ReviewedStore): void {
  const { region, stock, master } = store;
  const policy = storePolicy(master.dcDistanceKm, region.world.config.volume.store_cover_days);
  const orderId = store.ids.nextOrder();
  const review = new StockReview(region, {
    stock,
    storeId: master.id,
    dcId: master.dcId,
    day: store.zone.localDay(region.nowMs - SINCE_CLOSING_MS),
    protectionDays: policy.protectionDays,
    coverDays: policy.coverDays,
    offerDays: STORE_OFFER_DAYS,
    seesOnlySales: true,
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
