import { id, type Mutation, setTime } from './mutation.ts';

/** How the world works: paths through stores, hours, orders, trucks and disruptions. */
export const OPERATIONS: readonly Mutation[] = [
  {
    breaks: '21e',
    does: 'orders from the DC of another region',
    sql: [`UPDATE reorders SET DCID = 2 WHERE ${id('OrderRef', 'Q2-0')}`],
    also: ['19', '43d'],
  },
  {
    breaks: '21e',
    does: 'calls an order urgent with enough on the shelf',
    sql: [
      `UPDATE reorders SET Priority = 'URGENT' WHERE ${id('OrderRef', 'Q1-0')} AND ProductID = 1`,
    ],
  },
  {
    breaks: '21f',
    does: 'raises a reorder point beyond what the level needs',
    sql: [
      // Orders that last for so many days, in a season like any other.
      'INSERT INTO order_cover VALUES (2.75)',
      "INSERT INTO planned_seasons SELECT LocalDate, 2, 'Grocery', 1, 1 FROM local_days WHERE TimeZone = 'America/New_York'",
      `UPDATE reorders SET ReorderPoint = ReorderPoint + 2, OrderUpToLevel = OrderUpToLevel + 2 WHERE ${id('OrderRef', 'Q1-0')} AND ProductID = 1`,
    ],
  },
  {
    breaks: '22d',
    does: 'expects a truck an hour late from the start',
    sql: [
      `UPDATE truck_moves SET ETA = ETA + INTERVAL 1 HOUR WHERE ${id('ShipmentId', 'H1-1')} AND Status = 'SCHEDULED'`,
    ],
  },
  {
    breaks: '22e',
    does: 'has a truck home at once',
    sql: [
      `UPDATE truck_moves SET ETA = EventTS + INTERVAL 1 MINUTE WHERE ${id('ShipmentId', 'H1-1')} AND Status = 'COMPLETED'`,
    ],
  },
  {
    breaks: '30e',
    does: 'hears a phone in a zone that its owner has left',
    sql: [
      `UPDATE ble_pings SET Zone = 'GROCERY', BeaconId = packed_id('B1-1') WHERE ${id('SessionId', 'S1-3')} AND Zone = 'CHECKOUT'`,
    ],
  },
  {
    breaks: '30f',
    does: 'does not hear a phone at the exit',
    sql: [`DELETE FROM ble_pings WHERE ${id('SessionId', 'S1-3')} AND Zone = 'EXIT'`],
  },
  {
    breaks: '32d',
    does: 'counts nobody in a zone that someone left',
    sql: [`DELETE FROM foot_traffic WHERE ${id('SessionId', 'S1-3')} AND Zone = 'GROCERY'`],
  },
  {
    breaks: '32d',
    does: 'has someone stay a second longer than the way took',
    sql: [
      `UPDATE foot_traffic SET Dwell = Dwell + 1 WHERE ${id('SessionId', 'S1-3')} AND Zone = 'ENTRANCE'`,
    ],
  },
  {
    breaks: '33d',
    does: 'counts one more in the middle of the store',
    sql: [
      `UPDATE foot_traffic SET "Count" = "Count" + 1 WHERE ${id('SessionId', 'S1-3')} AND Zone = 'GROCERY'`,
    ],
  },
  {
    breaks: '34e',
    does: 'opens an hour late',
    sql: [`UPDATE store_ops SET ${setTime('05 15:00:00.003')} WHERE ${id('TraceId', 'W3-2')}`],
  },
  {
    breaks: '34e',
    does: 'never closes on the first evening',
    sql: [`DELETE FROM store_ops WHERE StoreID = 3 AND ${id('TraceId', 'W3-0')} IS NOT TRUE`],
    also: ['C1c'],
  },
  {
    breaks: '34f',
    does: 'takes goods back at night',
    sql: [`UPDATE returns SET ${setTime('05 06:00:00')}`],
    also: ['08c', '15c'],
  },
  {
    breaks: '39c',
    does: 'forgets an order for two days',
    sql: [`DELETE FROM online_order_status WHERE ${id('OrderId', 'O1-4')} AND Status <> 'CREATED'`],
    also: ['40'],
  },
  {
    breaks: '39d',
    does: 'hands out an order after its customer has left',
    sql: [
      `UPDATE online_order_status SET ${setTime('04 19:30:00')} WHERE ${id('OrderId', 'O1-0')} AND Status = 'COLLECTED'`,
    ],
  },
  {
    breaks: '39e',
    does: "fulfils an order of another store's customer",
    sql: [`UPDATE online_orders SET CustomerID = 206 WHERE ${id('OrderId', 'O1-3')}`],
  },
  {
    breaks: '42b',
    does: 'recovers from what never began',
    sql: ["DELETE FROM supply_chain_disruption WHERE Status = 'ACTIVE'"],
  },
  {
    breaks: '42c',
    does: 'touches more products than there are',
    sql: ['UPDATE supply_chain_disruption SET AffectedProducts = 5'],
  },
  {
    breaks: '42d',
    does: 'ends a disruption an hour before its scenario does',
    sql: [
      `INSERT INTO declared_disruptions SELECT 'America/New_York', Type, Severity, Description, ImpactPercentage, StartTime, EndTime + INTERVAL 1 HOUR FROM supply_chain_disruption WHERE Status = 'ACTIVE'`,
    ],
  },
];
