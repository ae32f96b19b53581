/** Visits to stores: their doors, what sensors see of shoppers, and what these do not find. */
import {
  at,
  ble,
  cause,
  choice,
  id,
  int,
  product,
  session,
  store,
  trace,
} from '../fact-columns.ts';
import { fact } from '../fact-kind.ts';
import { SHELF_REACTIONS, STORE_OPERATIONS, ZONES } from '../values.ts';

export const VISITS = {
  foot_traffic: fact({
    about:
      'A sensor counted people: on entering at ENTRANCE, on leaving at EXIT, elsewhere when they move on.',
    columns: [
      trace,
      at,
      store,
      id('SensorId', 'sensorId', 'The sensor.'),
      choice('Zone', 'zone', ZONES, 'Where it hangs.'),
      int('Dwell', 'dwellSeconds', 'Time spent in the zone, seconds.'),
      int('Count', 'count', 'People in the party.'),
      session,
    ],
    links: [cause],
    key: ['SessionId', 'Zone'],
  }),
  zone_changes: fact({
    about: 'A shopper walked from one zone to the next.',
    columns: [
      trace,
      at,
      store,
      ble,
      choice('FromZone', 'fromZone', ZONES, 'Zone left.'),
      choice('ToZone', 'toZone', ZONES, 'Zone entered.'),
      session,
    ],
    key: ['SessionId', 'ToZone'],
  }),
  ble_pings: fact({
    about: "A beacon heard a shopper's phone.",
    columns: [
      trace,
      at,
      store,
      id('BeaconId', 'beaconId', 'The beacon.'),
      ble,
      int('RSSI', 'rssiDbm', 'Received signal strength, dBm.'),
      choice('Zone', 'zone', ZONES, "The beacon's zone."),
      session,
    ],
    key: ['SessionId', 'EventTS'],
  }),
  store_ops: fact({
    about: 'A store opened, or closed after its last shopper had left.',
    columns: [
      trace,
      at,
      store,
      choice('Operation', 'operation', STORE_OPERATIONS, 'What happened.'),
    ],
    key: ['TraceId'],
  }),
  unmet_demand: fact({
    about: 'A shopper wanted a product and found its shelf empty.',
    columns: [
      trace,
      at,
      store,
      product,
      int('Qty', 'qty', 'Units wanted.'),
      choice(
        'Reaction',
        'reaction',
        SHELF_REACTIONS,
        'Goes to another store, takes another brand, comes back for it later, drops it, or takes another size or variety.',
      ),
      {
        name: 'SubstituteProductID',
        field: 'substituteId',
        type: 'int',
        nullable: true,
        references: 'products_master.ID',
        about: 'The product taken instead, if any.',
      },
      session,
    ],
    key: ['TraceId', 'ProductID'],
  }),
} as const;
