/** Stock at its nodes: what moves it, when it is gone, and what a store's record says of it. */
import {
  at,
  balance,
  choice,
  dc,
  dcOrNull,
  delta,
  int,
  product,
  reason,
  recordedBalance,
  shelfBalance,
  shelfDelta,
  source,
  store,
  storeOrNull,
  trace,
} from '../fact-columns.ts';
import { fact } from '../fact-kind.ts';
import { direction } from '../term.ts';
import { COUNT_KINDS, RECORD_ERRORS, STOCKOUT_CAUSES } from '../values.ts';

/** Of a movement of stock: one cause moves a product in at most once, and out at most once. */
const movement = ['TraceId', 'ProductID', direction('QtyDelta')] as const;

export const STOCK = {
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
} as const;
