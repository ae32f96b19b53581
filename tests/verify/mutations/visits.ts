import { id, type Mutation, setTime } from './mutation.ts';

/** Gives a session to another customer, receipt and all. */
function handOver(session: string, customerId: number): string[] {
  const bleId = `(SELECT BLEId FROM customers WHERE ID = ${customerId})`;
  return [
    `UPDATE zone_changes SET CustomerBLEId = ${bleId} WHERE ${id('SessionId', session)}`,
    `UPDATE ble_pings SET CustomerBLEId = ${bleId} WHERE ${id('SessionId', session)}`,
    `UPDATE receipts SET CustomerID = ${customerId} WHERE ${id('SessionId', session)}`,
  ];
}

export const VISITS: readonly Mutation[] = [
  {
    breaks: '28a',
    does: 'does not count people at the doors',
    sql: ['UPDATE foot_traffic SET "Count" = 0 WHERE StoreID = 1'],
    also: ['33d'],
  },
  {
    breaks: '28b',
    does: 'does not hear the phone of a buyer',
    sql: [`DELETE FROM ble_pings WHERE ${id('SessionId', 'S1-3')}`],
    also: ['30f'],
  },
  {
    breaks: '29a',
    does: 'writes a receipt to someone else',
    sql: [`UPDATE receipts SET CustomerID = 200 WHERE ${id('ReceiptId', 'R1-3')}`],
  },
  {
    breaks: '29b',
    does: 'writes two receipts in one session',
    sql: [`UPDATE receipts SET SessionId = packed_id('S1-0') WHERE ${id('ReceiptId', 'R1-1')}`],
    also: ['48c', '48d'],
  },
  {
    breaks: '30a',
    does: 'hears a phone in another store',
    sql: [
      `UPDATE ble_pings SET StoreID = 2, BeaconId = packed_id('B2-11') WHERE ${id('SessionId', 'S1-3')} AND Zone = 'CHECKOUT'`,
    ],
    also: ['48d'],
  },
  {
    breaks: '30a',
    does: 'hears a phone before its owner enters',
    sql: [
      `UPDATE foot_traffic SET ${setTime('06 13:57:30')} WHERE ${id('SessionId', 'S2-117')} AND Zone = 'ENTRANCE'`,
    ],
    also: ['32d', '48a'],
  },
  {
    breaks: '30b',
    does: 'sees a shopper walk through another store',
    sql: [`UPDATE zone_changes SET StoreID = 2 WHERE ${id('SessionId', 'S1-3')}`],
    also: ['48d'],
  },
  {
    breaks: '30c',
    does: 'reads a beacon of another zone',
    sql: [
      `UPDATE ble_pings SET BeaconId = packed_id('B1-5') WHERE ${id('SessionId', 'S1-3')} AND Zone = 'CHECKOUT'`,
    ],
  },
  {
    breaks: '30c',
    does: 'reads a sensor of another store',
    sql: [
      `UPDATE foot_traffic SET SensorId = packed_id('N2-0') WHERE ${id('SessionId', 'S1-3')} AND Zone = 'ENTRANCE'`,
    ],
    also: ['48d'],
  },
  {
    breaks: '30d',
    does: 'hears two phones in one session',
    sql: [
      `UPDATE ble_pings SET CustomerBLEId = (SELECT max(BLEId) FROM customers) WHERE ${id('SessionId', 'S1-3')} AND Zone = 'CHECKOUT'`,
    ],
  },
  {
    breaks: '31a',
    does: 'has a customer in the store twice at a time',
    sql: handOver('S1-4', 4),
  },
  {
    breaks: '31b',
    does: 'has a customer in another store six seconds later',
    sql: handOver('S2-2', 1),
  },
  {
    breaks: '32a',
    does: 'begins a way elsewhere than at the entrance',
    sql: [
      `UPDATE zone_changes SET FromZone = 'HEALTH_BEAUTY' WHERE ${id('SessionId', 'S1-3')} AND FromZone = 'ENTRANCE'`,
    ],
  },
  {
    breaks: '32b',
    does: 'writes a receipt away from the checkout',
    sql: [
      `UPDATE zone_changes SET ToZone = 'HEALTH_BEAUTY' WHERE ${id('SessionId', 'S1-3')} AND ToZone = 'CHECKOUT'`,
      `UPDATE zone_changes SET FromZone = 'HEALTH_BEAUTY' WHERE ${id('SessionId', 'S1-3')} AND FromZone = 'CHECKOUT'`,
    ],
    also: ['30e'],
  },
  {
    breaks: '32c',
    does: 'walks through a wall',
    sql: ["DELETE FROM zone_layout WHERE Zone = 'GROCERY' AND AdjacentZone = 'CHECKOUT'"],
    also: ['C9f'],
  },
  {
    breaks: '32c',
    does: 'jumps from one zone to another',
    sql: [
      `UPDATE zone_changes SET FromZone = 'HEALTH_BEAUTY' WHERE ${id('SessionId', 'S1-3')} AND ToZone = 'CHECKOUT'`,
    ],
  },
  {
    breaks: '33a',
    does: 'lets more people leave than came',
    sql: [
      `UPDATE foot_traffic SET "Count" = 50 WHERE ${id('SessionId', 'S1-0')} AND Zone = 'EXIT'`,
    ],
  },
  {
    breaks: '33b',
    does: 'loses one of a party',
    sql: [`UPDATE foot_traffic SET "Count" = 1 WHERE ${id('SessionId', 'S1-1')} AND Zone = 'EXIT'`],
  },
  {
    breaks: '33b',
    does: 'locks a shopper in for the night',
    sql: [`DELETE FROM foot_traffic WHERE ${id('SessionId', 'S2-111')} AND Zone = 'EXIT'`],
  },
  {
    breaks: '33c',
    does: 'lets someone enter before the store opens',
    sql: [`UPDATE store_ops SET ${setTime('04 13:11:00')} WHERE ${id('TraceId', 'W2-0')}`],
    also: ['34b', '34c', '34e'],
  },
  {
    breaks: '34a',
    does: 'writes a receipt before the store opens',
    sql: [`UPDATE receipts SET ${setTime('04 12:00:00')} WHERE ${id('ReceiptId', 'R1-0')}`],
    also: ['03b', '08b', '15c', '29a', '32b', '48a'],
  },
  {
    breaks: '34b',
    does: 'closes a store while a shopper is inside',
    sql: [
      `UPDATE store_ops SET ${setTime('04 23:12:00')}, Part = (SELECT min(Part) FROM store_ops) WHERE ${id('TraceId', 'W2-1')}`,
    ],
    also: ['33b'],
  },
  {
    breaks: '34c',
    does: 'hears a phone before the store opens',
    sql: [
      `UPDATE ble_pings SET ${setTime('04 12:00:00')} WHERE ${id('SessionId', 'S1-0')} AND Zone = 'ENTRANCE'`,
    ],
    also: ['30a', '30f', '48a'],
  },
  {
    breaks: '34d',
    does: 'opens a store that is open',
    sql: [`DELETE FROM store_ops WHERE ${id('TraceId', 'W1-1')}`],
    also: ['48e'],
  },
  {
    breaks: '35',
    does: 'hears a phone too loud',
    sql: [`UPDATE ble_pings SET RSSI = -10 WHERE ${id('SessionId', 'S1-3')}`],
  },
  {
    breaks: '36a',
    does: 'writes receipts two at a time',
    sql: [2, 4, 6].map(
      (receipt) =>
        `UPDATE receipts SET EventTS = (SELECT EventTS FROM receipts WHERE ${id('ReceiptId', `R1-${receipt}`)}) WHERE ${id('ReceiptId', `R1-${receipt + 1}`)}`,
    ),
    also: ['03b', '08b', '15c'],
  },
];
