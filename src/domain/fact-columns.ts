/** The columns that several fact tables share, and short forms for those that stand in one alone. */
import type { Column } from './columns.ts';
import { STOCK_REASONS, STOCK_SOURCES, TENDERS } from './values.ts';

export const trace = {
  name: 'TraceId',
  field: 'traceId',
  type: 'id',
  about: 'Root cause of the fact: the session, order, shipment or review it belongs to.',
} as const satisfies Column;
export const at = {
  name: 'EventTS',
  field: 'eventMs',
  type: 'instant',
  about: 'When it happened, UTC.',
} as const satisfies Column;
export const store = {
  name: 'StoreID',
  field: 'storeId',
  type: 'int',
  references: 'stores.ID',
  about: 'The store.',
} as const satisfies Column;
export const storeOrNull = {
  ...store,
  nullable: true,
  about: 'The store, if one is concerned.',
} as const;
export const dc = {
  name: 'DCID',
  field: 'dcId',
  type: 'int',
  references: 'distribution_centers.ID',
  about: 'The distribution center.',
} as const satisfies Column;
export const dcOrNull = {
  ...dc,
  nullable: true,
  about: 'The distribution center, if one is concerned.',
} as const;
export const product = {
  name: 'ProductID',
  field: 'productId',
  type: 'int',
  references: 'products_master.ID',
  about: 'The product.',
} as const satisfies Column;
export const customer = {
  name: 'CustomerID',
  field: 'customerId',
  type: 'int',
  references: 'customers.ID',
  about: 'The customer.',
} as const satisfies Column;
export const receipt = {
  name: 'ReceiptId',
  field: 'receiptId',
  type: 'id',
  references: 'receipts.ReceiptId',
  about: 'The receipt.',
} as const satisfies Column;
export const receiptOrNull = {
  ...receipt,
  nullable: true,
  about: 'The receipt, if one is concerned.',
} as const;
export const order = {
  name: 'OrderId',
  field: 'orderId',
  type: 'id',
  references: 'online_orders.OrderId',
  about: 'The online order.',
} as const satisfies Column;
export const orderOrNull = {
  ...order,
  nullable: true,
  about: 'The online order, if one is concerned.',
} as const;
export const session = {
  name: 'SessionId',
  field: 'sessionId',
  type: 'id',
  about: 'The customer session (visit).',
} as const satisfies Column;
export const line = {
  name: 'Line',
  field: 'line',
  type: 'int',
  about: 'Line number from 1.',
} as const satisfies Column;
export const ble = {
  name: 'CustomerBLEId',
  field: 'bleCustomerId',
  type: 'ble',
  references: 'customers.BLEId',
  about: "The phone's BLE id.",
} as const satisfies Column;
export const impression = {
  name: 'ImpressionId',
  field: 'impressionId',
  type: 'id',
  about: 'The ad impression.',
} as const satisfies Column;
export const truck = {
  name: 'TruckId',
  field: 'truckId',
  type: 'int',
  references: 'trucks.ID',
  about: 'The truck.',
} as const satisfies Column;
export const shipment = {
  name: 'ShipmentId',
  field: 'shipmentId',
  type: 'id',
  about: 'The shipment: one trip of one truck.',
} as const satisfies Column;
export const delta = {
  name: 'QtyDelta',
  field: 'qtyDelta',
  type: 'int',
  about: 'Units in (+) or out (-), never 0.',
} as const satisfies Column;
export const reason = {
  name: 'Reason',
  field: 'reason',
  type: 'choice',
  values: STOCK_REASONS,
  about: 'Why stock moved.',
} as const satisfies Column;
export const source = {
  name: 'Source',
  field: 'source',
  type: 'choice',
  values: STOCK_SOURCES,
  about: 'Which process moved it.',
} as const satisfies Column;
export const balance = {
  name: 'Balance',
  field: 'balance',
  type: 'int',
  about: 'Units on hand after the movement.',
} as const satisfies Column;
export const shelfDelta = int(
  'ShelfDelta',
  'shelfDelta',
  'Of QtyDelta, units that left the shelf (-); what comes in goes to the backroom.',
);
export const shelfBalance = int(
  'ShelfBalance',
  'shelfBalance',
  'Units on the shelf afterwards, those in carts included.',
);
export const recordedBalance = int(
  'RecordedBalance',
  'recordedBalance',
  "Units on hand by the store's record afterwards.",
);
export const tender = {
  name: 'TenderType',
  field: 'tender',
  type: 'choice',
  values: TENDERS,
  about: 'How it was paid.',
} as const satisfies Column;
export const promoCode = {
  name: 'PromoCode',
  field: 'promoCode',
  type: 'text',
  nullable: true,
  references: 'promotion_calendar.PromoCode',
  about: 'Promotion that lowered the price, if any.',
} as const satisfies Column;

/** Links: what an event's parent is found by where the columns do not tell. */
export const cause = {
  name: 'CauseId',
  field: 'causeId',
  type: 'id',
  nullable: true,
  about: 'At ENTRANCE: the ad impression or the online order that the visit came from, if any.',
} as const satisfies Column;
export const adCause = {
  name: 'CauseId',
  field: 'causeId',
  type: 'id',
  nullable: true,
  about: 'The ad impression that led to the order, if any.',
} as const satisfies Column;
export const oldestOrder = {
  name: 'OrderRef',
  field: 'orderRef',
  type: 'id',
  nullable: true,
  about: 'On SCHEDULED: the oldest reorder that the shipment serves.',
} as const satisfies Column;
export const oldestOrderProduct = {
  name: 'ProductID',
  field: 'productId',
  type: 'int',
  nullable: true,
  about: 'On SCHEDULED: the first product of that reorder on board.',
} as const satisfies Column;
export const stockoutTrace = {
  name: 'StockoutTraceId',
  field: 'stockoutTraceId',
  type: 'id',
  nullable: true,
  about: 'TraceId of the stockout that left the node without the product, while it is without.',
} as const satisfies Column;

export const subtotal = money('Subtotal', 'subtotalCents', 'Sum of the lines.');
export const tax = money('Tax', 'taxCents', 'Sales tax.');
export const total = money('Total', 'totalCents', 'Subtotal plus tax.');
export const discount = money(
  'Discount',
  'discountCents',
  'Informational: what promotions took off the list prices.',
);
export const unitPrice = money('UnitPrice', 'unitPriceCents', 'Price of a unit as paid.');
export const extPrice = money('ExtPrice', 'extPriceCents', 'UnitPrice times Qty.');
export const lineTax = money('Tax', 'taxCents', 'Sales tax of the line.');

/** A packed id (domain/ids.ts). */
export function id<const Name extends string, const Field extends string>(
  name: Name,
  field: Field,
  about: string,
) {
  return { name, field, type: 'id', about } as const;
}

/** An amount in cents. */
export function money<const Name extends string, const Field extends string>(
  name: Name,
  field: Field,
  about: string,
) {
  return { name, field, type: 'money', about } as const;
}

/** A whole number; the field says in what unit. */
export function int<const Name extends string, const Field extends string>(
  name: Name,
  field: Field,
  about: string,
) {
  return { name, field, type: 'int', about } as const;
}

/** One of a value set, held as its index. */
export function choice<const Name extends string, const Field extends string>(
  name: Name,
  field: Field,
  values: readonly string[],
  about: string,
) {
  return { name, field, type: 'choice', values, about } as const;
}
