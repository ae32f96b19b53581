/**
 * What the nodes of a region have on order when the world opens, brought forward into the books at that instant.
 *
 * Each product that is on order has one line in `reorders`. Of the DC's orders the goods follow in the portions in which
 * they were ordered: some are with the suppliers, others on trucks that leave the depots now. The goods of the stores' orders
 * leave the DC now.
 */
import { NULL } from '../domain/columns.ts';
import { DAY_MS } from '../engine/time.ts';
import type { OpeningOrder, OpeningStock } from '../world/world.ts';
import type { Recorder, Setting } from './services.ts';
import type { StockLedger } from './stock-ledger.ts';
import type { StoreIds } from './store-ids.ts';
import { urgency } from './stock-review.ts';

/** Goods of an order, on their way to the DC. */
export interface GoodsOnTheRoad {
  readonly product: number;
  readonly units: number;
  readonly supplierId: number;
  readonly orderId: number;
}

/** The parts of a region that its opening uses. */
export interface OpenedRegion extends Recorder, Setting {
  readonly supply: {
    orderIdFor(supplierId: number, fresh: boolean): number;
    takeOver(supplierId: number, orderId: number, lines: number[], promisedMs: number): void;
    takeOverLoads(goods: readonly GoodsOnTheRoad[]): void;
  };
  readonly stores: readonly OpenedStore[];
}

interface OpenedStore {
  readonly index: number;
  readonly stock: StockLedger;
  readonly ids: StoreIds;
}

/** The parts of a distribution center that its opening uses. */
export interface OpenedDc {
  readonly region: OpenedRegion;
  readonly stock: StockLedger;
  /** Accepts an order that has waited long enough for any truck. */
  receiveOldOrder(storeIndex: number, orderRef: number, lines: readonly number[]): void;
}

/** Records the open orders of the DC and gives them to the suppliers and their trucks. */
export function bringForward(dc: OpenedDc): void {
  const { region } = dc;
  const { world, plan } = region;
  bringForwardPurchases(dc, world.openingDcStock(plan.id));
  region.stores.forEach((store, index) => {
    bringForwardStoreOrder(dc, store, world.openingStoreStock(plan.stores[index].id));
  });
}

function bringForwardPurchases(dc: OpenedDc, { orders }: OpeningStock): void {
  const { region, stock } = dc;
  const { nowMs, supply } = region;
  const orderIds = new Map<number, number>();
  for (const [product, { units, supplierId }] of byProduct(orders)) {
    const orderId = supply.orderIdFor(supplierId, !orderIds.has(supplierId));
    orderIds.set(supplierId, orderId);
    recordLine(region, stock, { orderId, storeId: NULL, product, units });
  }
  const onTheRoad: GoodsOnTheRoad[] = [];
  /** Lines that are ready together, by supplier and instant. */
  const portions = new Map<string, { supplierId: number; readyMs: number; lines: number[] }>();
  for (const { product, units, supplierId, dueDays } of orders) {
    const orderId = orderIds.get(supplierId) as number;
    if (dueDays <= 0) {
      onTheRoad.push({ product, units, supplierId, orderId });
      continue;
    }
    const readyMs = nowMs + Math.ceil(dueDays * DAY_MS);
    const key = `${supplierId}/${readyMs}`;
    const portion = portions.get(key) ?? { supplierId, readyMs, lines: [] };
    portion.lines.push(product, units);
    portions.set(key, portion);
  }
  for (const { supplierId, readyMs, lines } of portions.values()) {
    supply.takeOver(supplierId, orderIds.get(supplierId) as number, lines, readyMs);
  }
  supply.takeOverLoads(onTheRoad);
}

function bringForwardStoreOrder(dc: OpenedDc, store: OpenedStore, { orders }: OpeningStock): void {
  if (orders.length === 0) return;
  const { region } = dc;
  const orderId = store.ids.nextOrder();
  const storeId = region.plan.stores[store.index].id;
  const lines: number[] = [];
  for (const { product, units } of orders) {
    recordLine(region, store.stock, { orderId, storeId, product, units });
    lines.push(product, units);
  }
  dc.receiveOldOrder(store.index, orderId, lines);
}

/** The units on order and the supplier of each product. */
function byProduct(orders: readonly OpeningOrder[]) {
  const sums = new Map<number, { units: number; supplierId: number }>();
  for (const { product, units, supplierId } of orders) {
    const sum = sums.get(product);
    if (sum === undefined) sums.set(product, { units, supplierId });
    else sum.units += units;
  }
  return sums;
}

function recordLine(
  region: OpenedRegion,
  stock: StockLedger,
  line: { orderId: number; storeId: number; product: number; units: number },
): void {
  const { orderId, product, units } = line;
  const onHand = stock.believed(product);
  const position = stock.position(product);
  const point = Math.max(stock.reorderPoint[product], position);
  stock.onOrder.add(product, units);
  const row = region.scratch.reorders;
  row.orderRef = orderId;
  row.traceId = orderId;
  row.eventMs = region.nowMs;
  row.storeId = line.storeId;
  row.dcId = region.plan.id;
  row.productId = product + 1;
  row.currentQuantity = onHand;
  row.reorderQuantity = units;
  row.reorderPoint = point;
  row.priority = urgency(onHand, point);
  row.inventoryPosition = position;
  row.orderUpToLevel = position + units;
  row.stockoutTraceId = NULL;
  region.facts.reorders(row);
}
