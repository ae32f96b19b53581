import { id, type Mutation, setTime } from './mutation.ts';

/** What two rows tell of the same: one of them is changed. */
export const EQUALITIES: readonly Mutation[] = [
  {
    breaks: '02c',
    does: 'gives a customer the BLE id of nobody',
    sql: ['UPDATE customers SET BLEId = BLEId + 1 WHERE ID = 240'],
  },
  {
    breaks: '03b',
    does: 'writes a line a second after its receipt',
    sql: [
      `UPDATE receipt_lines SET EventTS = EventTS + INTERVAL 1 SECOND WHERE ${id('ReceiptId', 'R1-4')} AND Line = 2`,
    ],
    also: ['43c'],
  },
  {
    breaks: '03b',
    does: 'gives a promotion a receipt and an order',
    sql: [`UPDATE promotions SET OrderId = packed_id('O1-1') WHERE ${id('ReceiptId', 'R1-1')}`],
    also: ['06c', '48b'],
  },
  {
    breaks: '08b',
    does: 'pays a receipt in cash that says credit card',
    sql: [`UPDATE payments SET PaymentMethod = 'CASH' WHERE ${id('ReceiptId', 'R1-1')}`],
  },
  {
    breaks: '08b',
    does: 'declines less than the Total',
    sql: ["UPDATE payments SET Amount = Amount - 1 WHERE Status = 'DECLINED'"],
  },
  {
    breaks: '08c',
    does: 'refunds a cancelled order twice',
    sql: [
      `INSERT INTO payments SELECT * REPLACE (packed_id('Z1-9') AS TransactionId) FROM payments WHERE ${id('OrderId', 'O1-3')} AND Status = 'REFUNDED'`,
    ],
  },
  {
    breaks: '08c',
    does: 'keeps the tax on a return',
    sql: [`UPDATE payments SET Amount = 19.99 WHERE ${id('TransactionId', 'F1-0')}`],
  },
  {
    breaks: '10e',
    does: 'sells a cent above the price, all the way to the payment',
    sql: [
      `UPDATE receipt_lines SET UnitPrice = UnitPrice + 0.01, ExtPrice = ExtPrice + 0.01 WHERE ${id('ReceiptId', 'R1-4')} AND Line = 2`,
      `UPDATE receipts SET Subtotal = Subtotal + 0.01, Total = Total + 0.01 WHERE ${id('ReceiptId', 'R1-4')}`,
      `UPDATE payments SET Amount = Amount + 0.01 WHERE ${id('ReceiptId', 'R1-4')}`,
    ],
  },
  {
    breaks: '10f',
    does: 'sells at the price for cards to a customer without one',
    sql: [
      `UPDATE promotions SET DiscountType = 'LOYALTY' WHERE ${id('ReceiptId', 'R1-0')}`,
      "UPDATE promotion_calendar SET DiscountType = 'LOYALTY' WHERE PromoCode = 'GR240228-25'",
    ],
    also: ['C9e'],
  },
  {
    breaks: '37f',
    does: 'credits an ad with half of the receipt',
    sql: [`UPDATE attributions SET Revenue = 1.5 WHERE ${id('ImpressionId', 'M1-1')}`],
  },
  {
    breaks: '38c',
    does: 'shows an ad a cent too dear',
    sql: [`UPDATE marketing SET Cost = 0.16 WHERE ${id('ImpressionId', 'M1-3')}`],
  },
  {
    breaks: '41f',
    does: 'refunds a cent less than was paid for the goods',
    sql: ['UPDATE returns SET Refund = Refund - 0.01'],
    also: ['08c'],
  },
  {
    breaks: '14b',
    does: 'calls a lost unit damaged at the till',
    sql: [`UPDATE store_inventory_txn SET Source = 'POS' WHERE ${id('TraceId', 'A1-0')}`],
  },
  {
    breaks: '15c',
    does: 'takes goods from the shelf a second after they were paid',
    sql: [
      `UPDATE store_inventory_txn SET EventTS = EventTS + INTERVAL 1 SECOND WHERE ${id('TraceId', 'S1-0')} AND ProductID = 2`,
    ],
    also: ['43c'],
  },
  {
    breaks: '16d',
    does: 'loads what another supplier makes',
    sql: ['UPDATE products_master SET SupplierID = 2 WHERE ID = 4'],
    also: ['02a', '21e'],
  },
  {
    breaks: '20b',
    does: 'reports a stockout of a store and of a DC in one row',
    sql: ['UPDATE stockouts SET DCID = 1 WHERE StoreID = 1'],
  },
  {
    breaks: '48c',
    does: 'hears a phone under the name of another visit',
    sql: [
      `UPDATE ble_pings SET TraceId = packed_id('S1-2') WHERE ${id('SessionId', 'S1-3')} AND Zone = 'CHECKOUT'`,
    ],
  },
  {
    breaks: '48d',
    does: 'gives a receipt the number of another session',
    sql: [
      `UPDATE attributions SET ReceiptId = packed_id('R1-9') WHERE ${id('ImpressionId', 'M1-1')}`,
    ],
    also: ['37d', '37f'],
  },
  {
    breaks: '48e',
    does: 'leaves out a number among the impressions',
    sql: [
      `DELETE FROM ad_clicks WHERE ${id('ImpressionId', 'M1-3')}`,
      `UPDATE marketing SET ImpressionId = packed_id('M1-7'), TraceId = packed_id('M1-7') WHERE ${id('ImpressionId', 'M1-3')}`,
    ],
  },
  {
    breaks: '48e',
    does: 'numbers two openings against the order of time',
    sql: [
      `UPDATE store_ops SET ${setTime('05 12:59:00')} WHERE ${id('TraceId', 'W3-2')}`,
      `UPDATE store_ops SET ${setTime('05 14:00:00')} WHERE ${id('TraceId', 'W3-1')}`,
    ],
    also: ['34e', '43c'],
  },
];
