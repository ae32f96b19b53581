/**
 * The fact catalogue: every kind of fact that a world can bring forth, declared once.
 *
 * CSV headers and encoders, the SQL of `sim verify`, the data dictionary and the event envelopes all
 * derive from this declaration. Names and order of the columns are a published contract: append,
 * never insert.
 */
import { blankRecord, type Column, type RecordOf } from './columns.ts';
import {
  CHANNELS,
  DEVICES,
  DISCOUNT_TYPES,
  DISRUPTION_STATUSES,
  DISRUPTION_TYPES,
  FULFILLMENT_MODES,
  LOAD_ACTIONS,
  LOCATION_TYPES,
  NODE_TYPES,
  ORDER_STATUSES,
  PAYMENT_STATUSES,
  PRIORITIES,
  RETURN_REASONS,
  SEVERITIES,
  STOCK_REASONS,
  STOCK_SOURCES,
  STORE_OPERATIONS,
  TENDERS,
  TRUCK_STATUSES,
  ZONES,
} from './values.ts';

const trace = {
  name: 'TraceId',
  field: 'traceId',
  type: 'id',
  about: 'Root cause of the fact: the session, order, shipment or review it belongs to.',
} as const satisfies Column;
const at = {
  name: 'EventTS',
  field: 'eventMs',
  type: 'instant',
  about: 'When it happened, UTC.',
} as const satisfies Column;
const store = {
  name: 'StoreID',
  field: 'storeId',
  type: 'int',
  references: 'stores.ID',
  about: 'The store.',
} as const satisfies Column;
const storeOrNull = { ...store, nullable: true, about: 'The store, if one is concerned.' } as const;
const dc = {
  name: 'DCID',
  field: 'dcId',
  type: 'int',
  references: 'distribution_centers.ID',
  about: 'The distribution center.',
} as const satisfies Column;
const dcOrNull = {
  ...dc,
  nullable: true,
  about: 'The distribution center, if one is concerned.',
} as const;
const product = {
  name: 'ProductID',
  field: 'productId',
  type: 'int',
  references: 'products_master.ID',
  about: 'The product.',
} as const satisfies Column;
const customer = {
  name: 'CustomerID',
  field: 'customerId',
  type: 'int',
  references: 'customers.ID',
  about: 'The customer.',
} as const satisfies Column;
const receipt = {
  name: 'ReceiptId',
  field: 'receiptId',
  type: 'id',
  references: 'receipts.ReceiptId',
  about: 'The receipt.',
} as const satisfies Column;
const receiptOrNull = {
  ...receipt,
  nullable: true,
  about: 'The receipt, if one is concerned.',
} as const;
const order = {
  name: 'OrderId',
  field: 'orderId',
  type: 'id',
  references: 'online_orders.OrderId',
  about: 'The online order.',
} as const satisfies Column;
const orderOrNull = {
  ...order,
  nullable: true,
  about: 'The online order, if one is concerned.',
} as const;
const session = {
  name: 'SessionId',
  field: 'sessionId',
  type: 'id',
  about: 'The customer session (visit).',
} as const satisfies Column;
const line = {
  name: 'Line',
  field: 'line',
  type: 'int',
  about: 'Line number from 1.',
} as const satisfies Column;
const ble = {
  name: 'CustomerBLEId',
  field: 'bleCustomerId',
  type: 'ble',
  references: 'customers.BLEId',
  about: "The phone's BLE id.",
} as const satisfies Column;
const impression = {
  name: 'ImpressionId',
  field: 'impressionId',
  type: 'id',
  about: 'The ad impression.',
} as const satisfies Column;
const truck = {
  name: 'TruckId',
  field: 'truckId',
  type: 'int',
  references: 'trucks.ID',
  about: 'The truck.',
} as const satisfies Column;
const shipment = {
  name: 'ShipmentId',
  field: 'shipmentId',
  type: 'id',
  about: 'The shipment: one trip of one truck.',
} as const satisfies Column;
const delta = {
  name: 'QtyDelta',
  field: 'qtyDelta',
  type: 'int',
  about: 'Units in (+) or out (-), never 0.',
} as const satisfies Column;
const reason = {
  name: 'Reason',
  field: 'reason',
  type: 'choice',
  values: STOCK_REASONS,
  about: 'Why stock moved.',
} as const satisfies Column;
const source = {
  name: 'Source',
  field: 'source',
  type: 'choice',
  values: STOCK_SOURCES,
  about: 'Which process moved it.',
} as const satisfies Column;
const balance = {
  name: 'Balance',
  field: 'balance',
  type: 'int',
  about: 'Units on hand after the movement.',
} as const satisfies Column;
const tender = {
  name: 'TenderType',
  field: 'tender',
  type: 'choice',
  values: TENDERS,
  about: 'How it was paid.',
} as const satisfies Column;
const promoCode = {
  name: 'PromoCode',
  field: 'promoCode',
  type: 'text',
  nullable: true,
  references: 'promotion_calendar.PromoCode',
  about: 'Promotion that lowered the price, if any.',
} as const satisfies Column;

