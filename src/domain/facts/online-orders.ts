/** Online orders: what is ordered, and the steps until it is handed over. */
import {
  adCause,
  at,
  choice,
  customer,
  discount,
  extPrice,
  int,
  line,
  lineTax,
  order,
  product,
  promoCode,
  subtotal,
  tax,
  tender,
  total,
  trace,
  unitPrice,
} from '../fact-columns.ts';
import { fact } from '../fact-kind.ts';
import { FULFILLMENT_MODES, NODE_TYPES, ORDER_STATUSES } from '../values.ts';

export const ONLINE_ORDERS = {
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
} as const;
