import { id, type Mutation } from './mutation.ts';

/** Takes the receipt of the extra shopper in store 2 out of the stock movements: what was sold is lost. */
const SALE_BECOMES_LOSS = `UPDATE store_inventory_txn SET Reason = 'LOST', Source = 'COUNT', TraceId = packed_id('A2-0') WHERE ${id('TraceId', 'S2-110')}`;

export const MONEY: readonly Mutation[] = [
  {
    breaks: '01a',
    does: 'records an impression twice',
    sql: [`INSERT INTO marketing SELECT * FROM marketing WHERE ${id('ImpressionId', 'M1-4')}`],
  },
  {
    breaks: '01b',
    does: 'gives two trucks one plate',
    sql: ["UPDATE trucks SET LicensePlate = 'PA AAA-0001' WHERE ID = 2"],
  },
  {
    breaks: '02a',
    does: 'sends a customer to a store that does not exist',
    sql: ['UPDATE customers SET HomeStoreID = 999 WHERE ID = 1'],
  },
  {
    breaks: '02b',
    does: 'gives a truck a home that does not exist',
    sql: ['UPDATE trucks SET DCID = 77 WHERE ID = 2'],
    also: ['C9d'],
  },
  {
    breaks: '02b',
    does: 'loads at a supplier that does not exist',
    sql: ["UPDATE truck_inventory SET LocationID = 99 WHERE LocationType = 'SUPPLIER'"],
    also: ['16d'],
  },
  {
    breaks: '02b',
    does: 'hears a phone in a session that nobody began',
    sql: [
      `UPDATE ble_pings SET SessionId = packed_id('S1-999') WHERE ${id('SessionId', 'S1-3')} AND Zone = 'CHECKOUT'`,
    ],
    also: ['48c'],
  },
  {
    breaks: '02b',
    does: 'fulfils an order at a DC that does not exist',
    sql: [`UPDATE online_orders SET FulfillmentNodeID = 99 WHERE ${id('OrderId', 'O1-1')}`],
    also: ['39b', '39e', '40'],
  },
  {
    breaks: '03a',
    does: 'drops the only line of a receipt',
    sql: [`DELETE FROM receipt_lines WHERE ${id('ReceiptId', 'R2-110')}`, SALE_BECOMES_LOSS],
  },
  {
    breaks: '03a',
    does: 'drops the only line of a cancelled order',
    sql: [`DELETE FROM online_order_lines WHERE ${id('OrderId', 'O1-3')}`],
  },
  {
    breaks: '04',
    does: 'leaves a gap between the lines of a receipt',
    sql: [`UPDATE receipt_lines SET Line = 3 WHERE ${id('ReceiptId', 'R1-4')} AND Line = 2`],
  },
  {
    breaks: '05a',
    does: 'charges a dollar more than price times quantity, all the way to the payment',
    sql: [
      `UPDATE receipt_lines SET ExtPrice = ExtPrice + 1 WHERE ${id('ReceiptId', 'R1-1')}`,
      `UPDATE receipts SET Subtotal = Subtotal + 1, Total = Total + 1 WHERE ${id('ReceiptId', 'R1-1')}`,
      `UPDATE payments SET Amount = Amount + 1 WHERE ${id('ReceiptId', 'R1-1')}`,
    ],
  },
  {
    breaks: '05b',
    does: 'gives a budget three decimals',
    sql: ['UPDATE campaigns SET Budget = 3.125 WHERE CampaignId = 2'],
  },
  {
    breaks: '06a',
    does: 'adds a dollar to a Subtotal',
    sql: [`UPDATE receipts SET Subtotal = Subtotal + 1 WHERE ${id('ReceiptId', 'R1-1')}`],
  },
  {
    breaks: '06b',
    does: "adds a dollar to an order's Subtotal",
    sql: [`UPDATE online_orders SET Subtotal = Subtotal + 1 WHERE ${id('OrderId', 'O1-1')}`],
  },
  {
    breaks: '06c',
    does: 'forgets the Discount of a receipt',
    sql: [`UPDATE receipts SET Discount = 0 WHERE ${id('ReceiptId', 'R1-1')}`],
  },
  {
    breaks: '07a',
    does: 'taxes a line a cent too much, all the way to the payment',
    sql: [
      `UPDATE receipt_lines SET Tax = Tax + 0.01 WHERE ${id('ReceiptId', 'R1-4')} AND Line = 2`,
      `UPDATE receipts SET Tax = Tax + 0.01, Total = Total + 0.01 WHERE ${id('ReceiptId', 'R1-4')}`,
      `UPDATE payments SET Amount = Amount + 0.01 WHERE ${id('ReceiptId', 'R1-4')}`,
    ],
  },
  {
    breaks: '07a',
    does: 'taxes an order that is shipped far at the rate of somewhere else',
    sql: ['UPDATE geographies_master SET TaxRate = 0.0825 WHERE ID = 3'],
  },
  {
    breaks: '07a',
    does: 'taxes an order at the home that the customer has left',
    sql: ["UPDATE customer_moves SET CustomerID = 235, MovedOn = DATE '2024-03-01'"],
    also: ['C9j'],
  },
  {
    breaks: '07b',
    does: 'adds a cent of tax to a receipt and its payment, not to its lines',
    sql: [
      `UPDATE receipts SET Tax = Tax + 0.01, Total = Total + 0.01 WHERE ${id('ReceiptId', 'R1-4')}`,
      `UPDATE payments SET Amount = Amount + 0.01 WHERE ${id('ReceiptId', 'R1-4')}`,
    ],
  },
  {
    breaks: '08a',
    does: 'declines the payment of a receipt',
    sql: [`UPDATE payments SET Status = 'DECLINED' WHERE ${id('ReceiptId', 'R1-1')}`],
  },
  {
    breaks: '08a',
    does: 'takes a cent less than the Total of an order',
    sql: [`UPDATE payments SET Amount = Amount - 0.01 WHERE ${id('OrderId', 'O1-0')}`],
  },
  {
    breaks: '08a',
    does: 'takes a payment twice',
    sql: [
      `INSERT INTO payments SELECT * REPLACE (packed_id('T1-999') AS TransactionId) FROM payments WHERE ${id('ReceiptId', 'R1-1')}`,
    ],
  },
  {
    breaks: '08a',
    does: 'takes a payment for nothing',
    sql: [
      `INSERT INTO payments SELECT * REPLACE (packed_id('T1-999') AS TransactionId, NULL AS ReceiptId) FROM payments WHERE ${id('ReceiptId', 'R1-1')}`,
    ],
  },
  {
    breaks: '09a',
    does: 'sells a product above its recommended price',
    sql: ['UPDATE products_master SET MSRP = 3.99 WHERE ID = 1'],
  },
  {
    breaks: '09a',
    does: 'buys a product for less than half its price',
    sql: ['UPDATE products_master SET Cost = 3 WHERE ID = 3'],
  },
  {
    breaks: '10a',
    does: 'lowers a price without a promotion',
    sql: [
      `UPDATE receipt_lines SET PromoCode = NULL WHERE ${id('ReceiptId', 'R1-1')}`,
      `DELETE FROM promotions WHERE ${id('ReceiptId', 'R1-1')}`,
      `UPDATE receipts SET Discount = 0 WHERE ${id('ReceiptId', 'R1-1')}`,
    ],
  },
  {
    breaks: '10b',
    does: 'applies the promotion of next week',
    sql: [
      `UPDATE receipt_lines SET PromoCode = 'GR240306-25' WHERE ${id('ReceiptId', 'R1-1')}`,
      `UPDATE promotions SET PromoCode = 'GR240306-25' WHERE ${id('ReceiptId', 'R1-1')}`,
    ],
  },
  {
    breaks: '10b',
    does: 'moves a promotion to another department',
    sql: [
      "UPDATE promotion_calendar SET Department = 'Automotive' WHERE PromoCode = 'GR240228-25'",
    ],
    also: ['C9e'],
  },
  {
    breaks: '10c',
    does: 'forgets the row of an applied promotion',
    sql: [
      `DELETE FROM promotions WHERE ${id('ReceiptId', 'R1-1')}`,
      `UPDATE receipts SET Discount = 0 WHERE ${id('ReceiptId', 'R1-1')}`,
    ],
  },
  {
    breaks: '10c',
    does: 'applies a promotion to nothing',
    sql: [
      `INSERT INTO promotions SELECT * REPLACE (2 AS ProductID, 0 AS DiscountAmount) FROM promotions WHERE ${id('ReceiptId', 'R1-1')}`,
    ],
  },
  {
    breaks: '10d',
    does: 'states half of what was taken off',
    sql: [
      `UPDATE promotions SET DiscountAmount = 0.5 WHERE ${id('ReceiptId', 'R1-1')}`,
      `UPDATE receipts SET Discount = 0.5 WHERE ${id('ReceiptId', 'R1-1')}`,
    ],
  },
  {
    breaks: '10d',
    does: 'takes off more than the promotion promises',
    sql: ["UPDATE promotion_calendar SET PercentOff = 10 WHERE PromoCode = 'GR240228-25'"],
    also: ['C9e'],
  },
  {
    breaks: '11',
    does: 'launches a product after it was sold',
    sql: ["UPDATE products_master SET LaunchDate = '2024-03-10' WHERE ID = 4"],
    also: ['51a'],
  },
  {
    breaks: '36b',
    does: 'takes away the one receipt in which two stores differ',
    sql: [
      `DELETE FROM receipts WHERE ${id('ReceiptId', 'R2-110')}`,
      `DELETE FROM receipt_lines WHERE ${id('ReceiptId', 'R2-110')}`,
      `DELETE FROM payments WHERE ${id('ReceiptId', 'R2-110')}`,
      SALE_BECOMES_LOSS,
    ],
  },
];
