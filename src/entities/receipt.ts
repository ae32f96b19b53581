/** At the till: turns a cart into receipt, lines, stock movements, promotions and payments. */
import { NULL } from '../domain/columns.ts';
import { idBase, sequenceOf } from '../domain/ids.ts';
import { PAYMENT, REASON, SOURCE, TENDER } from '../domain/values.ts';
import {
  DECLINE_CHANCE,
  RETURN_CHANCES,
  SMALL_TICKET_CENTS,
  TENDER_SHARES_LARGE,
  TENDER_SHARES_SMALL,
} from '../policy/shopping.ts';
import type { Visit } from './visit.ts';

/** Sales tax of a line, round half up; the rate in hundredths of a percent. */
export function lineTaxCents(extPriceCents: number, taxBasisPoints: number): number {
  return Math.floor((extPriceCents * taxBasisPoints + 5000) / 10_000);
}

/** Sells what is in the visit's cart. */
export function ringUp(visit: Visit): void {
  const { floor, stream } = visit;
  const { region, store, stock, merchandise } = floor;
  const { facts, scratch, world } = region;
  const { salePriceCents, taxable, department } = world.products;
  const nowMs = region.nowMs;
  const receiptId = floor.receiptBase + sequenceOf(visit.sessionId);
  merchandise.refresh(nowMs);
  const prices = visit.member ? merchandise.memberPriceCents : merchandise.publicPriceCents;
  const codes = visit.member ? merchandise.memberCode : merchandise.publicCode;

  // Sums first: the receipt is what its lines and the movements of stock follow from.
  let subtotalCents = 0;
  let taxCents = 0;
  let discountCents = 0;
  for (let index = 0; index < visit.cartCount; index++) {
    const product = visit.cartProduct[index];
    const qty = visit.cartQty[index];
    const extPriceCents = prices[product] * qty;
    const taxed = taxable[product] === 1;
    const lineTax = taxed ? lineTaxCents(extPriceCents, store.taxBasisPoints) : 0;
    subtotalCents += extPriceCents;
    taxCents += lineTax;
    if (prices[product] < salePriceCents[product]) {
      discountCents += (salePriceCents[product] - prices[product]) * qty;
    }
    if (stream.unit() < RETURN_CHANCES[department[product]]) {
      floor.planReturn(receiptId, index + 1, product, qty, extPriceCents, lineTax, stream);
    }
  }

  const shares = subtotalCents < SMALL_TICKET_CENTS ? TENDER_SHARES_SMALL : TENDER_SHARES_LARGE;
  const tender = stream.weighted(shares, 1);
  const receipt = scratch.receipts;
  receipt.traceId = visit.sessionId;
  receipt.eventMs = nowMs;
  receipt.storeId = store.id;
  receipt.customerId = visit.customerId;
  receipt.receiptId = receiptId;
  receipt.subtotalCents = subtotalCents;
  receipt.taxCents = taxCents;
  receipt.totalCents = subtotalCents + taxCents;
  receipt.tender = tender;
  receipt.discountCents = discountCents;
  receipt.sessionId = visit.sessionId;
  facts.receipts(receipt);

  for (let index = 0; index < visit.cartCount; index++) {
    const product = visit.cartProduct[index];
    const qty = visit.cartQty[index];
    const unitPriceCents = prices[product];
    const extPriceCents = unitPriceCents * qty;

    const line = scratch.receipt_lines;
    line.traceId = visit.sessionId;
    line.eventMs = nowMs;
    line.receiptId = receiptId;
    line.line = index + 1;
    line.productId = product + 1;
    line.qty = qty;
    line.unitPriceCents = unitPriceCents;
    line.extPriceCents = extPriceCents;
    line.promoCode = codes[product];
    line.storeId = store.id;
    const taxed = taxable[product] === 1;
    line.taxCents = taxed ? lineTaxCents(extPriceCents, store.taxBasisPoints) : 0;
    facts.receipt_lines(line);

    stock.held[product] -= qty;
    stock.move(nowMs, product, -qty, REASON.sale, SOURCE.pos, visit.sessionId);
    floor.unitsSoldToday += qty;
    region.patrons.remember(visit.patron, product);

    if (unitPriceCents < salePriceCents[product]) {
      const promotion = scratch.promotions;
      promotion.traceId = visit.sessionId;
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
  payment.traceId = visit.sessionId;
  payment.eventMs = nowMs;
  payment.receiptId = receiptId;
  payment.orderId = NULL;
  payment.tender = tender;
  payment.amountCents = subtotalCents + taxCents;
  payment.transactionId = floor.paymentBase + sequenceOf(visit.sessionId);
  const byCard = tender === TENDER.credit || tender === TENDER.debit;
  if (byCard && stream.chance(DECLINE_CHANCE)) {
    payment.status = PAYMENT.declined;
    facts.payments(payment);
  }
  payment.status = PAYMENT.approved;
  facts.payments(payment);

  visit.receiptId = receiptId;
  visit.subtotalCents = subtotalCents;
}

/** First id of each kind that a store hands out. */
export function storeIdBases(storeId: number) {
  return {
    session: idBase('session', storeId),
    receipt: idBase('receipt', storeId),
    payment: idBase('receiptPayment', storeId),
    order: idBase('storeOrder', storeId),
    return: idBase('return', storeId),
    refund: idBase('refund', storeId),
    adjustment: idBase('storeAdjustment', storeId),
    operation: idBase('storeOperation', storeId),
    beacon: idBase('beacon', storeId),
    sensor: idBase('sensor', storeId),
  };
}
