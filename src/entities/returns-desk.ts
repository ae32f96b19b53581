/** Goods that come back to a store: planned when they are sold, taken back weeks later. */
import { NULL } from '../domain/columns.ts';
import { PAYMENT, REASON, SOURCE, TENDER } from '../domain/values.ts';
import type { Substream } from '../engine/substream.ts';
import { DAY_MS, HOUR_MS } from '../engine/time.ts';
import { lognormal } from '../engine/variates.ts';
import { daysAfterGiving } from '../policy/gifts.ts';
import {
  RESTOCK_CHANCE,
  RETURN_MAX_DAYS,
  RETURN_MEDIAN_DAYS,
  RETURN_REASON_SHARES,
} from '../policy/shopping.ts';
import type { Floor } from './floor.ts';
import { nextTradingDay } from './store-hours.ts';

const FIELD = {
  receiptId: 0,
  line: 1,
  product: 2,
  qty: 3,
  refundCents: 4,
  taxCents: 5,
  reason: 6,
  restock: 7,
} as const;
const GIFT_REASON = 4;

/** Plans the return of (part of) a line sold now. */
export function planGoodsBack(
  floor: Floor,
  receiptId: number,
  line: number,
  product: number,
  qty: number,
  extPriceCents: number,
  taxCents: number,
  stream: Substream,
): void {
  const { region } = floor;
  const back = qty > 1 && stream.chance(0.4) ? 1 + stream.below(qty) : qty;
  const giftDays = daysAfterGiving(
    floor.zone.localDay(region.nowMs),
    region.world.products.department[product],
    stream,
  );
  const days = giftDays ?? Math.min(RETURN_MAX_DAYS, lognormal(stream, RETURN_MEDIAN_DAYS, 0.8));
  const reason = giftDays === undefined ? stream.weighted(RETURN_REASON_SHARES, 1) : GIFT_REASON;
  const slot = region.goodsBack.add(
    receiptId,
    line,
    product,
    back,
    // Rounded down: never refund more than was paid.
    Math.floor((extPriceCents * back) / qty),
    Math.floor((taxCents * back) / qty),
    reason,
    stream.chance(RESTOCK_CHANCE) ? 1 : 0,
  );
  const atMs = region.nowMs + Math.round(days * DAY_MS) + stream.below(4 * HOUR_MS) + 1;
  region.sendAt(atMs, floor.handle, 'RETURN_DUE', slot);
}

/** The store is shut: the customer comes on the next trading day. */
export function postponeGoodsBack(floor: Floor, slot: number): void {
  const { region } = floor;
  const next = nextTradingDay(floor.zone, region.nowMs);
  const atMs = next.openMs + HOUR_MS + floor.operationsStream.below(10 * HOUR_MS);
  region.sendAt(atMs, floor.handle, 'RETURN_DUE', slot);
}

/** Takes the goods back, refunds them, and puts on the shelf what can be sold again. */
export function takeGoodsBack(floor: Floor, slot: number): void {
  const { region, store } = floor;
  const { goodsBack, scratch, facts, nowMs } = region;
  const traceId = floor.bases.return + floor.returns;
  const product = goodsBack.get(slot, FIELD.product);
  const qty = goodsBack.get(slot, FIELD.qty);
  const receiptId = goodsBack.get(slot, FIELD.receiptId);
  const refundCents = goodsBack.get(slot, FIELD.refundCents);

  const row = scratch.returns;
  row.traceId = traceId;
  row.eventMs = nowMs;
  row.receiptId = receiptId;
  row.line = goodsBack.get(slot, FIELD.line);
  row.storeId = store.id;
  row.productId = product + 1;
  row.qty = qty;
  row.refundCents = refundCents;
  row.reason = goodsBack.get(slot, FIELD.reason);
  facts.returns(row);

  const payment = scratch.payments;
  payment.traceId = traceId;
  payment.eventMs = nowMs;
  payment.receiptId = receiptId;
  payment.orderId = NULL;
  payment.tender = TENDER.credit;
  payment.amountCents = refundCents + goodsBack.get(slot, FIELD.taxCents);
  payment.transactionId = floor.bases.refund + floor.returns;
  payment.status = PAYMENT.refunded;
  facts.payments(payment);

  if (goodsBack.get(slot, FIELD.restock) === 1) {
    floor.stock.move(nowMs, product, qty, REASON.return, SOURCE.returns, traceId);
  }
  floor.returns++;
  goodsBack.release(slot);
}