function money<const Name extends string, const Field extends string>(
  name: Name,
  field: Field,
  about: string,
) {
  return { name, field, type: 'money', about } as const;
}
function int<const Name extends string, const Field extends string>(
  name: Name,
  field: Field,
  about: string,
) {
  return { name, field, type: 'int', about } as const;
}
function choice<const Name extends string, const Field extends string>(
  name: Name,
  field: Field,
  values: readonly string[],
  about: string,
) {
  return { name, field, type: 'choice', values, about } as const;
}

/** What the partition key of a fact's event is made of. */
export type PartitionKey = 'store' | 'dc' | 'truck' | 'customer' | 'order';

export interface FactKind<Columns extends readonly Column[] = readonly Column[]> {
  readonly columns: Columns;
  /** Column names that together are unique over the life of a world. */
  readonly key: readonly string[];
  /** Type of the event that carries the fact; several where the fact's content decides. */
  readonly events: readonly string[];
  readonly partitionKey: PartitionKey;
  readonly about: string;
}

function fact<const Columns extends readonly Column[]>(kind: FactKind<Columns>): FactKind<Columns> {
  return kind;
}

export const FACTS = {
  receipts: fact({
    about: 'A paid basket at a store checkout.',
    columns: [
      trace,
      at,
      store,
      customer,
      receipt,
      money('Subtotal', 'subtotalCents', 'Sum of the lines.'),
      money('Tax', 'taxCents', 'Sales tax.'),
      money('Total', 'totalCents', 'Subtotal plus tax.'),
      tender,
      money(
        'Discount',
        'discountCents',
        'Informational: what promotions took off the list prices.',
      ),
      session,
    ],
    key: ['ReceiptId'],
    events: ['receipt_created'],
    partitionKey: 'store',
  }),
  receipt_lines: fact({
    about: 'One product on a receipt.',
    columns: [
      trace,
      at,
      receipt,
      line,
      product,
      int('Qty', 'qty', 'Units bought.'),
      money('UnitPrice', 'unitPriceCents', 'Price of a unit as paid.'),
      money('ExtPrice', 'extPriceCents', 'UnitPrice times Qty.'),
      promoCode,
      store,
      money('Tax', 'taxCents', 'Sales tax of the line.'),
    ],
    key: ['ReceiptId', 'Line'],
    events: ['receipt_line_added'],
    partitionKey: 'store',
  }),
  payments: fact({
    about: 'An attempt to pay a receipt or an online order, or a refund.',
    columns: [
      trace,
      at,
      receiptOrNull,
      orderOrNull,
      choice('PaymentMethod', 'tender', TENDERS, 'How it was paid.'),
      money('Amount', 'amountCents', 'Amount asked for or given back.'),
      { name: 'TransactionId', field: 'transactionId', type: 'id', about: 'The transaction.' },
      choice('Status', 'status', PAYMENT_STATUSES, 'What became of it.'),
    ],
    key: ['TransactionId', 'Status'],
    events: ['payment_processed'],
    partitionKey: 'store',
  }),
  promotions: fact({
    about: 'A promotion applied to one line of a receipt or an online order.',
    columns: [
      trace,
      at,
      receiptOrNull,
      promoCode,
      money(
        'DiscountAmount',
        'discountCents',
        'Taken off the line: (list price - unit price) times Qty.',
      ),
      choice('DiscountType', 'discountType', DISCOUNT_TYPES, 'Kind of promotion.'),
      product,
      orderOrNull,
    ],
    key: ['TraceId', 'ReceiptId', 'OrderId', 'ProductID'],
    events: ['promotion_applied'],
    partitionKey: 'store',
  }),
  store_inventory_txn: fact({
    about: 'A movement of stock in a store.',
    columns: [trace, at, store, product, delta, reason, source, balance],
    key: ['TraceId', 'EventTS', 'StoreID', 'ProductID', 'Reason', 'Source'],
    events: ['inventory_updated'],
    partitionKey: 'store',
  }),
  dc_inventory_txn: fact({
    about: 'A movement of stock in a distribution center.',
    columns: [trace, at, dc, product, delta, reason, source, balance],
    key: ['TraceId', 'EventTS', 'DCID', 'ProductID', 'Reason', 'Source'],
    events: ['inventory_updated'],
    partitionKey: 'dc',
  }),
  truck_inventory: fact({
    about: 'Goods loaded on or unloaded from a truck.',
    columns: [
      trace,
      at,
      truck,
      shipment,
      product,
      int('Quantity', 'quantity', 'Units.'),
      choice('Action', 'action', LOAD_ACTIONS, 'Loaded or unloaded.'),
      int('LocationID', 'locationId', 'Id of the supplier, distribution center or store.'),
      choice('LocationType', 'locationType', LOCATION_TYPES, 'What LocationID names.'),
      {
        name: 'OrderRef',
        field: 'orderRef',
        type: 'id',
        about: 'The reorder that asked for the goods.',
      },
    ],
    key: ['ShipmentId', 'ProductID', 'OrderRef', 'Action'],
    events: ['inventory_updated'],
    partitionKey: 'truck',
  }),
  truck_moves: fact({
    about: 'A step of a shipment. ETA of the COMPLETED row: arrival back home.',
    columns: [
      trace,
      at,
      truck,
      { ...dc, about: 'Home of the truck, or destination of a supplier truck.' },
      { ...storeOrNull, about: 'Destination; empty for a supplier truck.' },
      shipment,
      choice('Status', 'status', TRUCK_STATUSES, 'What the truck does now.'),
      { name: 'ETA', field: 'etaMs', type: 'instant', nullable: true, about: 'Expected arrival.' },
      {
        name: 'ETD',
        field: 'etdMs',
        type: 'instant',
        nullable: true,
        about: 'Expected departure.',
      },
      int(
        'DutyDrivingMinutes',
        'dutyDrivingMinutes',
        "Driving so far in the driver's duty period, whole minutes, rounded up.",
      ),
    ],
    key: ['ShipmentId', 'Status'],
    events: ['truck_arrived', 'truck_departed', 'truck_status_changed'],
    partitionKey: 'dc',
  }),
  stockouts: fact({
    about: 'The last unit of a product left a store or a distribution center.',
    columns: [
      trace,
      at,
      storeOrNull,
      dcOrNull,
      product,
      int('LastKnownQuantity', 'lastKnownQuantity', 'Units on hand just before.'),
    ],
    key: ['TraceId', 'EventTS', 'StoreID', 'DCID', 'ProductID'],
    events: ['stockout_detected'],
    partitionKey: 'store',
  }),
  reorders: fact({
    about:
      'A replenishment order line: of a store to its DC, or (StoreID empty) of a DC to a supplier.',
    columns: [
      trace,
      at,
      storeOrNull,
      dc,
      product,
      int('CurrentQuantity', 'currentQuantity', 'Units on hand at review.'),
      int('ReorderQuantity', 'reorderQuantity', 'Units ordered.'),
      int('ReorderPoint', 'reorderPoint', 'Reorder point in force at review.'),
      choice('Priority', 'priority', PRIORITIES, 'How urgent.'),
      { name: 'OrderRef', field: 'orderRef', type: 'id', about: 'The replenishment order.' },
      int(
        'InventoryPosition',
        'inventoryPosition',
        'On hand plus on order minus committed, at review.',
      ),
      int(
        'OrderUpToLevel',
        'orderUpToLevel',
        'Level that the order brings the position to, within one case pack.',
      ),
    ],
    key: ['OrderRef', 'ProductID'],
    events: ['reorder_triggered'],
    partitionKey: 'dc',
  }),
  foot_traffic: fact({
    about:
      'A sensor counted people: on entering at ENTRANCE, on leaving at EXIT, elsewhere when they move on.',
    columns: [
      trace,
      at,
      store,
      { name: 'SensorId', field: 'sensorId', type: 'id', about: 'The sensor.' },
      choice('Zone', 'zone', ZONES, 'Where it hangs.'),
      int('Dwell', 'dwellSeconds', 'Time spent in the zone, seconds.'),
      int('Count', 'count', 'People in the party.'),
      session,
    ],
    key: ['SessionId', 'EventTS', 'SensorId'],
    events: ['customer_entered', 'zone_traffic_counted'],
    partitionKey: 'store',
  }),
  zone_changes: fact({
    about: 'A shopper walked from one zone to the next.',
    columns: [
      trace,
      at,
      store,
      ble,
      choice('FromZone', 'fromZone', ZONES, 'Zone left.'),
      choice('ToZone', 'toZone', ZONES, 'Zone entered.'),
      session,
    ],
    key: ['SessionId', 'EventTS'],
    events: ['customer_zone_changed'],
    partitionKey: 'store',
  }),
  ble_pings: fact({
    about: "A beacon heard a shopper's phone.",
    columns: [
      trace,
      at,
      store,
      { name: 'BeaconId', field: 'beaconId', type: 'id', about: 'The beacon.' },
      ble,
      int('RSSI', 'rssiDbm', 'Received signal strength, dBm.'),
      choice('Zone', 'zone', ZONES, "The beacon's zone."),
      session,
    ],
    key: ['SessionId', 'EventTS'],
    events: ['ble_ping_detected'],
    partitionKey: 'store',
  }),
  store_ops: fact({
    about: 'A store opened, or closed after its last shopper had left.',
    columns: [
      trace,
      at,
      store,
      choice('Operation', 'operation', STORE_OPERATIONS, 'What happened.'),
    ],
    key: ['StoreID', 'EventTS'],
    events: ['store_opened', 'store_closed'],
    partitionKey: 'store',
  }),
  marketing: fact({
    about: 'An ad was shown to a customer.',
    columns: [
      trace,
      at,
      choice('Channel', 'channel', CHANNELS, 'Where it was shown.'),
      {
        name: 'CampaignId',
        field: 'campaignId',
        type: 'int',
        references: 'campaigns.CampaignId',
        about: 'The campaign.',
      },
      int('CreativeId', 'creativeId', 'Which creative.'),
      {
        name: 'CustomerAdId',
        field: 'adCustomerId',
        type: 'ad',
        references: 'customers.AdId',
        about: "The customer's advertising id.",
      },
      impression,
      money('Cost', 'costCents', 'Price of the impression.'),
      choice('Device', 'device', DEVICES, 'On what.'),
    ],
    key: ['ImpressionId'],
    events: ['ad_impression'],
    partitionKey: 'customer',
  }),
  attributions: fact({
    about: 'A visit that an impression brought about (last touch).',
    columns: [
      trace,
      at,
      { ...impression, references: 'marketing.ImpressionId' },
      customer,
      store,
      session,
      receiptOrNull,
      money('Revenue', 'revenueCents', "The receipt's subtotal; 0 if nothing was bought."),
    ],
    key: ['ImpressionId'],
    events: ['visit_attributed'],
    partitionKey: 'customer',
  }),
  online_orders: fact({
    about: 'An order placed online.',
    columns: [
      trace,
      at,
      order,
      customer,
      choice('FulfillmentMode', 'mode', FULFILLMENT_MODES, 'How it is fulfilled.'),
      choice('FulfillmentNodeType', 'nodeType', NODE_TYPES, 'What fulfils it.'),
      int('FulfillmentNodeID', 'nodeId', 'Id of the store or distribution center.'),
      money('Subtotal', 'subtotalCents', 'Sum of the lines.'),
      money('Tax', 'taxCents', 'Sales tax.'),
      money('Total', 'totalCents', 'Subtotal plus tax.'),
      tender,
      money(
        'Discount',
        'discountCents',
        'Informational: what promotions took off the list prices.',
      ),
    ],
    key: ['OrderId'],
    events: ['online_order_created'],
    partitionKey: 'order',
  }),
  online_order_lines: fact({
    about: 'One product of an online order.',
    columns: [
      trace,
      at,
      order,
      line,
      product,
      int('Qty', 'qty', 'Units ordered.'),
      money('UnitPrice', 'unitPriceCents', 'Price of a unit as paid.'),
      money('ExtPrice', 'extPriceCents', 'UnitPrice times Qty.'),
      promoCode,
      money('Tax', 'taxCents', 'Sales tax of the line.'),
    ],
    key: ['OrderId', 'Line'],
    events: ['online_order_line_added'],
    partitionKey: 'order',
  }),
  online_order_status: fact({
    about: 'A step of an online order.',
    columns: [
      trace,
      at,
      order,
      choice('Status', 'status', ORDER_STATUSES, 'The step.'),
      choice('NodeType', 'nodeType', NODE_TYPES, 'What fulfils the order.'),
      int('NodeID', 'nodeId', 'Id of the store or distribution center.'),
    ],
    key: ['OrderId', 'Status'],
    events: ['online_order_status_changed', 'online_order_picked', 'online_order_shipped'],
    partitionKey: 'order',
  }),
  returns: fact({
    about: 'Goods brought back for a refund.',
    columns: [
      trace,
      at,
      receipt,
      line,
      store,
      product,
      int('Qty', 'qty', 'Units brought back.'),
      money('Refund', 'refundCents', 'Paid back for the goods; the REFUNDED payment adds the tax.'),
      choice('Reason', 'reason', RETURN_REASONS, 'Why.'),
    ],
    key: ['TraceId', 'ReceiptId', 'Line'],
    events: ['return_processed'],
    partitionKey: 'store',
  }),
  supply_chain_disruption: fact({
    about: 'A disruption began, or was recovered from.',
    columns: [
      trace,
      at,
      dc,
      choice('Type', 'type', DISRUPTION_TYPES, 'What went wrong.'),
      choice('Severity', 'severity', SEVERITIES, 'How bad.'),
      { name: 'Description', field: 'description', type: 'text', about: 'In words.' },
      { name: 'StartTime', field: 'startMs', type: 'instant', about: 'When it began.' },
      {
        name: 'EndTime',
        field: 'endMs',
        type: 'instant',
        about: 'When it ends, as planned at the start.',
      },
      int('ImpactPercentage', 'impactPercent', 'Share of capacity lost, percent.'),
      int('AffectedProducts', 'affectedProducts', 'How many products it touches.'),
      choice('Status', 'status', DISRUPTION_STATUSES, 'Begun or over.'),
    ],
    key: ['TraceId', 'Status'],
    events: ['disruption_started', 'disruption_recovered'],
    partitionKey: 'dc',
  }),
} as const;

export type FactName = keyof typeof FACTS;
export type FactRecord<Name extends FactName> = RecordOf<(typeof FACTS)[Name]['columns']>;

/** Names of all fact tables, in the catalogue's order. */
export const FACT_NAMES = Object.keys(FACTS) as FactName[];

/** Takes facts in time order. A record is only lent: copy what must outlive the call. */
export type FactSink = { readonly [Name in FactName]: (record: FactRecord<Name>) => void };

/** One reusable blank record per kind of fact. */
export type FactScratch = { readonly [Name in FactName]: FactRecord<Name> };

export function factScratch(): FactScratch {
  return Object.fromEntries(
    FACT_NAMES.map((name) => [name, blankRecord(FACTS[name].columns)]),
  ) as unknown as FactScratch;
}
