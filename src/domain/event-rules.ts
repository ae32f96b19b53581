/**
 * How each kind of fact becomes an event: type, parent, correlation and partition key. Its id follows from the key
 * of the fact.
 *
 * Published with the events (docs/events.md): consumers join stream and files by the ids, so a rule is
 * as fixed as a column. The fact of a parent is emitted before those of its children.
 */
import type { Cases, EventRef, EventRule, KeyPart, PartitionKey } from './event-rule.ts';
import {
  entityOf,
  given,
  incoming,
  is,
  names,
  previous,
  pseudonym,
  type Term,
  text,
  twin,
} from './term.ts';
import { FACT_NAMES, type FACTS, type FactName } from './facts.ts';

type Kind<Name extends FactName> = (typeof FACTS)[Name];
type ColumnName<Name extends FactName> =
  | Kind<Name>['columns'][number]['name']
  | Kind<Name>['links'][number]['name'];
type Rules = {
  readonly [Name in FactName]: EventRule<ColumnName<Name>>;
};

function always<const Value>(gives: Value) {
  return [{ when: [], gives }] as const;
}

function ref<const C extends string>(table: FactName, ...id: readonly Term<C>[]): EventRef<C> {
  return { table, id };
}

const byTrace = always('TraceId');
const byStore = always({ entity: 'store', id: 'StoreID' });
const byDc = always({ entity: 'dc', id: 'DCID' });
const byOrder = always({ entity: 'order', id: 'OrderId' });
/** Of a receipt the store's, of an online order its own. */
const byReceiptOrOrder: Cases<'ReceiptId' | 'OrderId', KeyPart<'ReceiptId' | 'OrderId'>> = [
  { when: [given('ReceiptId')], gives: { entity: 'store', id: entityOf('ReceiptId') } },
  { when: [], gives: { entity: 'order', id: 'OrderId' } },
];

/** The entrance count that began the visit. */
const visitBegan = ref('foot_traffic', 'SessionId', text('ENTRANCE'));
const withinVisit = always(visitBegan);

/** What moved stock, told by the trace of the movement. */
const movedBy: Cases<'TraceId' | 'QtyDelta', EventRef<'TraceId'>> = [
  {
    when: [names('TraceId', 'session')],
    gives: ref('receipts', twin('TraceId', 'session', 'receipt')),
  },
  {
    when: [names('TraceId', 'shipment'), incoming('QtyDelta')],
    gives: ref('truck_moves', 'TraceId', text('UNLOADING')),
  },
  {
    when: [names('TraceId', 'shipment')],
    gives: ref('truck_moves', 'TraceId', text('LOADING')),
  },
  {
    when: [names('TraceId', 'order'), incoming('QtyDelta')],
    gives: ref('online_order_status', 'TraceId', text('CANCELLED')),
  },
  {
    when: [names('TraceId', 'order')],
    gives: ref('online_order_status', 'TraceId', text('PICKED')),
  },
  { when: [names('TraceId', 'return')], gives: ref('returns', 'TraceId') },
];
/** Whose stock moved. */
function stockOf(value: 'STORE' | 'DC' | 'TRUCK', about: string) {
  return { key: 'location_type', value, about };
}

/** The step before, by step. */
function after<const C extends string>(
  table: FactName,
  id: C,
  steps: Readonly<Record<string, string>>,
): Cases<C | 'Status', EventRef<C>> {
  return Object.entries(steps).map(([status, before]) => ({
    when: [is('Status', status)],
    gives: ref(table, id, text(before)),
  }));
}

