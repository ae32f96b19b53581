/**
 * The fact catalogue: every kind of fact that a world can bring forth, declared once.
 *
 * CSV headers and encoders, the SQL of `sim verify`, the data dictionary and the event envelopes all
 * derive from this declaration. Names and order of the columns are a published contract: append,
 * never insert.
 */
import { blankRecord, NULL, type RecordOf } from './columns.ts';
import {
  adCause,
  at,
  balance,
  ble,
  cause,
  choice,
  customer,
  dc,
  dcOrNull,
  delta,
  discount,
  extPrice,
  id,
  impression,
  int,
  line,
  lineTax,
  money,
  oldestOrder,
  oldestOrderProduct,
  order,
  orderOrNull,
  product,
  promoCode,
  reason,
  receipt,
  receiptOrNull,
  recordedBalance,
  session,
  shelfBalance,
  shelfDelta,
  shipment,
  source,
  stockoutTrace,
  store,
  storeOrNull,
  subtotal,
  tax,
  tender,
  total,
  trace,
  truck,
  unitPrice,
} from './fact-columns.ts';
import { type FactKind, fact } from './fact-kind.ts';
import { direction } from './term.ts';
import {
  CHANNELS,
  COUNT_KINDS,
  DEVICES,
  DISCOUNT_TYPES,
  DISRUPTION_STATUSES,
  DISRUPTION_TYPES,
  FULFILLMENT_MODES,
  LANDINGS,
  LOAD_ACTIONS,
  LOCATION_TYPES,
  NODE_TYPES,
  ORDER_STATUSES,
  PAYMENT_STATUSES,
  PRIORITIES,
  RECORD_ERRORS,
  RETURN_DISPOSITIONS,
  RETURN_REASONS,
  SEVERITIES,
  SHELF_REACTIONS,
  SKIES,
  STOCKOUT_CAUSES,
  STORE_OPERATIONS,
  TENDERS,
  TRUCK_STATUSES,
  ZONES,
} from './values.ts';

/** Of a movement of stock: one cause moves a product in at most once, and out at most once. */
const movement = ['TraceId', 'ProductID', direction('QtyDelta')] as const;

/**
 * The fact tables by name, each with its columns, in the order of the CSV, and its key. docs/data-dictionary.md lists
 * them all.
 */
