/** Checkout: turns a cart into receipt, lines, stock movements, promotions and payments. */
import { NULL } from '../domain/columns.ts';
import { PAYMENT, REASON, SOURCE, TENDER } from '../domain/values.ts';
import type { Substream } from '../engine/substream.ts';
import { DAY_MS } from '../engine/time.ts';
import {
  DECLINE_CHANCE,
  SMALL_TICKET_CENTS,
  TENDER_SHARES_LARGE,
  TENDER_SHARES_SMALL,
} from '../policy/shopping.ts';
import type { ZoneTime } from '../policy/local-time.ts';
import { drawChanged } from '../policy/shares.ts';
import { isGiftSeason, returnChance } from '../policy/returns.ts';
import type { Store as StoreMaster } from '../world/world.ts';
import type { CustomerSession } from './customer-session.ts';
import type { Merchandise } from './merchandise.ts';
import type { ChoiceRegion } from './product-choice.ts';
import type { SoldLine } from './returns-desk.ts';
import type { Recorder } from './services.ts';
import type { StoreIds } from './store-ids.ts';
import { misScannedLine, recordMisScan, type ScanningStore, takenFor } from './mis-scan.ts';

/** Returns the sales tax of a line in cents, rounded half up. @param taxBasisPoints rate in hundredths of a percent */
export function lineTaxCents(extPriceCents: number, taxBasisPoints: number): number {
  return Math.floor((extPriceCents * taxBasisPoints + 5000) / 10_000);
}

/** The parts of a store that checkout uses. */
export interface TillStore extends ScanningStore {
  readonly region: ScanningStore['region'] & Recorder & ChoiceRegion;
  readonly master: StoreMaster;
  readonly zone: ZoneTime;
  readonly merchandise: Merchandise;
  readonly ids: StoreIds;
  unitsSold: number;
  /** Called when part of a line will be returned. */
  planReturn(sold: SoldLine, stream: Substream): void;
}

/** Sells what is in the shopper's cart. */
export function ringUp(session: CustomerSession, store: TillStore): void {
  const { stream } = session;
  const { region, master, stock, merchandise } = store;
  const { facts, scratch, world } = region;
  const { salePriceCents, taxable, department } = world.products;
  const nowMs = region.nowMs;
  const receiptId = store.ids.receiptOf(session.sessionId);
  const giftSeason = isGiftSeason(store.zone.localDay(nowMs));
  merchandise.refresh(nowMs);
  const prices = session.member ? merchandise.memberPriceCents : merchandise.publicPriceCents;
  const codes = session.member ? merchandise.memberCode : merchandise.publicCode;

  // Totals first: the receipt is recorded before its lines and stock movements.
  let subtotalCents = 0;
  let taxCents = 0;
  let discountCents = 0;
  for (let index = 0; index < session.cartCount; index++) {
    const product = session.cartProduct(index);
    const qty = session.cartQty(index);
    const extPriceCents = prices[product] * qty;
    const taxed = taxable[product] === 1;
    const lineTax = taxed ? lineTaxCents(extPriceCents, master.taxBasisPoints) : 0;
    subtotalCents += extPriceCents;
    taxCents += lineTax;
    if (prices[product] < salePriceCents[product]) {
      discountCents += (salePriceCents[product] - prices[product]) * qty;
    }
  }

  const shares = subtotalCents < SMALL_TICKET_CENTS ? TENDER_SHARES_SMALL : TENDER_SHARES_LARGE;
  const { effects } = region;
  const tender = effects.touches.payments
    ? drawChanged(shares, (way) => effects.tender(master.id, way, nowMs), stream)
    : stream.weighted(shares, 1);
  const traceable = session.member || tender !== TENDER.cash;
  const receipt = scratch.receipts;
  receipt.traceId = session.sessionId;
  receipt.eventMs = nowMs;
  receipt.storeId = master.id;
  receipt.customerId = session.customerId;
  receipt.receiptId = receiptId;
  receipt.subtotalCents = subtotalCents;
  receipt.taxCents = taxCents;
  receipt.totalCents = subtotalCents + taxCents;
  receipt.tender = tender;
  receipt.discountCents = discountCents;
  receipt.sessionId = session.sessionId;
  facts.receipts(receipt);
  const slip = misScannedLine(store, session);

  const day = Math.floor(nowMs / DAY_MS);
  for (let index = 0; index < session.cartCount; index++) {
    const product = session.cartProduct(index);
    const qty = session.cartQty(index);
    const unitPriceCents = prices[product];
    const extPriceCents = unitPriceCents * qty;

    const line = scratch.receipt_lines;
    line.traceId = session.sessionId;
    line.eventMs = nowMs;
    line.receiptId = receiptId;
    line.line = index + 1;
    line.productId = product + 1;
    line.qty = qty;
    line.unitPriceCents = unitPriceCents;
    line.extPriceCents = extPriceCents;
    line.promoCode = codes[product];
    line.storeId = master.id;
    const taxed = taxable[product] === 1;
    line.taxCents = taxed ? lineTaxCents(extPriceCents, master.taxBasisPoints) : 0;
    facts.receipt_lines(line);
    let chance = returnChance(department[product], giftSeason, false);
    if (effects.touches.returns) chance *= effects.returns(master.id, department[product], nowMs);
    if (stream.unit() < chance) {
      const sold: SoldLine = {
        receiptId,
        orderId: NULL,
        line: index + 1,
        product,
        qty,
        extPriceCents,
        taxCents: line.taxCents,
        tender,
        giftSeason,
        traceable,
      };
      store.planReturn(sold, stream);
    }

    stock.held.add(product, -qty);
    const taken = index === slip ? takenFor(store, session, product) : -1;
    if (taken < 0) {
      stock.move(nowMs, product, -qty, REASON.sale, SOURCE.pos, session.sessionId);
    } else {
      stock.move(nowMs, product, -qty, REASON.sale, SOURCE.pos, session.sessionId, 0);
      recordMisScan(store, { sold: product, taken, qty }, session.sessionId);
    }
    store.unitsSold += qty;
    region.patrons.remember(session.patron, product, day, stream);

    if (unitPriceCents < salePriceCents[product]) {
      const promotion = scratch.promotions;
      promotion.traceId = session.sessionId;
      promotion.eventMs = nowMs;
      promotion.receiptId = receiptId;
      promotion.promoCode = codes[product];
      promotion.discountCents = (salePriceCents[product] - unitPriceCents) * qty;
      promotion.discountType = merchandise.discountType[product];
      promotion.productId = product + 1;
      promotion.orderId = NULL;
      facts.promotions(promotion);
    }
  }

  const payment = scratch.payments;
  payment.traceId = session.sessionId;
  payment.eventMs = nowMs;
  payment.receiptId = receiptId;
  payment.orderId = NULL;
  payment.tender = tender;
  payment.amountCents = subtotalCents + taxCents;
  payment.transactionId = store.ids.paymentOf(session.sessionId);
  const byCard = tender === TENDER.credit || tender === TENDER.debit;
  const declines = effects.touches.payments ? effects.declines(master.id, nowMs) : 1;
  if (byCard && stream.chance(DECLINE_CHANCE * declines)) {
    payment.status = PAYMENT.declined;
    facts.payments(payment);
  }
  payment.status = PAYMENT.approved;
  facts.payments(payment);

  session.receiptId = receiptId;
  session.subtotalCents = subtotalCents;
}