export const EVENT_RULES = {
  receipts: {
    types: always('receipt_created'),
    parents: withinVisit,
    correlation: byTrace,
    partition: byStore,
  },
  receipt_lines: {
    types: always('receipt_line_added'),
    parents: always(ref('receipts', 'ReceiptId')),
    correlation: byTrace,
    partition: byStore,
  },
  payments: {
    types: always('payment_processed'),
    parents: [
      { when: [names('TraceId', 'return')], gives: ref('returns', 'TraceId') },
      { when: [given('ReceiptId')], gives: ref('receipts', 'ReceiptId') },
      {
        when: [is('Status', 'REFUNDED')],
        gives: ref('online_order_status', 'OrderId', text('CANCELLED')),
      },
      { when: [], gives: ref('online_orders', 'OrderId') },
    ],
    correlation: [
      { when: [given('ReceiptId')], gives: twin('ReceiptId', 'receipt', 'session') },
      { when: [], gives: 'OrderId' },
    ],
    partition: byReceiptOrOrder,
  },
  promotions: {
    types: always('promotion_applied'),
    parents: [
      { when: [given('ReceiptId')], gives: ref('receipts', 'ReceiptId') },
      { when: [], gives: ref('online_orders', 'OrderId') },
    ],
    correlation: byTrace,
    partition: byReceiptOrOrder,
  },
  store_inventory_txn: {
    types: always('inventory_updated'),
    parents: movedBy,
    correlation: byTrace,
    partition: byStore,
    payloadKind: stockOf('STORE', 'The stock of the store store_id moved.'),
  },
  dc_inventory_txn: {
    types: always('inventory_updated'),
    parents: movedBy,
    correlation: byTrace,
    partition: byDc,
    payloadKind: stockOf('DC', 'The stock of the distribution center dc_id moved.'),
  },
  truck_inventory: {
    types: always('inventory_updated'),
    parents: [
      { when: [is('Action', 'LOAD')], gives: ref('reorders', 'OrderRef', 'ProductID') },
      {
        when: [],
        gives: ref('truck_inventory', 'ShipmentId', 'ProductID', 'OrderRef', text('LOAD')),
      },
    ],
    correlation: always('OrderRef'),
    partition: always({ entity: 'truck', id: 'TruckId' }),
    payloadKind: stockOf('TRUCK', 'The goods on board of the truck truck_id moved.'),
    // Of the place where the truck stands: location_type says whose stock it is.
    payloadKeys: { LocationID: 'stop_id', LocationType: 'stop_type' },
  },
  truck_moves: {
    types: [
      { when: [is('Status', 'ARRIVED')], gives: 'truck_arrived' },
      { when: [is('Status', 'IN_TRANSIT')], gives: 'truck_departed' },
      { when: [], gives: 'truck_status_changed' },
    ],
    parents: [
      {
        when: [is('Status', 'SCHEDULED'), given('OrderRef')],
        gives: ref('reorders', 'OrderRef', 'ProductID'),
      },
      ...after('truck_moves', 'ShipmentId', {
        LOADING: 'SCHEDULED',
        IN_TRANSIT: 'LOADING',
        DELAYED: 'IN_TRANSIT',
        ARRIVED: 'IN_TRANSIT',
        UNLOADING: 'ARRIVED',
        COMPLETED: 'UNLOADING',
      }),
    ],
    correlation: byTrace,
    partition: byDc,
  },
  stockouts: {
    types: always('stockout_detected'),
    parents: [
      {
        when: [given('StoreID')],
        gives: ref('store_inventory_txn', 'TraceId', 'ProductID', text('out')),
      },
      { when: [], gives: ref('dc_inventory_txn', 'TraceId', 'ProductID', text('out')) },
    ],
    correlation: byTrace,
    partition: [
      { when: [given('StoreID')], gives: { entity: 'store', id: 'StoreID' } },
      { when: [], gives: { entity: 'dc', id: 'DCID' } },
    ],
  },
  reorders: {
    types: always('reorder_triggered'),
    parents: [
      {
        when: [given('StockoutTraceId')],
        gives: ref('stockouts', 'StockoutTraceId', 'ProductID'),
      },
    ],
    correlation: byTrace,
    partition: byDc,
  },
  foot_traffic: {
    types: [
      { when: [is('Zone', 'ENTRANCE')], gives: 'customer_entered' },
      { when: [], gives: 'zone_traffic_counted' },
    ],
    parents: [
      { when: [names('CauseId', 'impression')], gives: ref('marketing', 'CauseId') },
      {
        when: [names('CauseId', 'order')],
        gives: ref('online_order_status', 'CauseId', text('READY_FOR_PICKUP')),
      },
      { when: [is('Zone', 'ENTRANCE')], gives: null },
      { when: [], gives: visitBegan },
    ],
    correlation: byTrace,
    partition: byStore,
  },
  zone_changes: {
    types: always('customer_zone_changed'),
    parents: withinVisit,
    correlation: byTrace,
    partition: byStore,
  },
  ble_pings: {
    types: always('ble_ping_detected'),
    parents: withinVisit,
    correlation: byTrace,
    partition: byStore,
  },
  store_ops: {
    types: [
      { when: [is('Operation', 'OPENED')], gives: 'store_opened' },
      { when: [], gives: 'store_closed' },
    ],
    parents: [{ when: [is('Operation', 'CLOSED')], gives: ref('store_ops', previous('TraceId')) }],
    correlation: [
      { when: [is('Operation', 'CLOSED')], gives: previous('TraceId') },
      { when: [], gives: 'TraceId' },
    ],
    partition: byStore,
  },
  marketing: {
    types: always('ad_impression'),
    parents: [],
    correlation: byTrace,
    partition: always({ entity: 'customer', id: 'CustomerAdId' }),
  },
  attributions: {
    types: always('visit_attributed'),
    parents: always(ref('marketing', 'ImpressionId')),
    correlation: always('ImpressionId'),
    partition: always({ entity: 'customer', id: pseudonym('CustomerID') }),
  },
  online_orders: {
    types: always('online_order_created'),
    parents: [{ when: [given('CauseId')], gives: ref('marketing', 'CauseId') }],
    correlation: byTrace,
    partition: byOrder,
  },
  online_order_lines: {
    types: always('online_order_line_added'),
    parents: always(ref('online_orders', 'OrderId')),
    correlation: byTrace,
    partition: byOrder,
  },
  online_order_status: {
    types: [
      { when: [is('Status', 'PICKED')], gives: 'online_order_picked' },
      { when: [is('Status', 'SHIPPED')], gives: 'online_order_shipped' },
      { when: [], gives: 'online_order_status_changed' },
    ],
    parents: [
      { when: [is('Status', 'CREATED')], gives: ref('online_orders', 'OrderId') },
      ...after('online_order_status', 'OrderId', {
        PICKED: 'CREATED',
        SHIPPED: 'PICKED',
        READY_FOR_PICKUP: 'PICKED',
        DELIVERED: 'SHIPPED',
        COLLECTED: 'READY_FOR_PICKUP',
        CANCELLED: 'CREATED',
      }),
    ],
    correlation: byTrace,
    partition: byOrder,
  },
  returns: {
    types: always('return_processed'),
    parents: [
      { when: [given('ReceiptId')], gives: ref('receipt_lines', 'ReceiptId', 'Line') },
      { when: [], gives: ref('online_order_lines', 'OrderId', 'Line') },
    ],
    correlation: [
      { when: [given('ReceiptId')], gives: twin('ReceiptId', 'receipt', 'session') },
      { when: [], gives: 'OrderId' },
    ],
    partition: byStore,
  },
  supply_chain_disruption: {
    types: [
      { when: [is('Status', 'ACTIVE')], gives: 'disruption_started' },
      { when: [], gives: 'disruption_recovered' },
    ],
    parents: after('supply_chain_disruption', 'TraceId', { RECOVERED: 'ACTIVE' }),
    correlation: byTrace,
    partition: byDc,
  },
  ad_clicks: {
    types: always('ad_clicked'),
    parents: always(ref('marketing', 'ImpressionId')),
    correlation: byTrace,
    partition: always({ entity: 'customer', id: 'CustomerAdId' }),
  },
  shelf_fills: {
    types: always('shelf_filled'),
    parents: [],
    correlation: byTrace,
    partition: byStore,
  },
  stock_counts: {
    types: always('stock_counted'),
    parents: [],
    correlation: byTrace,
    partition: byStore,
  },
  record_errors: {
    types: always('record_error_made'),
    parents: [
      {
        when: [names('TraceId', 'session')],
        gives: ref('receipts', twin('TraceId', 'session', 'receipt')),
      },
      {
        when: [names('TraceId', 'shipment')],
        gives: ref('truck_moves', 'TraceId', text('UNLOADING')),
      },
      { when: [], gives: ref('store_inventory_txn', 'TraceId', 'ProductID', text('out')) },
    ],
    correlation: byTrace,
    partition: byStore,
  },
  unmet_demand: {
    types: always('shelf_found_empty'),
    parents: withinVisit,
    correlation: byTrace,
    partition: byStore,
  },
  weather: {
    types: always('weather_observed'),
    parents: [],
    correlation: byTrace,
    partition: byDc,
  },
} as const satisfies Rules;

/** Type of an event on the wire. */
export type EventType = (typeof EVENT_RULES)[FactName]['types'][number]['gives'];

/** Types of the events that carry the facts of a table. */
export function eventTypesOf(table: FactName): readonly EventType[] {
  return distinct(EVENT_RULES[table].types.map(({ gives }): EventType => gives));
}

/** All event types, in the catalogue's order. */
export const EVENT_TYPES: readonly EventType[] = distinct(FACT_NAMES.flatMap(eventTypesOf));

/** What the partition keys of a table's events are made of; the first that a fact has, where there are several. */
export function partitionKeysOf(table: FactName): readonly PartitionKey[] {
  const { partition }: Pick<EventRule, 'partition'> = EVENT_RULES[table];
  return distinct(partition.map(({ gives }) => gives.entity));
}

function distinct<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)];
}