export const FACTS = {
  receipts: fact({
    about: 'A paid basket at a store checkout.',
    columns: [trace, at, store, customer, receipt, subtotal, tax, total, tender, discount, session],
    key: ['ReceiptId'],
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
      unitPrice,
      extPrice,
      promoCode,
      store,
      lineTax,
    ],
    key: ['ReceiptId', 'Line'],
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
      id('TransactionId', 'transactionId', 'The transaction.'),
      choice('Status', 'status', PAYMENT_STATUSES, 'What became of it.'),
    ],
    key: ['TransactionId', 'Status'],
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
    key: ['TraceId', 'ProductID'],
  }),
  store_inventory_txn: fact({
    about: 'A movement of stock in a store.',
    columns: [
      trace,
      at,
      store,
      product,
      delta,
      reason,
      source,
      balance,
      shelfDelta,
      shelfBalance,
      recordedBalance,
    ],
    key: movement,
  }),
  dc_inventory_txn: fact({
    about: 'A movement of stock in a distribution center.',
    columns: [trace, at, dc, product, delta, reason, source, balance],
    key: movement,
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
      id('OrderRef', 'orderRef', 'The reorder that asked for the goods.'),
    ],
    key: ['ShipmentId', 'ProductID', 'OrderRef', 'Action'],
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
    links: [oldestOrder, oldestOrderProduct],
    key: ['ShipmentId', 'Status'],
  }),
  stockouts: fact({
    about: 'The last unit of a product left its shelf in a store, or a distribution center.',
    columns: [
      trace,
      at,
      storeOrNull,
      dcOrNull,
      product,
      int(
        'LastKnownQuantity',
        'lastKnownQuantity',
        'Units on the shelf, or in the DC, just before.',
      ),
      {
        ...int('BackroomQuantity', 'backroomQuantity', "Units in the store's backroom."),
        nullable: true,
      },
      int(
        'RecordedQuantity',
        'recordedQuantity',
        "Units on hand afterwards by the record: a store's may be wrong, and below 0.",
      ),
      int('OnOrderQuantity', 'onOrderQuantity', 'Units ordered and not yet received.'),
      choice(
        'Cause',
        'cause',
        STOCKOUT_CAUSES,
        'Why it is gone: there is more in the backroom; the record says that there is; more is on order; nothing is.',
      ),
    ],
    key: ['TraceId', 'ProductID'],
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
      int('CurrentQuantity', 'currentQuantity', "Units on hand at review, by a store's record."),
      int('ReorderQuantity', 'reorderQuantity', 'Units ordered.'),
      int('ReorderPoint', 'reorderPoint', 'Reorder point in force at review.'),
      choice('Priority', 'priority', PRIORITIES, 'How urgent.'),
      id('OrderRef', 'orderRef', 'The replenishment order.'),
      int(
        'InventoryPosition',
        'inventoryPosition',
        'CurrentQuantity plus on order minus committed, at review.',
      ),
      int(
        'OrderUpToLevel',
        'orderUpToLevel',
        'Level that the order brings the position to, within one case pack.',
      ),
    ],
    links: [stockoutTrace],
    key: ['OrderRef', 'ProductID'],
  }),
  foot_traffic: fact({
    about:
      'A sensor counted people: on entering at ENTRANCE, on leaving at EXIT, elsewhere when they move on.',
    columns: [
      trace,
      at,
      store,
      id('SensorId', 'sensorId', 'The sensor.'),
      choice('Zone', 'zone', ZONES, 'Where it hangs.'),
      int('Dwell', 'dwellSeconds', 'Time spent in the zone, seconds.'),
      int('Count', 'count', 'People in the party.'),
      session,
    ],
    links: [cause],
    key: ['SessionId', 'Zone'],
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
    key: ['SessionId', 'ToZone'],
  }),
  ble_pings: fact({
    about: "A beacon heard a shopper's phone.",
    columns: [
      trace,
      at,
      store,
      id('BeaconId', 'beaconId', 'The beacon.'),
      ble,
      int('RSSI', 'rssiDbm', 'Received signal strength, dBm.'),
      choice('Zone', 'zone', ZONES, "The beacon's zone."),
      session,
    ],
    key: ['SessionId', 'EventTS'],
  }),
  store_ops: fact({
    about: 'A store opened, or closed after its last shopper had left.',
    columns: [
      trace,
      at,
      store,
      choice('Operation', 'operation', STORE_OPERATIONS, 'What happened.'),
    ],
    key: ['TraceId'],
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
  }),
  attributions: fact({
    about: 'A visit or an online order that an impression led to (last touch).',
    columns: [
      trace,
      at,
      { ...impression, references: 'marketing.ImpressionId' },
      customer,
      { ...storeOrNull, about: 'The store that was visited; empty for an online order.' },
      { ...session, nullable: true, about: 'The visit; empty for an online order.' },
      receiptOrNull,
      money(
        'Revenue',
        'revenueCents',
        'Subtotal of the receipt or of the order; 0 if nothing was bought.',
      ),
      { ...orderOrNull, about: 'The online order; empty for a visit.' },
    ],
    key: ['ImpressionId'],
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
      subtotal,
      tax,
      total,
      tender,
      discount,
    ],
    links: [adCause],
    key: ['OrderId'],
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
      unitPrice,
      extPrice,
      promoCode,
      lineTax,
    ],
    key: ['OrderId', 'Line'],
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
  }),
  returns: fact({
    about: 'Goods brought back to a store for a refund: of a receipt, or of an online order.',
    columns: [
      trace,
      at,
      { ...receiptOrNull, about: 'The receipt; empty if the goods were ordered online.' },
      line,
      store,
      product,
      int('Qty', 'qty', 'Units brought back.'),
      money('Refund', 'refundCents', 'Paid back for the goods; the REFUNDED payment adds the tax.'),
      choice('Reason', 'reason', RETURN_REASONS, 'Why.'),
      { ...orderOrNull, about: 'The online order; empty if the goods were bought in the store.' },
      {
        name: 'WithReceipt',
        field: 'withReceipt',
        type: 'bool',
        about:
          'Whether the customer had the receipt; without it the store found the sale in its journal, by a card or the order.',
      },
      choice(
        'Disposition',
        'disposition',
        RETURN_DISPOSITIONS,
        'What becomes of the goods: back on the shelf, sold to a liquidator, written off.',
      ),
    ],
    key: ['TraceId'],
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
  }),
  ad_clicks: fact({
    about: 'A customer clicked on an ad, whether or not it led to anything.',
    columns: [
      trace,
      at,
      id('ClickId', 'clickId', 'The click.'),
      { ...impression, references: 'marketing.ImpressionId' },
      {
        name: 'CustomerAdId',
        field: 'adCustomerId',
        type: 'ad',
        references: 'customers.AdId',
        about: "The customer's advertising id.",
      },
      choice('Channel', 'channel', CHANNELS, 'Where the ad was shown.'),
      {
        name: 'CampaignId',
        field: 'campaignId',
        type: 'int',
        references: 'campaigns.CampaignId',
        about: 'The campaign.',
      },
      choice('Device', 'device', DEVICES, 'On what.'),
      choice('Landing', 'landing', LANDINGS, 'The page that opened.'),
      int('Dwell', 'dwellSeconds', 'Time spent on the page, seconds.'),
    ],
    key: ['ClickId'],
  }),
  shelf_fills: fact({
    about: 'A shelf was filled from the backroom.',
    columns: [
      { ...trace, about: 'The round in which shelves were filled.' },
      at,
      store,
      product,
      int('Qty', 'qty', 'Units brought to the shelf.'),
      shelfBalance,
      int('BackroomBalance', 'backroomBalance', 'Units in the backroom afterwards.'),
    ],
    key: ['TraceId', 'ProductID'],
  }),
  stock_counts: fact({
    about: 'A store counted a product, and put its record right.',
    columns: [
      { ...trace, about: 'The round in which stock was counted.' },
      at,
      store,
      product,
      choice(
        'Kind',
        'kind',
        COUNT_KINDS,
        'By the calendar, or because a shelf was empty and the record said otherwise.',
      ),
      int('Recorded', 'recorded', 'Units on hand by the record before.'),
      int('Counted', 'counted', 'Units found, on the shelf and in the backroom.'),
      int('Deviation', 'deviation', 'Counted minus Recorded: what the record was corrected by.'),
    ],
    key: ['TraceId', 'ProductID'],
  }),
  record_errors: fact({
    about: "A store's record went wrong, and nobody noticed.",
    columns: [
      { ...trace, about: 'What made it wrong: the visit, the shipment, or the loss.' },
      at,
      store,
      product,
      choice('Kind', 'kind', RECORD_ERRORS, 'How.'),
      int('Deviation', 'deviation', 'Units that the record has more (+) or less (-) by it.'),
      recordedBalance,
    ],
    key: ['TraceId', 'ProductID'],
  }),
  unmet_demand: fact({
    about: 'A shopper wanted a product and found its shelf empty.',
    columns: [
      trace,
      at,
      store,
      product,
      int('Qty', 'qty', 'Units wanted.'),
      choice(
        'Reaction',
        'reaction',
        SHELF_REACTIONS,
        'Goes to another store, takes another brand, comes back for it later, drops it, or takes another size or variety.',
      ),
      {
        name: 'SubstituteProductID',
        field: 'substituteId',
        type: 'int',
        nullable: true,
        references: 'products_master.ID',
        about: 'The product taken instead, if any.',
      },
      session,
    ],
    key: ['TraceId', 'ProductID'],
  }),
  weather: fact({
    about:
      "The weather of a local day in a region, recorded at the distribution center's midnight.",
    columns: [
      trace,
      at,
      dc,
      {
        name: 'LocalDate',
        field: 'localDateMs',
        type: 'date',
        about: 'The local day, for all stores of the region.',
      },
      choice('Sky', 'sky', SKIES, 'Clear, cloudy, wet for hours or all day, or hot and dry.'),
      int('HighC', 'highC', 'Highest temperature, °C.'),
      int('LowC', 'lowC', 'Lowest temperature, °C.'),
      int('PrecipitationMm', 'precipitationMm', 'Rain, or snow as water, mm.'),
      int(
        'VisitsPercent',
        'visitsPercent',
        'Visits to expect under this sky, percent of a cloudy day.',
      ),
    ],
    key: ['TraceId'],
  }),
} as const;

