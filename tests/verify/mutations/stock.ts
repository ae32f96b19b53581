import { id, type Mutation, setTime } from './mutation.ts';

export const STOCK: readonly Mutation[] = [
  {
    breaks: '12a',
    does: 'miscounts a balance in the middle of the day',
    sql: [
      `UPDATE store_inventory_txn SET Balance = Balance + 1 WHERE ${id('TraceId', 'S1-3')} AND ProductID = 1`,
    ],
  },
  {
    breaks: '12a',
    does: 'opens with a unit more',
    sql: [
      'UPDATE dc_inventory_snapshots SET CurrentQuantity = CurrentQuantity + 1 WHERE DCID = 1 AND ProductID = 2',
    ],
    also: ['17a'],
  },
  {
    breaks: '12b',
    does: 'closes with a unit more than moved',
    sql: ['UPDATE closing_store_stock SET OnHand = OnHand + 1 WHERE StoreID = 1 AND ProductID = 3'],
    also: ['49e'],
  },
  {
    breaks: '12b',
    does: 'forgets a product at the closing',
    sql: ['DELETE FROM closing_dc_stock WHERE ProductID = 3'],
    also: ['C8b'],
  },
  {
    breaks: '12c',
    does: 'closes with a unit more on order than was ordered',
    sql: ['UPDATE closing_dc_stock SET OnOrder = OnOrder + 1 WHERE ProductID = 1'],
  },
  {
    breaks: '13',
    does: 'opens with less than nothing',
    sql: [
      'UPDATE store_inventory_snapshots SET CurrentQuantity = -1 WHERE StoreID = 3 AND ProductID = 1',
    ],
    also: ['12b', '49a'],
  },
  {
    breaks: '13',
    does: 'lets a balance fall below zero',
    sql: [
      `UPDATE store_inventory_txn SET Balance = -1 WHERE ${id('TraceId', 'S1-3')} AND ProductID = 1`,
    ],
    also: ['12a', '49a'],
  },
  {
    breaks: '14a',
    does: 'adds a damaged unit to stock',
    sql: [`UPDATE store_inventory_txn SET Reason = 'DAMAGED' WHERE ${id('TraceId', 'A1-1')}`],
  },
  {
    breaks: '15a',
    does: 'takes the goods of one receipt under the name of the next',
    sql: [
      `UPDATE store_inventory_txn SET TraceId = packed_id('S1-5') WHERE ${id('TraceId', 'S1-4')} AND ProductID = 2`,
    ],
    also: ['48b'],
  },
  {
    breaks: '15b',
    does: 'calls a damaged unit sold',
    sql: [
      `UPDATE store_inventory_txn SET Reason = 'SALE', Source = 'POS' WHERE ${id('TraceId', 'A1-0')}`,
    ],
    also: ['14b'],
  },
  {
    breaks: '16a',
    does: 'carries a unit fewer on one trip and one more on the next than left the DC',
    sql: [
      `UPDATE truck_inventory SET Quantity = 89 WHERE ${id('ShipmentId', 'H1-0')} AND ProductID = 1`,
      `UPDATE truck_inventory SET Quantity = 61 WHERE ${id('ShipmentId', 'H1-1')}`,
      'UPDATE closing_store_stock SET OnOrder = OnOrder + CASE StoreID WHEN 1 THEN 1 ELSE -1 END WHERE ProductID = 1',
    ],
    also: ['12c'],
  },
  {
    breaks: '16b',
    does: 'puts away a unit more than the supplier delivered',
    sql: [
      `UPDATE truck_inventory SET Quantity = Quantity - 1 WHERE ${id('ShipmentId', 'H3-0')} AND ProductID = 1`,
      'UPDATE closing_dc_stock SET OnOrder = OnOrder + 1 WHERE ProductID = 1',
    ],
    also: ['12c'],
  },
  {
    breaks: '16c',
    does: 'unloads at another store than the trip goes to',
    sql: [
      `UPDATE truck_inventory SET LocationID = 2 WHERE ${id('ShipmentId', 'H1-0')} AND Action = 'UNLOAD'`,
    ],
  },
  {
    breaks: '17a',
    does: 'sends a lost unit nowhere',
    sql: [
      `UPDATE dc_inventory_txn SET Reason = 'OUTBOUND_SHIPMENT' WHERE ${id('TraceId', 'G1-0')}`,
    ],
    also: ['14b', '16a'],
  },
  {
    breaks: '17b',
    does: 'has a unit more on board than was loaded',
    sql: ['UPDATE closing_in_transit SET Quantity = Quantity + 1'],
  },
  {
    breaks: '18a',
    does: "receives a supplier's goods on a truck of the DC",
    sql: ['UPDATE trucks SET DCID = 1 WHERE ID = 3'],
    also: ['25b'],
  },
  {
    breaks: '18b',
    does: 'orders from the supplier what is already loaded',
    sql: [
      `UPDATE reorders SET ${setTime('05 10:20:00')}, CurrentQuantity = CASE ProductID WHEN 1 THEN 207 ELSE 0 END WHERE ${id('OrderRef', 'P1-0')}`,
    ],
    also: ['20d', '21e', '48b'],
  },
  {
    breaks: '18b',
    does: 'delivers more than was ordered',
    sql: [
      `UPDATE reorders SET ReorderQuantity = 100, OrderUpToLevel = InventoryPosition + 100 WHERE ${id('OrderRef', 'P1-0')} AND ProductID = 1`,
      'UPDATE closing_dc_stock SET OnOrder = -20 WHERE ProductID = 1',
    ],
    also: ['12c', '21e'],
  },
  {
    breaks: '19',
    does: 'loads what another store ordered',
    sql: [
      `UPDATE truck_inventory SET OrderRef = packed_id('Q1-0') WHERE ${id('ShipmentId', 'H1-2')}`,
    ],
  },
  {
    breaks: '19',
    does: 'starts loading before the store ordered',
    sql: [
      `UPDATE truck_moves SET ${setTime('05 02:10:00')} WHERE ${id('ShipmentId', 'H1-0')} AND Status = 'SCHEDULED'`,
      `UPDATE truck_moves SET ${setTime('05 02:20:00')} WHERE ${id('ShipmentId', 'H1-0')} AND Status = 'LOADING'`,
    ],
    also: ['22d'],
  },
  {
    breaks: '20a',
    does: 'misses a stockout',
    sql: ['DELETE FROM stockouts WHERE StoreID = 1'],
    also: ['C1c'],
  },
  {
    breaks: '20a',
    does: 'invents a stockout',
    sql: ['INSERT INTO stockouts SELECT * REPLACE (3 AS ProductID) FROM stockouts WHERE DCID = 1'],
  },
  {
    breaks: '21a',
    does: 'reviews another stock than is on hand',
    sql: [
      `UPDATE reorders SET CurrentQuantity = CurrentQuantity + 1 WHERE ${id('OrderRef', 'Q1-0')} AND ProductID = 1`,
    ],
  },
  {
    breaks: '21a',
    does: 'forgets at the review what is promised to an online order',
    sql: [
      `UPDATE reorders SET InventoryPosition = InventoryPosition + 5, OrderUpToLevel = OrderUpToLevel + 5 WHERE ${id('OrderRef', 'Q2-0')}`,
    ],
  },
  {
    breaks: '21b',
    does: 'orders above the reorder point',
    sql: [`UPDATE reorders SET ReorderPoint = 1 WHERE ${id('OrderRef', 'Q1-0')} AND ProductID = 1`],
  },
  {
    breaks: '21b',
    does: 'opens with a reorder point below the least one',
    sql: [
      'UPDATE store_inventory_snapshots SET ReorderPoint = LeastReorderPoint - 1 WHERE StoreID = 1 AND ProductID = 1',
    ],
    also: ['C8c'],
  },
  {
    breaks: '21c',
    does: 'orders two cases too few',
    sql: [
      `UPDATE reorders SET OrderUpToLevel = OrderUpToLevel + 12 WHERE ${id('OrderRef', 'Q1-0')} AND ProductID = 1`,
    ],
  },
  {
    breaks: '21c',
    does: 'orders a case too many',
    sql: [
      `UPDATE reorders SET OrderUpToLevel = OrderUpToLevel - 6 WHERE ${id('OrderRef', 'Q1-0')} AND ProductID = 1`,
    ],
  },
  {
    breaks: '21d',
    does: 'leaves a product that is below its reorder point out of the review',
    sql: [
      'UPDATE store_inventory_snapshots SET ReorderPoint = 1000, LeastReorderPoint = 1000 WHERE StoreID = 1 AND ProductID = 3',
    ],
  },
  {
    breaks: '40',
    does: 'keeps the goods of a cancelled order',
    sql: [
      `UPDATE store_inventory_txn SET Reason = 'ADJUSTMENT', Source = 'COUNT', TraceId = packed_id('A2-1') WHERE ${id('TraceId', 'O1-2')} AND Reason = 'RETURN'`,
    ],
    also: ['48e'],
  },
  {
    breaks: '41a',
    does: 'takes back another product than was sold',
    sql: ['UPDATE returns SET ProductID = 4'],
  },
  {
    breaks: '41b',
    does: 'refunds more than was paid',
    sql: ['UPDATE returns SET Refund = Refund + 2'],
    also: ['08c'],
  },
  {
    breaks: '41b',
    does: 'takes back more than was sold',
    sql: ['UPDATE returns SET Qty = 2'],
    also: ['08c'],
  },
  {
    breaks: '41c',
    does: 'restocks goods that nobody brought back',
    sql: [
      `UPDATE store_inventory_txn SET Reason = 'RETURN', Source = 'RETURNS' WHERE ${id('TraceId', 'A1-1')}`,
    ],
    also: ['14b'],
  },
  {
    breaks: '41a',
    does: 'takes back what the customer has not got yet',
    sql: [
      `UPDATE returns SET EventTS = TIMESTAMP '2024-03-04 18:00:00' WHERE ${id('TraceId', 'E1-1')}`,
    ],
    also: ['08c', '43a', '43c', '48e'],
  },
  {
    breaks: '41d',
    does: 'restocks what it writes off',
    sql: [`UPDATE returns SET Disposition = 'DAMAGED' WHERE ${id('TraceId', 'E1-0')}`],
  },
  {
    breaks: '41e',
    does: 'takes back goods paid in cash without a receipt',
    sql: [
      `UPDATE returns SET WithReceipt = false WHERE ${id('TraceId', 'E1-0')}`,
      `UPDATE receipts SET TenderType = 'CASH' WHERE ${id('ReceiptId', 'R1-0')}`,
      `UPDATE payments SET PaymentMethod = 'CASH' WHERE ${id('ReceiptId', 'R1-0')}`,
    ],
  },
  {
    breaks: '08c',
    does: 'refunds in cash what was paid by card',
    sql: [`UPDATE payments SET PaymentMethod = 'CASH' WHERE ${id('TraceId', 'E1-1')}`],
  },
  {
    breaks: '42a',
    does: 'loads trucks during an outage',
    sql: [
      "UPDATE supply_chain_disruption SET StartTime = TIMESTAMP '2024-03-05 04:00:00' WHERE Status = 'ACTIVE'",
    ],
  },
];
