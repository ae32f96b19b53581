import { id, type Mutation, setTime } from './mutation.ts';

export const TRUCKS: readonly Mutation[] = [
  {
    breaks: '22a',
    does: 'completes a trip in the moment that unloading begins',
    sql: [
      `UPDATE truck_moves SET ${setTime('05 07:00:00')} WHERE ${id('ShipmentId', 'H1-0')} AND Status = 'UNLOADING'`,
    ],
  },
  {
    breaks: '22a',
    does: 'skips the loading of a trip that is under way',
    sql: [`DELETE FROM truck_moves WHERE ${id('ShipmentId', 'H1-2')} AND Status = 'SCHEDULED'`],
    also: ['48a'],
  },
  {
    breaks: '22b',
    does: 'hides a delay',
    sql: ["DELETE FROM truck_moves WHERE Status = 'DELAYED'"],
  },
  {
    breaks: '22b',
    does: 'reports a delay too early',
    sql: [`UPDATE truck_moves SET ${setTime('05 05:59:00')} WHERE Status = 'DELAYED'`],
  },
  {
    breaks: '22c',
    does: 'ends a trip at another store',
    sql: [
      `UPDATE truck_moves SET StoreID = 1 WHERE ${id('ShipmentId', 'H1-1')} AND Status = 'COMPLETED'`,
    ],
  },
  {
    breaks: '23a',
    does: 'loads a truck that has left',
    sql: [
      `UPDATE truck_inventory SET ${setTime('05 20:35:00')} WHERE ${id('ShipmentId', 'H1-1')} AND Action = 'LOAD'`,
    ],
    also: ['15c'],
  },
  {
    breaks: '23b',
    does: 'unloads a truck that has left',
    sql: [
      `UPDATE truck_inventory SET ${setTime('05 22:35:00')} WHERE ${id('ShipmentId', 'H1-1')} AND Action = 'UNLOAD'`,
    ],
    also: ['15c'],
  },
  {
    breaks: '24',
    does: 'moves the depot of a supplier out of reach',
    sql: ['UPDATE supplier_depots SET Latitude = 60'],
    also: ['22d', '22e', 'C9c'],
  },
  {
    breaks: '24',
    does: 'moves a store out of reach',
    sql: ['UPDATE stores SET Latitude = 43 WHERE ID = 2'],
    also: ['22d', '22e', '27c', 'C7b', 'C9g'],
  },
  {
    breaks: '25a',
    does: 'starts the next trip before the truck is home',
    sql: [
      `UPDATE truck_moves SET ETA = TIMESTAMP '2024-03-05 19:30:00' WHERE ${id('ShipmentId', 'H1-0')} AND Status = 'COMPLETED'`,
    ],
  },
  {
    breaks: '25b',
    does: 'drives to a store of another DC',
    sql: ['UPDATE stores SET DCID = 2 WHERE ID = 2'],
    also: ['21e', '39e', 'C7b', 'C9g', 'C9j'],
  },
  {
    breaks: '26a',
    does: 'overloads a truck',
    sql: ['UPDATE trucks SET CapacityUnits = 95 WHERE ID = 1'],
  },
  {
    breaks: '26b',
    does: 'carries milk in a warm truck',
    sql: ['UPDATE trucks SET Refrigeration = false WHERE ID = 1'],
  },
  {
    breaks: '27a',
    does: 'drives more than eleven hours',
    sql: [
      `UPDATE truck_moves SET DutyDrivingMinutes = 661 WHERE ${id('ShipmentId', 'H1-0')} AND Status = 'COMPLETED'`,
    ],
  },
  {
    breaks: '27b',
    does: 'begins a new duty period without a rest',
    sql: [
      `UPDATE truck_moves SET DutyDrivingMinutes = 10 WHERE ${id('ShipmentId', 'H1-0')} AND Status = 'UNLOADING'`,
    ],
  },
  {
    breaks: '27c',
    does: 'does not count the way out',
    sql: [`UPDATE truck_moves SET DutyDrivingMinutes = 0 WHERE ${id('ShipmentId', 'H1-1')}`],
  },
  {
    breaks: '27c',
    does: 'counts more driving than time that passed',
    sql: [
      `UPDATE truck_moves SET DutyDrivingMinutes = 71 WHERE ${id('ShipmentId', 'H1-1')} AND DutyDrivingMinutes > 0`,
    ],
  },
  {
    breaks: '26c',
    does: 'gives one truck a pallet more',
    sql: ['UPDATE trucks SET CapacityPallets = CapacityPallets + 1 WHERE ID = 4'],
  },
];
