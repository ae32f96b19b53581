/** A distribution center's purchasing: shrink is written off, and products that run low are ordered from suppliers. */
import { NULL } from '../domain/columns.ts';
import { REASON, SOURCE } from '../domain/values.ts';
import type { Substream } from '../engine/substream.ts';
import { poisson } from '../engine/variates.ts';
import type { ZoneTime } from '../policy/local-time.ts';
import { dcPolicy, dcVarianceRatio, reorderPoint } from '../policy/replenishment.ts';
import type { DistributionCenter as DcMaster } from '../world/world.ts';
import type { StockLedger } from './stock-ledger.ts';
import { type ReviewRegion, StockReview } from './stock-review.ts';

/** Units lost or broken in a DC for each unit that stores order (NRF: far below the stores' share). */
const SHRINK_SHARE = 0.0008;

/** Days ahead for which purchasing considers the season. */
const PLANNING_DAYS = 6;

/** The parts of a distribution center that counting and ordering use. */
export interface ReviewedDc {
  readonly region: ReviewRegion & {
    readonly supply: {
      orderIdFor(supplierId: number, fresh: boolean): number;
      placeOrder(supplierId: number, lines: number[]): void;
    };
  };
  readonly master: DcMaster;
  readonly zone: ZoneTime;
  readonly stock: StockLedger;
  readonly stream: Substream;
  nextAdjustmentId(): number;
}

/** Orders from suppliers each product whose position is at or below its reorder point. */
export function reviewDcStock(dc: ReviewedDc): void {
  const { region, stock, master } = dc;
  const { supplierId } = region.world.products;
  const slower = region.effects.leadTime(master.id, region.nowMs);
  const policies = region.world.suppliers.map((supplier) =>
    dcPolicy(supplier.leadTimeDays * slower),
  );
  const stores = region.plan.stores.length;
  /** By supplier: pairs of product index and units. */
  const orders = new Map<number, number[]>();
  const review = new StockReview(region, {
    stock,
    storeId: NULL,
    dcId: master.id,
    day: dc.zone.localDay(region.nowMs),
    seasonDays: PLANNING_DAYS,
    offerDays: PLANNING_DAYS / 2,
    orderIdFor: (product) => {
      const supplier = supplierId[product];
      return region.supply.orderIdFor(supplier, !orders.has(supplier));
    },
  });
  for (let product = 0; product < stock.onHand.length; product++) {
    const perDay = review.plannedPerDay(product);
    const supplier = supplierId[product];
    const policy = policies[supplier - 1];
    const point = reorderPoint(policy, perDay, dcVarianceRatio(perDay, stores));
    const qty = review.orderIfLow(product, policy, perDay, point);
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
  const unitsAsked = stock.demandToday.reduce((sum, units) => sum + units, 0);
  const losses = poisson(stream, unitsAsked * SHRINK_SHARE);
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
