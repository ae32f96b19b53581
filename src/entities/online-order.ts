/** An online order: placed, picked at a store or the DC, shipped or collected, sometimes cancelled. */
import { NULL } from '../domain/columns.ts';
import type { OnlineOrderPort } from '../domain/ports.ts';
import { FULFILLMENT, NODE, ORDER_STATUS, PAYMENT, REASON, SOURCE } from '../domain/values.ts';
import { Substream } from '../engine/substream.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../engine/time.ts';
import { lognormal } from '../engine/variates.ts';
import { isGiftSeason, returnChance } from '../policy/returns.ts';
import { TENDER_SHARES_ONLINE } from '../policy/shopping.ts';
import type { Households } from './households.ts';
import { PURPOSE } from './occasion.ts';
import type { Patrons } from './patrons.ts';
import type { PlannedVisits, VisitableStore } from './planned-visits.ts';
import { lineTaxCents } from './receipt.ts';
import type { ReturnsDesk, ReturnsStore } from './returns-desk.ts';
import type { RegionServices } from './services.ts';
import type { StockLedger } from './stock-ledger.ts';

const NEVER_MS = 60 * DAY_MS;
const CHANGE_OF_MIND_CHANCE = 0.02;
const OUTAGE_PATIENCE_MS = 24 * HOUR_MS;
const PICKUP_DEADLINE_MS = 7 * DAY_MS;

export type OrderLine = {
  product: number;
  qty: number;
  unitPriceCents: number;
  promoCode: string;
  discountType: number;
};

/** The parts of its region that an order uses. */
export interface OrderRegion extends RegionServices {
  readonly patrons: Patrons;
  readonly households: Households;
  readonly dc: { readonly stock: StockLedger; operating(): boolean };
  /** By index in the region. */
  readonly stores: readonly (VisitableStore & ReturnsStore)[];
  /** Returns a customer's home store, where goods ordered online are brought back. */
  homeStore(customerId: number): ReturnsStore;
  readonly returns: ReturnsDesk;
  /** By product index, 1 if the DC's stock can't be promised; undefined if all of it can. */
  readonly trouble: { readonly blocked: Uint8Array | undefined };
  readonly plannedVisits: PlannedVisits;
  /** The open orders, and the first ids of orders, payments and refunds. */
  readonly orders: {
    readonly orderBase: number;
    readonly paymentBase: number;
    readonly refundBase: number;
    /** Called when an order was collected, delivered or cancelled. */
    close(order: OnlineOrder): void;
  };
}

/** The products that a customer orders, and how they are fulfilled. */
export interface OrderPlan {
  /** Index in the region's patrons. */
  readonly patron: number;
  /** One of FULFILLMENT. */
  readonly mode: number;
  /** Index of the fulfilling store in the region; -1: the DC. */
  readonly storeIndex: number;
  readonly lines: OrderLine[];
  /** The ad impression that led to the order, or 0. */
  readonly impressionId: number;
}

/** State of an open order in a checkpoint. */
export type SavedOrder = {
  handle: number;
  slot: number;
  sequence: number;
  patron: number;
  mode: number;
  storeIndex: number;
  lines: OrderLine[];
  tender: number;
  totalCents: number;
  placedMs: number;
  picked: boolean;
  waiting: boolean;
  impressionId: number;
  stream: number[];
};

export class OnlineOrder implements OnlineOrderPort {
  private readonly region: OrderRegion;
  handle = 0;
  slot = 0;
  sequence = 0;
  patron = 0;
  mode = 0;
  /** Index of the fulfilling store in the region; -1: the DC. */
  storeIndex = -1;
  lines: OrderLine[] = [];
  tender = 0;
  totalCents = 0;
  placedMs = 0.5;
  picked = false;
  waiting = false;
  /** The ad impression that led to the order, or 0. */
  impressionId = 0.5;
  stream!: Substream;

  constructor(region: OrderRegion) {
    this.region = region;
  }

  private get id(): number {
    return this.region.orders.orderBase + this.sequence;
  }

  private get node(): { type: number; id: number; stock: StockLedger } {
    const { region } = this;
    return this.storeIndex < 0
      ? { type: NODE.dc, id: region.plan.id, stock: region.dc.stock }
      : {
          type: NODE.store,
          id: region.plan.stores[this.storeIndex].id,
          stock: region.stores[this.storeIndex].stock,
        };
  }

