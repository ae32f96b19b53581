/** The supply chain: what is reordered, and the trucks that bring it. */
import {
  at,
  choice,
  dc,
  id,
  int,
  oldestOrder,
  oldestOrderProduct,
  product,
  shipment,
  stockoutTrace,
  storeOrNull,
  trace,
  truck,
} from '../fact-columns.ts';
import { fact } from '../fact-kind.ts';
import { LOAD_ACTIONS, LOCATION_TYPES, PRIORITIES, TRUCK_STATUSES } from '../values.ts';

export const SUPPLY = {
  truck_inventory: fact({
    about: 'Goods loaded on or unloaded from a truck.',
    columns: [
      trace,
      at,
      truck,
      shipment,
      product,
      int('Quantity', 'quantity', 'Units.'),
      choice('Action', 'action', LOAD_ACTIONS, 'Loaded or unloaded.'),
      int('LocationID', 'locationId', 'Id of the supplier, distribution center or store.'),
      choice('LocationType', 'locationType', LOCATION_TYPES, 'What LocationID names.'),
      id('OrderRef', 'orderRef', 'The reorder that asked for the goods.'),
    ],
    key: ['ShipmentId', 'ProductID', 'OrderRef', 'Action'],
  }),
  truck_moves: fact({
    about: 'A step of a shipment. ETA of the COMPLETED row: arrival back home.',
    columns: [
      trace,
      at,
      truck,
      { ...dc, about: 'Home of the truck, or destination of a supplier truck.' },
      { ...storeOrNull, about: 'Destination; empty for a supplier truck.' },
      shipment,
      choice('Status', 'status', TRUCK_STATUSES, 'What the truck does now.'),
      { name: 'ETA', field: 'etaMs', type: 'instant', nullable: true, about: 'Expected arrival.' },
      {
        name: 'ETD',
        field: 'etdMs',
        type: 'instant',
        nullable: true,
        about: 'Expected departure.',
      },
      int(
        'DutyDrivingMinutes',
        'dutyDrivingMinutes',
        "Driving so far in the driver's duty period, whole minutes, rounded up.",
      ),
    ],
    links: [oldestOrder, oldestOrderProduct],
    key: ['ShipmentId', 'Status'],
  }),
  reorders: fact({
    about:
      'A replenishment order line: of a store to its DC, or (StoreID empty) of a DC to a supplier.',
    columns: [
      trace,
      at,
      storeOrNull,
      dc,
      product,
      int('CurrentQuantity', 'currentQuantity', "Units on hand at review, by a store's record."),
      int('ReorderQuantity', 'reorderQuantity', 'Units ordered.'),
      int('ReorderPoint', 'reorderPoint', 'Reorder point in force at review.'),
      choice('Priority', 'priority', PRIORITIES, 'How urgent.'),
      id('OrderRef', 'orderRef', 'The replenishment order.'),
      int(
        'InventoryPosition',
        'inventoryPosition',
        'CurrentQuantity plus on order minus committed, at review.',
      ),
      int(
        'OrderUpToLevel',
        'orderUpToLevel',
        'Level that the order brings the position to, within one case pack.',
      ),
    ],
    links: [stockoutTrace],
    key: ['OrderRef', 'ProductID'],
  }),
} as const;
