/** Returns of goods to a region's stores: planned when the goods are sold, returned up to weeks later. */
import type { Sections } from '../domain/plain-data.ts';
import { PAYMENT, REASON, SOURCE } from '../domain/values.ts';
import type { Substream } from '../engine/substream.ts';
import { DAY_MS, HOUR_MS } from '../engine/time.ts';
import type { ZoneTime } from '../policy/local-time.ts';
import { DISPOSITION, dayAfterChristmas, drawReturn, RETURN_REASON } from '../policy/returns.ts';
import type { Actors, Recorder, Setting } from './services.ts';
import { SlotPool } from './slot-pool.ts';
import type { SavedState, StatefulPart } from './state.ts';
import type { StockLedger } from './stock-ledger.ts';
import { nextTradingDay } from './store-hours.ts';
import type { StoreIds } from './store-ids.ts';

/** The parts of a store that returns use. */
export interface ReturnsStore {
  readonly handle: number;
  readonly master: { readonly id: number };
  readonly zone: ZoneTime;
  readonly stock: StockLedger;
  readonly operationsStream: Substream;
  readonly ids: StoreIds;
}

/** A line of a receipt or an online order that will be returned in part or in whole. */
export interface SoldLine {
  /** NULL for an online order. */
  readonly receiptId: number;
  /** NULL for a receipt. */
  readonly orderId: number;
  readonly line: number;
  /** Index of the product. */
  readonly product: number;
  readonly qty: number;
  readonly extPriceCents: number;
  readonly taxCents: number;
  /** Index into TENDERS: refunds go the way the payment came. */
  readonly tender: number;
  /** Whether it was bought in the weeks before Christmas. */
  readonly giftSeason: boolean;
  /** Whether the store finds the sale without a receipt. */
  readonly traceable: boolean;
}

export class ReturnsDesk implements StatefulPart {
  private readonly region: Actors & Recorder & Setting;
  private readonly pool = new SlotPool([
    'receiptId',
    'orderId',
    'line',
    'product',
    'qty',
    'refundCents',
    'taxCents',
    'tender',
    'reason',
    'withReceipt',
    'disposition',
  ]);

  constructor(region: Actors & Recorder & Setting) {
    this.region = region;
  }

  /** Plans the return of (part of) a line that the customer has now. @param stream of the visit or the order */
  plan(store: ReturnsStore, sold: SoldLine, stream: Substream): void {
    const { region } = this;
    const { receiptId, orderId, line, product, qty, tender, giftSeason, traceable } = sold;
    const { products } = region.world;
    const drawn = drawReturn(
      {
        department: products.department[product],
        units: qty,
        giftSeason,
        refrigerated: products.refrigerated[product] === 1,
        traceable,
      },
      stream,
    );
    const { units, reason } = drawn;
    // A store has no place on its shelves for what it does not carry.
    const homeless = drawn.disposition === DISPOSITION.restocked && !store.stock.carried[product];
    const slot = this.pool.add({
      receiptId,
      orderId,
      line,
      product,
      qty: units,
      // Rounded down: never refund more than was paid.
      refundCents: Math.floor((sold.extPriceCents * units) / qty),
      taxCents: Math.floor((sold.taxCents * units) / qty),
      tender,
      reason,
      withReceipt: drawn.withReceipt ? 1 : 0,
      disposition: homeless ? DISPOSITION.resold : drawn.disposition,
    });
    const fromMs =
      reason === RETURN_REASON.unwantedGift
        ? store.zone.localMidnightMs(dayAfterChristmas(store.zone.localDay(region.nowMs)))
        : region.nowMs;
    const atMs = Math.max(region.nowMs, fromMs) + Math.round(drawn.days * DAY_MS);
    region.sendAt(atMs + 1 + stream.below(4 * HOUR_MS), store.handle, 'RETURN_DUE', slot);
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
    const { returnId, refundId } = store.ids.nextReturn();
    const product = pool.get(slot, 'product');
    const qty = pool.get(slot, 'qty');
    const receiptId = pool.get(slot, 'receiptId');
    const orderId = pool.get(slot, 'orderId');
    const refundCents = pool.get(slot, 'refundCents');
    const disposition = pool.get(slot, 'disposition');

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
    row.orderId = orderId;
    row.withReceipt = pool.get(slot, 'withReceipt');
    row.disposition = disposition;
    facts.returns(row);

    const payment = scratch.payments;
    payment.traceId = returnId;
    payment.eventMs = nowMs;
    payment.receiptId = receiptId;
    payment.orderId = orderId;
    payment.tender = pool.get(slot, 'tender');
    payment.amountCents = refundCents + pool.get(slot, 'taxCents');
    payment.transactionId = refundId;
    payment.status = PAYMENT.refunded;
    facts.payments(payment);

    if (disposition === DISPOSITION.restocked) {
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
