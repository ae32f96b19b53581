import { id, type Mutation, setTime } from './mutation.ts';

const ROUND = id('TraceId', 'L1-0');

export const SHELVES: readonly Mutation[] = [
  {
    breaks: '20c',
    does: 'blames an empty shelf on the backroom, which is empty too',
    sql: ["UPDATE stockouts SET Cause = 'NOT_FILLED' WHERE StoreID = 1"],
  },
  {
    breaks: '20c',
    does: 'says that the record knew of none of what it had',
    sql: ['UPDATE stockouts SET RecordedQuantity = RecordedQuantity + 1 WHERE StoreID = 1'],
  },
  {
    breaks: '20d',
    does: 'forgets at a stockout what is on order',
    sql: ['UPDATE stockouts SET OnOrderQuantity = OnOrderQuantity + 6'],
  },
  {
    breaks: '49a',
    does: 'puts more on a shelf than it holds',
    sql: ['UPDATE store_inventory_snapshots SET ShelfCapacity = 100 WHERE StoreID = 2'],
  },
  {
    breaks: '49b',
    does: 'puts a delivery on the shelf at once',
    sql: [
      `UPDATE store_inventory_txn SET ShelfDelta = 6 WHERE ${id('TraceId', 'H1-0')} AND ProductID = 4`,
    ],
  },
  {
    breaks: '49b',
    does: 'sells from the backroom',
    sql: [
      `UPDATE store_inventory_txn SET ShelfDelta = 0 WHERE ${id('TraceId', 'S1-4')} AND ProductID = 2`,
    ],
  },
  {
    breaks: '49c',
    does: 'forgets on the shelf what was brought there',
    sql: [`UPDATE shelf_fills SET ShelfBalance = 5 WHERE ${ROUND} AND ProductID = 4`],
  },
  {
    breaks: '49c',
    does: 'miscounts a shelf in the middle of the day',
    sql: [
      `UPDATE store_inventory_txn SET ShelfBalance = ShelfBalance - 1 WHERE ${id('TraceId', 'S1-3')} AND ProductID = 1`,
    ],
  },
  {
    breaks: '49d',
    does: 'makes goods in the backroom by filling a shelf',
    sql: [`UPDATE shelf_fills SET BackroomBalance = 3 WHERE ${ROUND} AND ProductID = 4`],
  },
  {
    breaks: '49e',
    does: 'closes with a unit of the shelf in the backroom',
    sql: [
      'UPDATE closing_store_stock SET Shelf = Shelf - 1, Backroom = Backroom + 1 WHERE StoreID = 2 AND ProductID = 3',
    ],
  },
  {
    breaks: '49f',
    does: 'opens with a shelf that has room for part of a case',
    sql: ['UPDATE store_inventory_snapshots SET ShelfCapacity = 205 WHERE StoreID = 3'],
  },
  {
    breaks: '49f',
    does: 'opens with goods in the backroom that the shelf has room for',
    sql: [
      'UPDATE store_inventory_snapshots SET ShelfQuantity = 40 WHERE StoreID = 3 AND ProductID = 1',
    ],
  },
  {
    breaks: '49g',
    does: 'fills the shelves of a round one after another',
    sql: [
      `UPDATE shelf_fills SET EventTS = EventTS + INTERVAL 1 SECOND WHERE ${ROUND} AND ProductID = 4`,
    ],
  },
  {
    breaks: '50a',
    does: 'notices a theft that nobody saw',
    sql: [
      `UPDATE store_inventory_txn SET RecordedBalance = RecordedBalance - 1 WHERE ${id('TraceId', 'A1-2')}`,
      `UPDATE record_errors SET RecordedBalance = RecordedBalance - 1 WHERE ${id('TraceId', 'A1-2')}`,
    ],
  },
  {
    breaks: '50b',
    does: 'closes with another record than it kept',
    sql: [
      'UPDATE closing_store_stock SET Recorded = Recorded + 1 WHERE StoreID = 2 AND ProductID = 3',
    ],
  },
  {
    breaks: '50c',
    does: 'counts a unit that is not there',
    sql: [
      `UPDATE stock_counts SET Counted = Counted + 1, Deviation = Deviation + 1 WHERE ${id('TraceId', 'C1-1')}`,
    ],
  },
  {
    breaks: '50c',
    does: 'checks a record that knew that there was nothing',
    sql: [`UPDATE stock_counts SET Kind = 'ZERO_BALANCE', Recorded = 0, Deviation = Counted`],
    also: ['50a', '21a'],
  },
  {
    breaks: '50d',
    does: 'makes a record wrong by a shipment that brought nothing',
    sql: [`UPDATE record_errors SET TraceId = packed_id('H1-1') WHERE Kind = 'MISCOUNT'`],
    also: ['48b'],
  },
  {
    breaks: '50d',
    does: 'scans what nobody took for something else',
    sql: [
      `UPDATE record_errors SET Deviation = 2 WHERE ${id('TraceId', 'S1-8')} AND ProductID = 2`,
    ],
    also: ['50a', '50b'],
  },
  {
    breaks: '50d',
    does: 'names another record than a theft has left',
    sql: [
      `UPDATE record_errors SET RecordedBalance = RecordedBalance + 1 WHERE ${id('TraceId', 'A1-2')}`,
    ],
  },
  {
    breaks: '50f',
    does: 'counts by the calendar while the store is open',
    sql: [`UPDATE stock_counts SET ${setTime('06 03:00:00')} WHERE ${id('TraceId', 'C1-1')}`],
  },
  {
    breaks: '50f',
    does: 'calls a gap that somebody saw a count by the calendar',
    sql: [`UPDATE stock_counts SET Kind = 'CYCLE' WHERE ${id('TraceId', 'C1-0')}`],
  },
  {
    breaks: '50e',
    does: 'loses goods unseen without a trace in the record',
    sql: [`UPDATE store_inventory_txn SET Source = 'FLOOR' WHERE ${id('TraceId', 'A1-0')}`],
  },
  {
    breaks: '51a',
    does: 'takes the same product for the one that was not there',
    sql: ['UPDATE unmet_demand SET SubstituteProductID = ProductID WHERE SubstituteProductID = 2'],
  },
  {
    breaks: '51a',
    does: 'finds a shelf empty before coming in',
    sql: [`UPDATE unmet_demand SET ${setTime('04 13:00:00')} WHERE ${id('TraceId', 'S1-57')}`],
    also: ['48b', '43c'],
  },
  {
    breaks: '51b',
    does: 'notes what is missing after leaving the department',
    sql: [
      `UPDATE unmet_demand SET EventTS = EventTS + INTERVAL 1 SECOND WHERE ${id('TraceId', 'S1-57')}`,
    ],
  },
  {
    breaks: '51c',
    does: 'takes something else and does not buy it',
    sql: [
      `DELETE FROM receipt_lines WHERE ${id('ReceiptId', 'R1-56')} AND ProductID = 2`,
      `UPDATE receipts SET Subtotal = Subtotal - 19.99, Tax = Tax - 1.65, Total = Total - 21.64 WHERE ${id('ReceiptId', 'R1-56')}`,
      `UPDATE payments SET Amount = Amount - 21.64 WHERE ${id('ReceiptId', 'R1-56')}`,
    ],
    also: ['15a'],
  },
  {
    breaks: '51d',
    does: 'finds a shelf empty that is full of lamps',
    sql: [`UPDATE unmet_demand SET ProductID = 2 WHERE ${id('TraceId', 'S1-57')}`],
  },
];
