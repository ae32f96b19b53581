import { id, type Mutation, setTime } from './mutation.ts';

export const WORLD: readonly Mutation[] = [
  {
    breaks: '55a',
    does: 'skips the weather of a day',
    sql: ["UPDATE weather SET LocalDate = DATE '2024-03-05' WHERE LocalDate = DATE '2024-03-04'"],
  },
  {
    breaks: '55b',
    does: 'snows on a dry day',
    sql: ["UPDATE weather SET Sky = 'SNOW' WHERE LocalDate = DATE '2024-03-04'"],
  },
  {
    breaks: '55a',
    does: 'records the weather an hour after midnight',
    sql: [
      "UPDATE weather SET EventTS = EventTS + INTERVAL 1 HOUR WHERE LocalDate = DATE '2024-03-05' AND DCID = 2",
    ],
  },
  {
    breaks: '55b',
    does: 'has a night as warm as the day',
    sql: ["UPDATE weather SET LowC = HighC WHERE LocalDate = DATE '2024-03-05'"],
  },
  {
    breaks: '55c',
    does: 'expects as many visits under a clear sky as under clouds',
    sql: ["UPDATE weather SET VisitsPercent = 100 WHERE LocalDate = DATE '2024-03-04'"],
  },
  {
    breaks: '37a',
    does: 'credits an ad with the visit of someone who never saw it',
    sql: [`UPDATE attributions SET CustomerID = 42 WHERE ${id('ImpressionId', 'M1-1')}`],
  },
  {
    breaks: '37b',
    does: 'credits an ad with a visit half an hour later',
    sql: [
      `UPDATE marketing SET EventTS = EventTS + INTERVAL 6 HOUR WHERE ${id('ImpressionId', 'M1-2')}`,
    ],
    also: ['43c', '48e'],
  },
  {
    breaks: '37c',
    does: 'credits two ads with one visit',
    sql: [
      `INSERT INTO attributions SELECT * REPLACE (packed_id('M1-3') AS ImpressionId) FROM attributions WHERE ${id('ImpressionId', 'M1-2')}`,
    ],
  },
  {
    breaks: '37d',
    does: 'credits an ad with more than was sold',
    sql: [`UPDATE attributions SET Revenue = 100 WHERE ${id('ImpressionId', 'M1-1')}`],
  },
  {
    breaks: '37d',
    does: 'credits an ad with the receipt of another visit',
    sql: [
      `UPDATE attributions SET ReceiptId = packed_id('R1-0') WHERE ${id('ImpressionId', 'M1-1')}`,
    ],
    also: ['48d'],
  },
  {
    breaks: '37e',
    does: 'credits the ad before the last',
    sql: [
      `UPDATE attributions SET ImpressionId = packed_id('M1-0') WHERE ${id('ImpressionId', 'M1-1')}`,
    ],
  },
  {
    breaks: '37a',
    does: 'credits an ad with a visit and an order',
    sql: [
      `UPDATE attributions SET OrderId = packed_id('O1-4') WHERE ${id('ImpressionId', 'M1-1')}`,
    ],
  },
  {
    breaks: '37b',
    does: 'credits an ad with an order half an hour later',
    sql: [`UPDATE marketing SET ${setTime('04 14:30:00')} WHERE ${id('ImpressionId', 'M1-4')}`],
  },
  {
    breaks: '37c',
    does: 'credits two ads with one order',
    sql: [
      `INSERT INTO attributions SELECT * REPLACE (packed_id('M1-3') AS ImpressionId) FROM attributions WHERE ${id('ImpressionId', 'M1-4')}`,
    ],
    also: ['43c'],
  },
  {
    breaks: '37d',
    does: 'credits an ad with more than was ordered',
    sql: [`UPDATE attributions SET Revenue = 1000 WHERE ${id('ImpressionId', 'M1-4')}`],
  },
  {
    breaks: '37e',
    does: 'shows another ad between an ad and the order that it led to',
    sql: [
      `INSERT INTO marketing SELECT * REPLACE (packed_id('M1-5') AS ImpressionId, packed_id('M1-5') AS TraceId, TIMESTAMP '2024-03-04 12:30:00' AS EventTS) FROM marketing WHERE ${id('ImpressionId', 'M1-4')}`,
    ],
  },
  {
    breaks: '37h',
    does: 'clicks in the moment in which the ad is shown',
    sql: [
      `UPDATE ad_clicks SET EventTS = TIMESTAMP '2024-03-04 11:00:00' WHERE ${id('ImpressionId', 'M1-3')}`,
    ],
  },
  {
    breaks: '37h',
    does: 'clicks on an ad of an hour ago',
    sql: [
      `UPDATE ad_clicks SET EventTS = EventTS + INTERVAL 1 HOUR WHERE ${id('ImpressionId', 'M1-3')}`,
    ],
  },
  {
    breaks: '37h',
    does: 'lets someone else click',
    sql: [
      `UPDATE ad_clicks SET CustomerAdId = (SELECT AdId FROM customers WHERE ID = 50) WHERE ${id('ImpressionId', 'M1-3')}`,
    ],
  },
  {
    breaks: '37h',
    does: 'clicks on another device',
    sql: [`UPDATE ad_clicks SET Device = 'TABLET' WHERE ${id('ImpressionId', 'M1-3')}`],
  },
  {
    breaks: '37h',
    does: 'clicks after the visit that the click led to',
    sql: [
      `UPDATE ad_clicks SET EventTS = TIMESTAMP '2024-03-06 01:00:00' WHERE ${id('ImpressionId', 'M1-1')}`,
    ],
    also: ['43a', '43c'],
  },
  {
    breaks: '37g',
    does: 'clicks twice on one ad',
    sql: [
      `INSERT INTO ad_clicks SELECT * REPLACE (packed_id('K1-99') AS ClickId) FROM ad_clicks WHERE ${id('ImpressionId', 'M1-3')}`,
    ],
  },
  {
    breaks: '38d',
    does: 'holds out a customer who saw an ad',
    sql: ['UPDATE customers SET AdHoldout = true WHERE ID = 42'],
  },
  {
    breaks: '48b',
    does: 'clicks before the ad is shown',
    sql: [
      `UPDATE ad_clicks SET EventTS = EventTS - INTERVAL 1 MINUTE WHERE ${id('ImpressionId', 'M1-3')}`,
    ],
    also: ['37h', '48a'],
  },
  {
    breaks: '38a',
    does: 'shows an ad before its campaign begins',
    sql: [
      `UPDATE marketing SET CampaignId = 2, Channel = 'EMAIL' WHERE ${id('ImpressionId', 'M1-3')}`,
      `DELETE FROM ad_clicks WHERE ${id('ImpressionId', 'M1-3')}`,
    ],
  },
  {
    breaks: '38b',
    does: 'spends more than the budget',
    sql: ['UPDATE campaigns SET Budget = 0.30 WHERE CampaignId = 1'],
  },
  {
    breaks: '39a',
    does: 'ships an order in the moment that it is picked',
    sql: [
      `UPDATE online_order_status SET ${setTime('04 16:20:00.200')} WHERE ${id('OrderId', 'O1-1')} AND Status = 'SHIPPED'`,
    ],
  },
  {
    breaks: '39a',
    does: 'goes on with a cancelled order',
    sql: [
      `UPDATE online_order_status SET Status = 'CANCELLED' WHERE ${id('OrderId', 'O1-0')} AND Status = 'READY_FOR_PICKUP'`,
    ],
    also: ['08c', '40'],
  },
  {
    breaks: '39b',
    does: 'picks an order at another store',
    sql: [
      `UPDATE online_order_status SET NodeID = 2 WHERE ${id('OrderId', 'O1-0')} AND Status = 'PICKED'`,
    ],
  },
  {
    breaks: '39b',
    does: 'ships a pickup',
    sql: [
      `UPDATE online_order_status SET Status = 'SHIPPED' WHERE ${id('OrderId', 'O1-0')} AND Status = 'READY_FOR_PICKUP'`,
    ],
  },
  {
    breaks: '43a',
    does: 'files a day under the day before',
    sql: ["UPDATE parts SET dt = dt - 1 WHERE TableName = 'store_ops' AND Region = 1"],
  },
  {
    breaks: '43b',
    does: 'delivers an order in the moment that the run ends',
    sql: [`UPDATE online_order_status SET ${setTime('06 14:00:00')} WHERE Status = 'DELIVERED'`],
  },
  {
    breaks: '43c',
    does: 'writes an ad after a later one',
    sql: [`UPDATE marketing SET ${setTime('04 11:30:00')} WHERE ${id('ImpressionId', 'M1-2')}`],
    also: ['48e'],
  },
  {
    breaks: '48a',
    does: 'pays for a visit that never was',
    sql: [`UPDATE payments SET TraceId = packed_id('S1-999') WHERE ${id('TransactionId', 'T1-1')}`],
    also: ['08b'],
  },
  {
    breaks: '48b',
    does: 'credits an ad before the receipt is written',
    sql: [
      `UPDATE attributions SET EventTS = EventTS - INTERVAL 5 MINUTE WHERE ${id('ImpressionId', 'M1-1')}`,
    ],
    also: ['37f'],
  },
  {
    breaks: 'C1a',
    does: 'finds a file with another header',
    sql: ["INSERT INTO load_problems VALUES ('file', 'stores', 'stores.csv', 1, NULL, 'header')"],
  },
  {
    breaks: 'C2a',
    does: 'finds a row that cannot be read',
    sql: ["INSERT INTO load_problems VALUES ('row', 'stores', 'stores.csv', 7, 'Size', 'no size')"],
  },
  {
    breaks: 'C3',
    does: 'leaves the name of a supplier empty',
    sql: ['UPDATE suppliers SET Company = NULL'],
  },
  {
    breaks: 'C4',
    does: 'calls a customer by a name on the blocklist',
    sql: [
      `UPDATE customers SET FirstName = split_part(Blocked, ' ', 1), LastName = split_part(Blocked, ' ', 2)
       FROM (SELECT min(Name) AS Blocked FROM blocklist WHERE Kind = 'person' AND Name LIKE '% %' AND Name NOT LIKE '% % %')
       WHERE ID = 1`,
    ],
  },
  {
    breaks: 'C4',
    does: 'names a product after a brand on the blocklist',
    sql: [
      "UPDATE products_master SET ProductName = (SELECT 'Large ' || min(Name) || ' box' FROM blocklist WHERE Kind = 'brand') WHERE ID = 3",
    ],
  },
  {
    breaks: 'C4',
    does: 'names a place after a city on the blocklist',
    sql: [
      "UPDATE geographies_master SET City = (SELECT min(Name) FROM blocklist WHERE Kind = 'city') WHERE ID = 2",
    ],
    also: ['C9a'],
  },
  {
    breaks: 'C5a',
    does: 'gives two products one name and brand',
    sql: ["UPDATE products_master SET ProductName = 'Whole Milk' WHERE ID = 2"],
    also: ['C5b'],
  },
  {
    breaks: 'C5a',
    does: 'sells a brand to a second company',
    sql: ["UPDATE products_master SET Company = 'Brindlefen Provisions' WHERE ID = 2"],
    also: ['C5b'],
  },
  {
    breaks: 'C6a',
    does: 'gives a customer a number that may be real',
    sql: ["UPDATE customers SET Phone = '215-555-2142' WHERE ID = 1"],
  },
  {
    breaks: 'C7a',
    does: 'opens a store in a state without a DC',
    sql: ['UPDATE distribution_centers SET GeographyID = 1 WHERE ID = 2'],
    also: ['C7b', 'C9a', 'C9d'],
  },
  {
    breaks: 'C8a',
    does: 'counts the opening stock a second late',
    sql: [
      'UPDATE store_inventory_snapshots SET LastUpdated = LastUpdated + INTERVAL 1 SECOND WHERE StoreID = 1 AND ProductID = 1',
    ],
  },
];
