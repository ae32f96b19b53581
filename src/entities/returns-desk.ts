/** Returns of goods to a region's stores: planned when the goods are sold, returned up to weeks later. */
import { NULL } from '../domain/columns.ts';
import type { Sections } from '../domain/plain-data.ts';
import { PAYMENT, REASON, SOURCE, TENDER } from '../domain/values.ts';
import type { Substream } from '../engine/substream.ts';
import { DAY_MS, HOUR_MS } from '../engine/time.ts';
import { lognormal } from '../engine/variates.ts';
import { daysAfterGiving } from '../policy/gifts.ts';
import type { ZoneTime } from '../policy/local-time.ts';
import {
  RESTOCK_CHANCE,
  RETURN_MAX_DAYS,
  RETURN_MEDIAN_DAYS,
  RETURN_REASON_SHARES,
} from '../policy/shopping.ts';
import type { Actors, Recorder, Setting } from './services.ts';
import { SlotPool } from './slot-pool.ts';
import type { SavedState, StatefulPart } from './state.ts';
import type { StockLedger } from './stock-ledger.ts';
import { nextTradingDay } from './store-hours.ts';

const GIFT_REASON = 4;

/** The parts of a store that returns use. */
export interface ReturnsStore {
  readonly handle: number;
  readonly master: { readonly id: number };
  readonly zone: ZoneTime;
  readonly stock: StockLedger;
  readonly operationsStream: Substream;
  /** Returns the ids of the next return and its refund. */
  nextReturn(): { readonly returnId: number; readonly refundId: number };
}

/** A line of a receipt that will be returned in part or in whole. */
export interface SoldLine {
  readonly receiptId: number;
  readonly line: number;
  /** Index of the product. */
  readonly product: number;
  readonly qty: number;
  readonly extPriceCents: number;
  readonly taxCents: number;
}

export class ReturnsDesk implements StatefulPart {
  private readonly region: Actors & Recorder & Setting;
  private readonly pool = new SlotPool([
    'receiptId',
    'line',
    'product',
    'qty',
    'refundCents',
    'taxCents',
    'reason',
    'restock',
  ]);

  constructor(region: Actors & Recorder & Setting) {
    this.region = region;
  }

  /** Plans the return of (part of) a line sold now. @param stream of the customer's visit */
  plan(store: ReturnsStore, sold: SoldLine, stream: Substream): void {
    const { region } = this;
    const { receiptId, line, product, qty } = sold;
    const back = qty > 1 && stream.chance(0.4) ? 1 + stream.below(qty) : qty;
    const giftDays = daysAfterGiving(
      store.zone.localDay(region.nowMs),
      region.world.products.department[product],
      stream,
    );
    const days = giftDays ?? Math.min(RETURN_MAX_DAYS, lognormal(stream, RETURN_MEDIAN_DAYS, 0.8));
    const reason = giftDays === undefined ? stream.weighted(RETURN_REASON_SHARES, 1) : GIFT_REASON;
    const slot = this.pool.add({
      receiptId,
      line,
      product,
      qty: back,
      // Rounded down: never refund more than was paid.
      refundCents: Math.floor((sold.extPriceCents * back) / qty),
      taxCents: Math.floor((sold.taxCents * back) / qty),
      reason,
      restock: stream.chance(RESTOCK_CHANCE) ? 1 : 0,
    });
    const atMs = region.nowMs + Math.round(days * DAY_MS) + stream.below(4 * HOUR_MS) + 1;
    region.sendAt(atMs, store.handle, 'RETURN_DUE', slot);
  }

  /** Called while the store is closed: the customer comes on the next trading day. */
  postpone(store: ReturnsStore, slot: number): void {
    const { region } = this;
    const next = nextTradingDay(store.zone, region.nowMs);
    const atMs = next.openMs + HOUR_MS + store.operationsStream.below(10 * HOUR_MS);
    region.sendAt(atMs, store.handle, 'RETURN_DUE', slot);
  }

  /** Records the return and its refund, and puts the units that can be sold again into the backroom. */
  take(store: ReturnsStore, slot: number): void {
    const { pool } = this;
    const { scratch, facts, nowMs } = this.region;
    const { returnId, refundId } = store.nextReturn();
    const product = pool.get(slot, 'product');
    const qty = pool.get(slot, 'qty');
    const receiptId = pool.get(slot, 'receiptId');
    const refundCents = pool.get(slot, 'refundCents');

    const row = scratch.returns;
    row.traceId = returnId;
    row.eventMs = nowMs;
    row.receiptId = receiptId;
    row.line = pool.get(slot, 'line');
    row.storeId = store.master.id;
    row.productId = product + 1;
    row.qty = qty;
    row.refundCents = refundCents;
    row.reason = pool.get(slot, 'reason');
    facts.returns(row);

    const payment = scratch.payments;
    payment.traceId = returnId;
    payment.eventMs = nowMs;
    payment.receiptId = receiptId;
    payment.orderId = NULL;
    payment.tender = TENDER.credit;
    payment.amountCents = refundCents + pool.get(slot, 'taxCents');
    payment.transactionId = refundId;
    payment.status = PAYMENT.refunded;
    facts.payments(payment);

    if (pool.get(slot, 'restock') === 1) {
      store.stock.move(nowMs, product, qty, REASON.return, SOURCE.returns, returnId);
    }
    pool.release(slot);
  }

  save(): Sections {
    return this.pool.save('goodsBack');
  }

  restore(saved: SavedState): void {
    this.pool.restore(saved, 'goodsBack');
  }
}