/** Name of a fact table. */
export type FactName = keyof typeof FACTS;
/** A fact as the simulation holds it: one field for each column. It is only lent to whoever sees it. */
export type FactRecord<Name extends FactName> = RecordOf<
  [...(typeof FACTS)[Name]['columns'], ...(typeof FACTS)[Name]['links']]
>;
/** Names of all fact tables, in the catalogue's order. */
export const FACT_NAMES = Object.keys(FACTS) as FactName[];

/** Takes facts in time order. A record is only lent: copy what must outlive the call. */
export type FactSink = { readonly [Name in FactName]: (record: FactRecord<Name>) => void };

/** A zeroed record of a kind, its links unset. */
export function blankFact<Name extends FactName>(name: Name): FactRecord<Name> {
  const { columns, links }: FactKind = FACTS[name];
  const record = blankRecord([...columns, ...links]) as Record<string, number | string>;
  for (const { field } of links) record[field] = NULL;
  return record as FactRecord<Name>;
}

/** One reusable blank record per kind of fact. */
export type FactScratch = { readonly [Name in FactName]: FactRecord<Name> };

export function factScratch(): FactScratch {
  return Object.fromEntries(
    FACT_NAMES.map((name) => [name, blankFact(name)]),
  ) as unknown as FactScratch;
}
