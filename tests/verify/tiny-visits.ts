/** Visits of the tiny world: every shopper walks from the entrance by way of one department to the exit. */
import { idBase } from '../../src/domain/ids.ts';
import { ZONE } from '../../src/domain/values.ts';
import type { TinyFiles } from './tiny-files.ts';
import { END_MS, PRODUCTS, PROMOTION, TAX_BASIS_POINTS } from './tiny-masters.ts';
import type { TinyStock } from './tiny-stock.ts';

const MINUTE_MS = 60_000;
const GROCERY = 1;
export const HOME_GARDEN = 5;

export interface Visit {
  readonly storeId: number;
  readonly customerId: number;
  readonly sequence: number;
  readonly enterMs: number;
  readonly count?: number;
  /** What is bought: product and units. */
  readonly basket?: readonly (readonly [productId: number, qty: number])[];
  /** The department that is walked through; groceries by default. */
  readonly zone?: number;
}

export const sessionIdOf = (storeId: number, sequence: number) =>
  idBase('session', storeId) + sequence;
export const receiptIdOf = (storeId: number, sequence: number) =>
  idBase('receipt', storeId) + sequence;

const MIS_SCAN = { storeId: 1, sequence: 8, productId: 2, takenFor: 3 } as const;

/** Minutes after entering. */
export const STEPS = { department: 1, checkout: 2, payment: 8, exitWalk: 9, exit: 10 } as const;

export class TinyVisits {
  private readonly files: TinyFiles;
  private readonly stock: TinyStock;

  constructor(files: TinyFiles, stock: TinyStock) {
    this.files = files;
    this.stock = stock;
  }

  /** Writes all sensors' rows; rows at or after the end of the run are left out. */
  walk(visit: Visit): void {
    const { enterMs, zone = GROCERY } = visit;
    this.count(visit, enterMs, ZONE.entrance, 60);
    this.ping(visit, enterMs, ZONE.entrance);
    this.change(visit, enterMs + STEPS.department * MINUTE_MS, ZONE.entrance, zone);
    this.ping(visit, enterMs + 1.5 * MINUTE_MS, zone);
    this.count(visit, enterMs + STEPS.checkout * MINUTE_MS, zone, 60);
    if (visit.basket === undefined) {
      this.change(visit, enterMs + STEPS.checkout * MINUTE_MS, zone, ZONE.exit);
      this.ping(visit, enterMs + STEPS.checkout * MINUTE_MS, ZONE.exit);
    } else {
      this.change(visit, enterMs + STEPS.checkout * MINUTE_MS, zone, ZONE.checkout);
      this.ping(visit, enterMs + 5 * MINUTE_MS, ZONE.checkout);
      this.count(visit, enterMs + STEPS.exitWalk * MINUTE_MS, ZONE.checkout, 420);
      this.change(visit, enterMs + STEPS.exitWalk * MINUTE_MS, ZONE.checkout, ZONE.exit);
      this.ping(visit, enterMs + STEPS.exitWalk * MINUTE_MS, ZONE.exit);
    }
    const towardsExit = visit.basket === undefined ? STEPS.checkout : STEPS.exitWalk;
    const walkSeconds = (STEPS.exit - towardsExit) * 60;
    this.count(visit, enterMs + STEPS.exit * MINUTE_MS, ZONE.exit, walkSeconds);
  }

  /** Takes the basket from stock and writes the receipt; to be called in time order. */
  pay(visit: Visit): void {
    const { storeId, sequence, customerId } = visit;
    const eventMs = visit.enterMs + STEPS.payment * MINUTE_MS;
    if (eventMs >= END_MS) return;
    const traceId = sessionIdOf(storeId, sequence);
    const receiptId = receiptIdOf(storeId, sequence);
    const sums = { subtotalCents: 0, taxCents: 0, discountCents: 0 };
    visit.basket!.forEach(([productId, qty], index) => {
      const { salePriceCents, taxable } = PRODUCTS[productId - 1];
      const promoted =
        productId === PROMOTION.productId && eventMs < Date.parse('2024-03-06T00:00:00Z');
      const unitPriceCents = promoted
        ? Math.round((salePriceCents * (100 - PROMOTION.percentOff)) / 100)
        : salePriceCents;
      const extPriceCents = unitPriceCents * qty;
      const taxCents = taxable ? Math.floor((extPriceCents * TAX_BASIS_POINTS + 5000) / 10_000) : 0;
      const discountCents = (salePriceCents - unitPriceCents) * qty;
      sums.subtotalCents += extPriceCents;
      sums.taxCents += taxCents;
      sums.discountCents += discountCents;
      this.files.fact('receipt_lines', {
        traceId,
        eventMs,
        receiptId,
        line: index + 1,
        productId,
        qty,
        unitPriceCents,
        extPriceCents,
        promoCode: promoted ? PROMOTION.code : '',
        storeId,
        taxCents,
      });
      if (promoted) {
        this.files.fact('promotions', {
          traceId,
          eventMs,
          receiptId,
          promoCode: PROMOTION.code,
          discountCents,
          discountType: 0,
          productId,
        });
      }
      // A lamp is scanned as a rope toy.
      const slips = storeId === MIS_SCAN.storeId && sequence === MIS_SCAN.sequence;
      const wrong = slips && productId === MIS_SCAN.productId;
      const recorded = wrong ? 0 : -qty;
      this.stock.move(eventMs, `S${storeId}`, productId, -qty, 'sale', 'pos', traceId, recorded);
      if (wrong) {
        const { takenFor } = MIS_SCAN;
        this.stock.misrecord(eventMs, storeId, productId, 'misScan', qty, traceId);
        this.stock.misrecord(eventMs, storeId, takenFor, 'misScan', -qty, traceId, true);
      }
    });
    const totalCents = sums.subtotalCents + sums.taxCents;
    this.files.fact('receipts', {
      traceId,
      eventMs,
      storeId,
      customerId,
      receiptId,
      ...sums,
      totalCents,
      tender: 1,
      sessionId: traceId,
    });
    const payment = {
      traceId,
      eventMs,
      receiptId,
      tender: 1,
      amountCents: totalCents,
      transactionId: idBase('receiptPayment', storeId) + sequence,
    };
    if (sequence % 10 === 0) this.files.fact('payments', { ...payment, status: 1 });
    this.files.fact('payments', { ...payment, status: 0 });
  }

  private count(visit: Visit, eventMs: number, zone: number, dwellSeconds: number): void {
    if (eventMs >= END_MS) return;
    const { storeId, count = 1 } = visit;
    this.files.fact('foot_traffic', {
      ...this.trace(visit, eventMs),
      sensorId: idBase('sensor', storeId) + zone,
      zone,
      dwellSeconds,
      count,
    });
  }

  private change(visit: Visit, eventMs: number, fromZone: number, toZone: number): void {
    if (eventMs >= END_MS) return;
    this.files.fact('zone_changes', {
      ...this.trace(visit, eventMs),
      bleCustomerId: visit.customerId,
      fromZone,
      toZone,
    });
  }

  private ping(visit: Visit, eventMs: number, zone: number): void {
    if (eventMs >= END_MS) return;
    this.files.fact('ble_pings', {
      ...this.trace(visit, eventMs),
      beaconId: idBase('beacon', visit.storeId) + zone,
      bleCustomerId: visit.customerId,
      rssiDbm: -60,
      zone,
    });
  }

  private trace({ storeId, sequence }: Visit, eventMs: number) {
    const sessionId = sessionIdOf(storeId, sequence);
    return { traceId: sessionId, eventMs, storeId, sessionId };
  }
}
