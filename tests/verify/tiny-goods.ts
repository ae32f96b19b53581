/** Trips and online orders of the tiny world. */
import { idBase } from '../../src/domain/ids.ts';
import {
  FULFILLMENT,
  LOAD_ACTION,
  LOCATION,
  NODE,
  ORDER_STATUS,
  TRUCK_STATUS,
} from '../../src/domain/values.ts';
import { plannedDriveMs } from '../../src/policy/roads.ts';
import { greatCircleKm } from '../../src/world/distance.ts';
import type { TinyFiles } from './tiny-files.ts';
import {
  END_MS,
  FIRST_FAR_CUSTOMER,
  OTHER_TAX_BASIS_POINTS,
  PRODUCTS,
  PROMOTION,
  TAX_BASIS_POINTS,
} from './tiny-masters.ts';
import type { TinyStock } from './tiny-stock.ts';

/** Calls back at an instant, in time order with all others; not if it lies beyond the run. */
export type At = (atMs: number, act: (atMs: number) => void) => void;

export interface TinyTrip {
  readonly truckId: number;
  readonly sequence: number;
  readonly dcId: number;
  /** Destination; a trip without one brings goods from the supplier to the DC. */
  readonly storeId?: number;
  readonly orderRef: number;
  readonly goods: readonly (readonly [productId: number, units: number])[];
  /** Product that the store miscounts. */
  readonly miscounts?: number;
  /** Instants of the steps; `late`: of DELAYED. */
  readonly scheduledMs: number;
  readonly loadingMs: number;
  readonly loadMs: number;
  readonly departMs: number;
  readonly late?: boolean;
  readonly arriveMs: number;
  readonly unloadingMs: number;
  readonly completeMs: number;
  readonly homeMs: number;
}

const DC = { latitude: 40, longitude: -75 };
/** From DC 1 to the places of tiny-masters.ts. */
const KM: Readonly<Record<string, number>> = {
  S1: greatCircleKm(DC, { latitude: 40.1, longitude: -75.1 }),
  S2: greatCircleKm(DC, { latitude: 40.5, longitude: -75 }),
  depot: greatCircleKm(DC, { latitude: 41, longitude: -76 }),
};

const shipmentIdOf = (truckId: number, sequence: number) => idBase('shipment', truckId) + sequence;

export function makeTrip(files: TinyFiles, stock: TinyStock, at: At, trip: TinyTrip): void {
  const { truckId, dcId, storeId } = trip;
  const shipmentId = shipmentIdOf(truckId, trip.sequence);
  const outMinutes = Math.ceil((trip.arriveMs - trip.departMs) / 60_000);
  const move = (
    atMs: number,
    status: keyof typeof TRUCK_STATUS,
    dutyDrivingMinutes: number,
    etaMs = -1,
    etdMs = -1,
  ) =>
    at(atMs, () =>
      files.fact('truck_moves', {
        traceId: shipmentId,
        eventMs: atMs,
        truckId,
        dcId,
        ...(storeId === undefined ? {} : { storeId }),
        shipmentId,
        status: TRUCK_STATUS[status],
        etaMs,
        etdMs,
        dutyDrivingMinutes,
      }),
    );
  const carry = (atMs: number, action: number, locationType: number, locationId: number) => {
    for (const [productId, quantity] of trip.goods) {
      files.fact('truck_inventory', {
        traceId: shipmentId,
        eventMs: atMs,
        truckId,
        shipmentId,
        productId,
        quantity,
        action,
        locationId,
        locationType,
        orderRef: trip.orderRef,
      });
    }
  };
  let onBoard = false;
  const driveMs = plannedDriveMs(storeId === undefined ? KM.depot : KM[`S${storeId}`]);
  const leaves = (etdMs: number) => [etdMs + driveMs, etdMs] as const;
  move(trip.scheduledMs, 'scheduled', 0, ...leaves(trip.scheduledMs + 120 * 60_000));
  move(trip.loadingMs, 'loading', 0, ...leaves(trip.loadingMs + 90 * 60_000));
  at(trip.loadMs, (atMs) => {
    onBoard = true;
    if (storeId === undefined) return carry(atMs, LOAD_ACTION.load, LOCATION.supplier, 1);
    for (const [productId, units] of trip.goods) {
      stock.of(`D${dcId}`, productId).committed -= units;
      stock.move(atMs, `D${dcId}`, productId, -units, 'outbound', 'shipment', shipmentId);
    }
    carry(atMs, LOAD_ACTION.load, LOCATION.dc, dcId);
  });
  const etaMs = trip.departMs + driveMs;
  move(trip.departMs, 'inTransit', 0, etaMs);
  if (trip.late) move(etaMs + 30 * 60_000 + 1, 'delayed', 0);
  move(trip.arriveMs, 'arrived', outMinutes);
  move(trip.unloadingMs, 'unloading', outMinutes);
  at(trip.completeMs, (atMs) => {
    onBoard = false;
    const node = storeId === undefined ? `D${dcId}` : `S${storeId}`;
    carry(
      atMs,
      LOAD_ACTION.unload,
      storeId === undefined ? LOCATION.dc : LOCATION.store,
      storeId ?? dcId,
    );
    for (const [productId, units] of trip.goods) {
      stock.of(node, productId).onOrder -= units;
      // A unit too many is signed for.
      const miscount = storeId !== undefined && trip.miscounts === productId ? 1 : 0;
      const recorded = units + miscount;
      stock.move(atMs, node, productId, units, 'inbound', 'shipment', shipmentId, recorded);
      if (storeId !== undefined && miscount > 0) {
        stock.misrecord(atMs, storeId, productId, 'miscount', miscount, shipmentId);
      }
    }
  });
  move(trip.completeMs, 'completed', outMinutes, trip.homeMs);
  at(END_MS - 1, () => {
    if (!onBoard) return;
    for (const [productId, quantity] of trip.goods)
      files.closingRow('in_transit', { truckId, shipmentId, productId, quantity });
  });
}