  place(): void {
    const { region, id } = this;
    const { facts, scratch, nowMs, world } = region;
    const { salePriceCents } = world.products;
    const customerId = region.patrons.firstCustomerId + this.patron;
    const taxOf = this.taxes(nowMs);
    const offOf = ({ product, qty, unitPriceCents, promoCode }: OrderLine) =>
      promoCode === '' ? 0 : (salePriceCents[product] - unitPriceCents) * qty;

    // Totals first: the order is recorded before its lines.
    let subtotalCents = 0;
    let taxCents = 0;
    let discountCents = 0;
    for (const line of this.lines) {
      subtotalCents += line.unitPriceCents * line.qty;
      taxCents += taxOf(line);
      discountCents += offOf(line);
    }
    this.tender = this.stream.weighted(TENDER_SHARES_ONLINE, 1);
    this.totalCents = subtotalCents + taxCents;
    this.placedMs = nowMs;
    const order = scratch.online_orders;
    order.traceId = id;
    order.eventMs = nowMs;
    order.orderId = id;
    order.customerId = customerId;
    order.mode = this.mode;
    order.nodeType = this.node.type;
    order.nodeId = this.node.id;
    order.subtotalCents = subtotalCents;
    order.taxCents = taxCents;
    order.totalCents = this.totalCents;
    order.tender = this.tender;
    order.discountCents = discountCents;
    order.causeId = this.impressionId > 0 ? this.impressionId : NULL;
    facts.online_orders(order);
    if (this.impressionId > 0) this.attribute(customerId, subtotalCents);

    const { stock } = this.node;
    const day = Math.floor(nowMs / DAY_MS);
    this.lines.forEach((line, index) => {
      const { product, qty } = line;
      stock.held.add(product, qty);
      stock.committed.add(product, qty);
      stock.demandToday.add(product, qty);
      const row = scratch.online_order_lines;
      row.traceId = id;
      row.eventMs = nowMs;
      row.orderId = id;
      row.line = index + 1;
      row.productId = product + 1;
      row.qty = qty;
      row.unitPriceCents = line.unitPriceCents;
      row.extPriceCents = line.unitPriceCents * qty;
      row.promoCode = line.promoCode;
      row.taxCents = taxOf(line);
      facts.online_order_lines(row);
      region.patrons.remember(this.patron, product, day, this.stream);
      if (line.promoCode !== '') {
        const promotion = scratch.promotions;
        promotion.traceId = id;
        promotion.eventMs = nowMs;
        promotion.receiptId = NULL;
        promotion.promoCode = line.promoCode;
        promotion.discountCents = offOf(line);
        promotion.discountType = line.discountType;
        promotion.productId = product + 1;
        promotion.orderId = id;
        facts.promotions(promotion);
      }
    });
    this.pay(PAYMENT.approved, this.region.orders.paymentBase + this.sequence);
    this.recordStatus(ORDER_STATUS.created);
  }

  pickWorkMs(): number {
    return MINUTE_MS + this.stream.below(14 * MINUTE_MS);
  }

  changeOfMindMs(): number {
    return this.stream.chance(CHANGE_OF_MIND_CHANCE)
      ? 30_000 + this.stream.below(4 * MINUTE_MS)
      : NEVER_MS;
  }

  nodeOperating(): boolean {
    if (this.storeIndex >= 0) return true;
    const { dc, trouble } = this.region;
    const { blocked } = trouble;
    if (!dc.operating()) return false;
    return blocked === undefined || this.lines.every(({ product }) => blocked[product] === 0);
  }

  recheckMs(): number {
    return 20 * MINUTE_MS + this.stream.below(20 * MINUTE_MS);
  }

  patienceOver(): boolean {
    return this.region.nowMs - this.placedMs > OUTAGE_PATIENCE_MS;
  }

  recordPicked(): void {
    const { stock } = this.node;
    const { nowMs } = this.region;
    this.recordStatus(ORDER_STATUS.picked);
    for (const { product, qty } of this.lines) {
      stock.held.add(product, -qty);
      stock.committed.add(product, -qty);
      stock.move(nowMs, product, -qty, REASON.sale, SOURCE.online, this.id);
    }
    this.picked = true;
  }

  forPickup(): boolean {
    return this.mode === FULFILLMENT.bopis;
  }

  stagingMs(): number {
    return 2 * MINUTE_MS + this.stream.below(8 * MINUTE_MS);
  }

  recordReady(): void {
    this.waiting = true;
    this.recordStatus(ORDER_STATUS.readyForPickup);
    const { nowMs, stores, plannedVisits } = this.region;
    plannedVisits.plan(stores[this.storeIndex], {
      patron: this.patron,
      purpose: PURPOSE.pickup,
      subject: this.slot,
      atMs: nowMs + Math.round(lognormal(this.stream, 5 * HOUR_MS, 0.9)),
      deadlineMs: nowMs + PICKUP_DEADLINE_MS,
    });
  }

  pickupDeadlineMs(): number {
    return PICKUP_DEADLINE_MS;
  }

  recordCollected(): void {
    this.recordStatus(ORDER_STATUS.collected);
    this.planReturns();
    this.region.orders.close(this);
  }

