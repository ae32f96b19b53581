/** A distribution center's purchasing: shrink is written off, and products that run low are ordered from suppliers. */
import { NULL } from '../domain/columns.ts';
import { REASON, SOURCE } from '../domain/values.ts';
import type { Substream } from '../engine/substream.ts';
import { poisson } from '../engine/variates.ts';
import type { ZoneTime } from '../policy/local-time.ts';
import {
  DC_OFFER_DAYS,
  dcPolicy,
  dcVarianceRatio,
  reorderPoint,
  usualDcPolicy,
} from '../policy/replenishment.ts';
import type { DistributionCenter as DcMaster } from '../world/world.ts';
import type { StockLedger } from './stock-ledger.ts';
import { type ReviewRegion, StockReview } from './stock-review.ts';

/** Units lost or broken in a DC for each unit that stores order (NRF: far below the stores' share). */
const SHRINK_SHARE = 0.0008;

/** The parts of a distribution center that counting and ordering use. */
export interface ReviewedDc {
  readonly region: ReviewRegion & {
    readonly stores: readonly { readonly stock: StockLedger }[];
    readonly supply: {
      orderIdFor(supplierId: number, fresh: boolean): number;
      placeOrder(supplierId: number, lines: number[]): void;
    };
  };
  readonly master: DcMaster;
  readonly zone: ZoneTime;
  readonly stock: StockLedger;
  readonly stream: Substream;
  /** Units that stores have ordered since the last count. */
  unitsAskedToday: number;
  nextAdjustmentId(): number;
}

/**
 * Orders from suppliers each product whose position is at or below its reorder point. The DC plans with the forecasts of
 * its stores (distribution requirements planning) and its own of online orders, not with the lots that stores order.
 */
export function reviewDcStock(dc: ReviewedDc): void {
  const { region, stock, master } = dc;
  const { supplierId, casePack } = region.world.products;
  const { dc_cover_days: coverDays, store_cover_days: storeCoverDays } = region.world.config.volume;
  const policies = region.world.suppliers.map((supplier) =>
    dcPolicy(
      supplier.leadTimeDays * region.effects.leadTime(master.id, region.nowMs, supplier.id),
      coverDays,
    ),
  );
  const stores = region.plan.stores.length;
  /** By supplier: pairs of product index and units. */
  const orders = new Map<number, number[]>();
  const review = new StockReview(region, {
    stock,
    storeId: NULL,
    dcId: master.id,
    day: dc.zone.localDay(region.nowMs),
    protectionDays: usualDcPolicy(coverDays).protectionDays,
    coverDays,
    offerDays: DC_OFFER_DAYS,
    downstream: (product) => {
      let perDay = 0;
      for (const store of region.stores) perDay += store.stock.forecast[product];
      return perDay;
    },
    seesOnlySales: false,
    orderIdFor: (product) => {
      const supplier = supplierId[product];
      return region.supply.orderIdFor(supplier, !orders.has(supplier));
    },
  });
  for (let product = 0; product < stock.onHand.length; product++) {
    const perDay = review.plannedPerDay(product);
    const supplier = supplierId[product];
    const policy = policies[supplier - 1];
    const ratio = dcVarianceRatio(perDay, stores, storeCoverDays, casePack[product]);
    const qty = review.orderIfLow(product, policy, reorderPoint(policy, perDay, ratio));
    if (qty === 0) continue;
    const lines = orders.get(supplier);
    if (lines === undefined) orders.set(supplier, [product, qty]);
    else lines.push(product, qty);
  }
  for (const [supplier, lines] of orders) region.supply.placeOrder(supplier, lines);
}

/** Writes off the units that a count finds missing or broken. */
export function countDcStock(dc: ReviewedDc): void {
  const { region, stock, stream } = dc;
  const losses = poisson(stream, dc.unitsAskedToday * SHRINK_SHARE);
  dc.unitsAskedToday = 0;
  const counted = new Set<number>();
  for (let loss = 0; loss < losses; loss++) {
    const product = stream.below(stock.onHand.length);
    const reason = stream.chance(0.6) ? REASON.damaged : REASON.lost;
    if (counted.has(product) || stock.available(product) < 1) continue;
    counted.add(product);
    const traceId = dc.nextAdjustmentId();
    stock.move(region.nowMs, product, -1, reason, SOURCE.count, traceId);
  }
}