export interface TinyOrder {
  readonly sequence: number;
  readonly customerId: number;
  readonly mode: keyof typeof FULFILLMENT;
  readonly storeId?: number;
  readonly lines: readonly (readonly [productId: number, qty: number])[];
  readonly createdMs: number;
  /** Steps after CREATED. */
  readonly steps: readonly (readonly [status: keyof typeof ORDER_STATUS, atMs: number])[];
}

const orderIdOf = (sequence: number) => idBase('order', 1) + sequence;

export function placeOrder(files: TinyFiles, stock: TinyStock, at: At, order: TinyOrder): void {
  const { customerId, storeId, lines } = order;
  const orderId = orderIdOf(order.sequence);
  const node = storeId === undefined ? 'D1' : `S${storeId}`;
  const place = { nodeType: storeId === undefined ? NODE.dc : NODE.store, nodeId: storeId ?? 1 };
  const far = order.mode !== 'bopis' && customerId >= FIRST_FAR_CUSTOMER;
  const sums = { subtotalCents: 0, taxCents: 0, discountCents: 0 };
  let picked = false;
  at(order.createdMs, (eventMs) => {
    lines.forEach(([productId, qty], index) => {
      const { salePriceCents, taxable } = PRODUCTS[productId - 1];
      const promoted = productId === PROMOTION.productId;
      const percent = promoted ? 100 - PROMOTION.percentOff : 100;
      const unitPriceCents = Math.round((salePriceCents * percent) / 100);
      const discountCents = (salePriceCents - unitPriceCents) * qty;
      const extPriceCents = unitPriceCents * qty;
      const rate = far ? OTHER_TAX_BASIS_POINTS : TAX_BASIS_POINTS;
      const taxCents = taxable ? Math.floor((extPriceCents * rate + 5000) / 10_000) : 0;
      sums.subtotalCents += extPriceCents;
      sums.taxCents += taxCents;
      sums.discountCents += discountCents;
      stock.of(node, productId).committed += qty;
      files.fact('online_order_lines', {
        traceId: orderId,
        eventMs,
        orderId,
        line: index + 1,
        productId,
        qty,
        unitPriceCents,
        extPriceCents,
        taxCents,
        promoCode: promoted ? PROMOTION.code : '',
      });
      if (promoted) {
        files.fact('promotions', {
          traceId: orderId,
          eventMs,
          orderId,
          promoCode: PROMOTION.code,
          discountCents,
          discountType: 0,
          productId,
        });
      }
    });
    const totalCents = sums.subtotalCents + sums.taxCents;
    files.fact('online_orders', {
      traceId: orderId,
      eventMs,
      orderId,
      customerId,
      mode: FULFILLMENT[order.mode],
      ...place,
      ...sums,
      totalCents,
      tender: 1,
    });
    files.fact('payments', {
      traceId: orderId,
      eventMs,
      orderId,
      tender: 1,
      amountCents: totalCents,
      transactionId: idBase('orderPayment', 1) + order.sequence,
      status: 0,
    });
  });
  for (const [status, atMs] of [['created', order.createdMs] as const, ...order.steps]) {
    at(atMs, (eventMs) => {
      files.fact('online_order_status', {
        traceId: orderId,
        eventMs,
        orderId,
        status: ORDER_STATUS[status],
        ...place,
      });
      for (const [productId, qty] of lines) {
        if (status === 'picked') {
          stock.of(node, productId).committed -= qty;
          stock.move(eventMs, node, productId, -qty, 'sale', 'online', orderId);
        } else if (status === 'cancelled') {
          if (picked) stock.move(eventMs, node, productId, qty, 'return', 'online', orderId);
          else stock.of(node, productId).committed -= qty;
        }
      }
      if (status === 'picked') picked = true;
      if (status === 'cancelled') {
        files.fact('payments', {
          traceId: orderId,
          eventMs,
          orderId,
          tender: 1,
          amountCents: sums.subtotalCents + sums.taxCents,
          transactionId: idBase('orderRefund', 1) + order.sequence,
          status: 2,
        });
      }
    });
  }
}