  shipDelayMs(): number {
    return 15 * MINUTE_MS + this.stream.below(45 * MINUTE_MS);
  }

  recordShipped(): void {
    this.recordStatus(ORDER_STATUS.shipped);
  }

  deliveryMs(): number {
    const days = this.mode === FULFILLMENT.shipFromStore ? 1 : 2;
    return Math.round(lognormal(this.stream, days * DAY_MS, 0.3));
  }

  recordDelivered(): void {
    this.recordStatus(ORDER_STATUS.delivered);
    this.planReturns();
    this.region.orders.close(this);
  }

  cancel(): void {
    const { stock } = this.node;
    const { nowMs } = this.region;
    this.recordStatus(ORDER_STATUS.cancelled);
    for (const { product, qty } of this.lines) {
      if (this.picked) {
        stock.move(nowMs, product, qty, REASON.return, SOURCE.online, this.id);
      } else {
        stock.held.add(product, -qty);
        stock.committed.add(product, -qty);
      }
    }
    this.pay(PAYMENT.refunded, this.region.orders.refundBase + this.sequence);
    this.region.orders.close(this);
  }

  /** Credits the ad that led to the order. */
  private attribute(customerId: number, subtotalCents: number): void {
    const { region, id } = this;
    const row = region.scratch.attributions;
    row.traceId = id;
    row.eventMs = region.nowMs;
    row.impressionId = this.impressionId;
    row.customerId = customerId;
    row.storeId = NULL;
    row.sessionId = NULL;
    row.receiptId = NULL;
    row.revenueCents = subtotalCents;
    row.orderId = id;
    region.facts.attributions(row);
  }

  /** Returns the sales tax of a line, cents: where the customer collects it, or lived when it was placed. */
  private taxes(placedMs: number): (line: OrderLine) => number {
    const { world, plan, households } = this.region;
    const { taxable } = world.products;
    const taxBasisPoints =
      this.mode === FULFILLMENT.bopis
        ? plan.stores[this.storeIndex].taxBasisPoints
        : world.geographies[households.geographyOf(this.patron, placedMs) - 1].taxBasisPoints;
    return ({ product, qty, unitPriceCents }) =>
      taxable[product] === 1 ? lineTaxCents(unitPriceCents * qty, taxBasisPoints) : 0;
  }

  /** Some of the goods that the customer has now will be brought to the home store. */
  private planReturns(): void {
    const { region, stream, tender } = this;
    const customerId = region.patrons.firstCustomerId + this.patron;
    const store = region.homeStore(customerId);
    const taxOf = this.taxes(this.placedMs);
    const giftSeason = isGiftSeason(store.zone.localDay(region.nowMs));
    const { department } = region.world.products;
    const { effects } = region;
    for (const [index, line] of this.lines.entries()) {
      const { product, qty } = line;
      const chance = returnChance(department[product], giftSeason, true);
      const factor = effects.touches.returns
        ? effects.returns(store.master.id, department[product], region.nowMs)
        : 1;
      if (stream.unit() >= chance * factor) continue;
      const sold = { receiptId: NULL, orderId: this.id, line: index + 1, product, qty };
      const extPriceCents = line.unitPriceCents * qty;
      const paid = { extPriceCents, taxCents: taxOf(line), tender };
      region.returns.plan(store, { ...sold, ...paid, giftSeason, traceable: true }, stream);
    }
  }

  private pay(status: number, transactionId: number): void {
    const row = this.region.scratch.payments;
    row.traceId = this.id;
    row.eventMs = this.region.nowMs;
    row.receiptId = NULL;
    row.orderId = this.id;
    row.tender = this.tender;
    row.amountCents = this.totalCents;
    row.transactionId = transactionId;
    row.status = status;
    this.region.facts.payments(row);
  }

  private recordStatus(status: number): void {
    const { region, node } = this;
    const row = region.scratch.online_order_status;
    row.traceId = this.id;
    row.eventMs = region.nowMs;
    row.orderId = this.id;
    row.status = status;
    row.nodeType = node.type;
    row.nodeId = node.id;
    region.facts.online_order_status(row);
  }

  save(): SavedOrder {
    return {
      handle: this.handle,
      slot: this.slot,
      sequence: this.sequence,
      patron: this.patron,
      mode: this.mode,
      storeIndex: this.storeIndex,
      lines: this.lines,
      tender: this.tender,
      totalCents: this.totalCents,
      placedMs: this.placedMs,
      picked: this.picked,
      waiting: this.waiting,
      impressionId: this.impressionId,
      stream: this.stream.state(),
    };
  }

  restore(saved: SavedOrder): void {
    const { stream, ...plain } = saved;
    Object.assign(this, plain);
    this.stream = Substream.restore(stream);
  }
}
