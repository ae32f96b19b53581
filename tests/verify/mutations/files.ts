import type { Mutation } from './mutation.ts';

/** Files and masters: what stands where, and whether it fits together. */
export const FILES: readonly Mutation[] = [
  {
    breaks: 'C1a',
    does: 'has other rows in Parquet than in CSV',
    sql: [
      "INSERT INTO load_problems VALUES ('twin', 'returns', 'dt=2024-03-05', 1, NULL, 'other values')",
    ],
  },
  {
    breaks: 'C1b',
    does: 'finds a copy of a part',
    sql: [
      "INSERT INTO load_problems VALUES ('stray', '', 'part-1 (1).csv', 1, NULL, 'does not belong here')",
    ],
  },
  {
    breaks: 'C1c',
    does: 'has one return fewer than was committed',
    sql: [
      "INSERT INTO committed_rows SELECT Region, TableName, 0 FROM parts WHERE TableName = 'returns'",
      "UPDATE committed_rows SET Rows = 2 WHERE TableName = 'returns'",
    ],
  },
  {
    breaks: 'C1d',
    does: 'finds another content than was committed',
    sql: [
      "INSERT INTO load_problems VALUES ('digest', 'stores', 'stores.csv', 1, NULL, 'content')",
    ],
  },
  {
    breaks: 'C1e',
    does: 'has no part of a region',
    sql: ['UPDATE parts SET Region = 1 WHERE Region = 2'],
    also: ['43d'],
  },
  {
    breaks: 'C2b',
    does: 'finds money with one decimal',
    sql: ["INSERT INTO load_problems VALUES ('form', 'receipts', 'part-1.csv', 7, 'Tax', '8.9')"],
  },
  {
    breaks: '43d',
    does: 'files a day of one region under the other',
    sql: ["UPDATE parts SET Region = 2 WHERE TableName = 'returns'"],
  },
  {
    breaks: 'C5b',
    does: 'names a company that is not the supplier',
    sql: ["UPDATE products_master SET Company = 'Brindlefen Provisions'"],
  },
  {
    breaks: 'C5c',
    does: 'launches a product in ten years',
    sql: ["UPDATE products_master SET LaunchDate = '2034-03-10' WHERE ID = 4"],
    also: ['11', '51a'],
  },
  {
    breaks: 'C5d',
    does: 'sells what is in no dictionary',
    sql: [
      "INSERT INTO known_articles VALUES ('Whole Milk', 4, 'Grocery', 'Goods', 'Plain', true, false, 6)",
    ],
  },
  {
    breaks: 'C9h',
    does: 'has customers of other names than the dictionaries',
    sql: ["INSERT INTO known_names VALUES ('first', 'Tamsin')"],
  },
  {
    breaks: 'C6b',
    does: 'gives a customer the area code of another state',
    sql: ["UPDATE customers SET Phone = '(212) 555-0142' WHERE ID = 1"],
  },
  {
    breaks: 'C7b',
    does: 'puts a store into another time zone',
    sql: ["UPDATE geographies_master SET TimeZone = 'America/Chicago' WHERE ID = 4"],
  },
  {
    breaks: 'C8b',
    does: 'opens a DC without a product',
    sql: ['DELETE FROM dc_inventory_snapshots WHERE DCID = 2 AND ProductID = 3'],
    also: ['12b'],
  },
  {
    breaks: 'C8c',
    does: 'lets a store run lower than the others may',
    sql: [
      'UPDATE store_inventory_snapshots SET LeastReorderPoint = LeastReorderPoint - 1 WHERE StoreID = 1 AND ProductID = 1',
    ],
  },
  {
    breaks: 'C9a',
    does: 'moves a customer to the address of another place',
    sql: ['UPDATE customer_moves SET GeographyID = 3'],
  },
  {
    breaks: 'C9a',
    does: 'moves a place to another state',
    sql: ["UPDATE geographies_master SET State = 'OH' WHERE ID = 3"],
    also: ['C6b'],
  },
  {
    breaks: 'C9b',
    does: 'shortens a ZIP code',
    sql: ["UPDATE geographies_master SET ZipCode = '1900' WHERE ID = 3"],
    also: ['C9a'],
  },
  {
    breaks: 'C9c',
    does: 'puts a depot at the other end of the country',
    sql: ['UPDATE supplier_depots SET Latitude = 41 WHERE DCID = 2'],
  },
  {
    breaks: 'C9d',
    does: 'gives a store the number of another',
    sql: ["UPDATE stores SET StoreNumber = 'ST0009' WHERE ID = 3"],
  },
  {
    breaks: 'C9e',
    does: 'runs a promotion deeper than its code says',
    sql: ["UPDATE promotion_calendar SET PercentOff = 15 WHERE PromoCode = 'HG240228-10'"],
  },
  {
    breaks: 'C9f',
    does: 'lets shoppers walk one way only',
    sql: ["DELETE FROM zone_layout WHERE Zone = 'CLOTHING' AND AdjacentZone = 'ELECTRONICS'"],
  },
  {
    breaks: 'C9g',
    does: 'sends a customer to the farther store',
    sql: ['UPDATE customers SET HomeStoreID = 2 WHERE ID = 2'],
  },
  {
    breaks: 'C9g',
    does: 'has a customer who moves keep a store that is far away now',
    sql: ['UPDATE customer_moves SET HomeStoreID = 1'],
  },
  {
    breaks: 'C9i',
    does: 'opens the account of a customer who has been there before',
    sql: ["UPDATE customers SET AccountOpened = DATE '2024-04-01' WHERE ID = 1"],
  },
  {
    breaks: 'C9i',
    does: 'opens an account in the middle of a month',
    sql: ["UPDATE customers SET AccountOpened = DATE '2024-05-17' WHERE ID = 240"],
  },
  {
    breaks: 'C9j',
    does: 'moves a customer in the middle of a month',
    sql: ["UPDATE customer_moves SET MovedOn = DATE '2024-04-02'"],
  },
];
