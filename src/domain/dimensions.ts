/** The dimension (master) tables: columns in their published order, one declaration for all uses. */
import type { Column } from './columns.ts';
import {
  CAMPAIGN_TYPES,
  CHANNELS,
  DEPARTMENTS,
  DISCOUNT_TYPES,
  SEGMENTS,
  STORE_SIZES,
  ZONES,
} from './values.ts';

function column<
  const Name extends string,
  const Field extends string,
  const Type extends Column['type'],
>(name: Name, field: Field, type: Type, about: string, more?: Partial<Column>) {
  return { name, field, type, about, ...more } as Column & { name: Name; field: Field; type: Type };
}

const id = column('ID', 'id', 'int', 'Number from 1.');
const latitude = column('Latitude', 'latitude', 'real', 'Degrees north.', { scale: 5 });
const longitude = column('Longitude', 'longitude', 'real', 'Degrees east.', { scale: 5 });
const timeZone = column('TimeZone', 'timeZone', 'text', 'IANA time zone.');
const geographyRef = column('GeographyID', 'geographyId', 'int', 'Where it is.', {
  references: 'geographies_master.ID',
});
const productRef = column('ProductID', 'productId', 'int', 'The product.', {
  references: 'products_master.ID',
});
const currentQuantity = column(
  'CurrentQuantity',
  'quantity',
  'int',
  'Units on hand at the opening.',
);
const reorderPoint = column('ReorderPoint', 'reorderPoint', 'int', 'Reorder point at the opening.');
const leastReorderPoint = column(
  'LeastReorderPoint',
  'leastReorderPoint',
  'int',
  'Reorder points follow demand, but are never below this.',
);
const lastUpdated = column(
  'LastUpdated',
  'updatedMs',
  'instant',
  'The opening instant of the world.',
);

/** The columns of the dimension tables, in the order of the CSV, by name of the table. */
export const DIMENSIONS = {
  geographies_master: [
    id,
    column('City', 'city', 'text', 'Invented place.'),
    column('State', 'state', 'text', 'Postal code of the real state.'),
    column('ZipCode', 'zip', 'text', 'Five digits; the first three fit the state.'),
    column('District', 'district', 'text', 'Part of the region.'),
    column('Region', 'region', 'text', 'Census region.'),
    latitude,
    longitude,
    timeZone,
    column('Population', 'population', 'int', 'Residents.'),
    column('TaxRate', 'taxRate', 'real', 'Sales tax, share of the price.', { scale: 4 }),
  ],
  stores: [
    id,
    column('StoreNumber', 'storeNumber', 'text', 'Number on the door.'),
    column('Address', 'address', 'text', 'Street address.'),
    geographyRef,
    column('DCID', 'dcId', 'int', 'DC that serves the store: the nearest.', {
      references: 'distribution_centers.ID',
    }),
    latitude,
    longitude,
    timeZone,
    column('Size', 'size', 'choice', 'Class of size.', { values: STORE_SIZES }),
    column('TaxRate', 'taxRate', 'real', 'Sales tax, share of the price.', { scale: 4 }),
  ],
  distribution_centers: [
    id,
    column('DCNumber', 'dcNumber', 'text', 'Number on the gate.'),
    column('Address', 'address', 'text', 'Street address.'),
    geographyRef,
    latitude,
    longitude,
    timeZone,
  ],
  suppliers: [
    id,
    column('Company', 'company', 'text', 'Name of the company.'),
    latitude,
    longitude,
    column('LeadTimeDays', 'leadTimeDays', 'real', 'Median time from order to readiness, days.', {
      scale: 2,
    }),
  ],
  supplier_depots: [
    column('SupplierID', 'supplierId', 'int', 'The supplier.', { references: 'suppliers.ID' }),
    column('DCID', 'dcId', 'int', 'The DC that it loads goods for there.', {
      references: 'distribution_centers.ID',
    }),
    column('Depot', 'depot', 'int', 'Number of the depot at the DC; suppliers share it.'),
    latitude,
    longitude,
  ],
  trucks: [
    id,
    column('LicensePlate', 'licensePlate', 'text', 'Plate.'),
    column('Refrigeration', 'refrigerated', 'bool', 'Whether the trailer is cooled.'),
    column('DCID', 'dcId', 'int', "Home; 0 for suppliers' trucks."),
    column('CapacityUnits', 'capacityUnits', 'int', 'Units it carries.'),
    column('CapacityPallets', 'capacityPallets', 'int', 'Pallets it carries.'),
  ],
  customers: [
    id,
    column('FirstName', 'firstName', 'text', 'Invented.'),
    column('LastName', 'lastName', 'text', 'Invented.'),
    column('Address', 'address', 'text', 'Street address.'),
    geographyRef,
    column('LoyaltyCard', 'loyaltyCard', 'text', 'Card number; empty without one.', {
      nullable: true,
    }),
    column(
      'Phone',
      'phone',
      'text',
      "An area code of the customer's state, and a number in the range reserved for fiction (555-01xx).",
    ),
    column('BLEId', 'bleCustomerId', 'ble', "The phone's BLE id."),
    column('AdId', 'adCustomerId', 'ad', 'Advertising id.'),
    column('Segment', 'segment', 'choice', 'Shopping segment.', { values: SEGMENTS }),
    column('HomeStoreID', 'homeStoreId', 'int', 'Nearest store.', { references: 'stores.ID' }),
    column(
      'AdHoldout',
      'adHoldout',
      'bool',
      'Whether the customer is held out from all ads, for comparison.',
    ),
    column('AccountOpened', 'openedMs', 'date', 'Day since which the customer is one.'),
  ],
  customer_moves: [
    column('CustomerID', 'customerId', 'int', 'Who moves.', { references: 'customers.ID' }),
    column('MovedOn', 'movedMs', 'date', 'First day at the new address (UTC).'),
    column('Address', 'address', 'text', 'The new street address.'),
    column('GeographyID', 'geographyId', 'int', 'The place of the new address.', {
      references: 'geographies_master.ID',
    }),
    column('HomeStoreID', 'homeStoreId', 'int', 'Nearest store to the new address.', {
      references: 'stores.ID',
    }),
  ],
  products_master: [
    id,
    column('ProductName', 'name', 'text', 'Name on the shelf.'),
    column('Brand', 'brand', 'text', 'Brand; unique together with the name.'),
    column('Company', 'company', 'text', 'Owner of the brand.'),
    column('Department', 'department', 'choice', 'Department.', { values: DEPARTMENTS }),
    column('Category', 'category', 'text', 'Category.'),
    column('Subcategory', 'subcategory', 'text', 'Subcategory.'),
    column('Cost', 'costCents', 'money', 'What the retailer pays.'),
    column('MSRP', 'msrpCents', 'money', "The maker's recommendation."),
    column('SalePrice', 'salePriceCents', 'money', 'Everyday price.'),
    column('RequiresRefrigeration', 'refrigerated', 'bool', 'Rides only in cooled trucks.'),
    column('LaunchDate', 'launchMs', 'date', 'First day of sale.'),
    column('Taxable', 'taxable', 'bool', 'Whether sales tax is due.'),
    column('CasePack', 'casePack', 'int', 'Units in a case.'),
    column('SupplierID', 'supplierId', 'int', 'Who delivers it.', { references: 'suppliers.ID' }),
  ],
  dc_inventory_snapshots: [
    column('DCID', 'nodeId', 'int', 'The distribution center.', {
      references: 'distribution_centers.ID',
    }),
    productRef,
    currentQuantity,
    reorderPoint,
    lastUpdated,
    leastReorderPoint,
  ],
  store_inventory_snapshots: [
    column('StoreID', 'nodeId', 'int', 'The store.', { references: 'stores.ID' }),
    productRef,
    currentQuantity,
    reorderPoint,
    lastUpdated,
    leastReorderPoint,
    column('ShelfQuantity', 'shelf', 'int', 'Units on the shelf; the rest is in the backroom.'),
    column('ShelfCapacity', 'shelfCapacity', 'int', 'Units that the shelf holds.'),
    column('RecordedQuantity', 'recorded', 'int', "Units in the store by the store's record."),
  ],
  campaigns: [
    column('CampaignId', 'id', 'int', 'Number from 1.'),
    column('Channel', 'channel', 'choice', 'Where it runs.', { values: CHANNELS }),
    column('Type', 'type', 'choice', 'Kind of campaign.', { values: CAMPAIGN_TYPES }),
    column('StartTS', 'startMs', 'instant', 'Start.'),
    column('EndTS', 'endMs', 'instant', 'End, exclusive.'),
    column('Budget', 'budgetCents', 'money', 'What it may cost over the network.'),
    column('CostPerImpression', 'costPerImpressionCents', 'money', 'Price of one impression.'),
  ],
  promotion_calendar: [
    column('PromoCode', 'code', 'text', 'Code as on receipts.'),
    column(
      'Department',
      'department',
      'text',
      'Department it runs in; empty for a scenario over several.',
      { nullable: true },
    ),
    column(
      'DiscountType',
      'discountType',
      'choice',
      'For everyone, with a loyalty card, or for everyone after the season.',
      {
        values: DISCOUNT_TYPES,
      },
    ),
    column('PercentOff', 'percentOff', 'int', 'Depth, percent of SalePrice.'),
    column('StartTS', 'startMs', 'instant', 'Start.'),
    column('EndTS', 'endMs', 'instant', 'End, exclusive.'),
  ],
  zone_layout: [
    column('Zone', 'zone', 'choice', 'A zone of every store.', { values: ZONES }),
    column('AdjacentZone', 'adjacentZone', 'choice', 'One that a shopper can walk to directly.', {
      values: ZONES,
    }),
  ],
} as const satisfies Record<string, readonly Column[]>;

/** Name of a dimension table. */
export type DimensionName = keyof typeof DIMENSIONS;
export const DIMENSION_NAMES = Object.keys(DIMENSIONS) as DimensionName[];

/** What a table without a catalogue entry of its own is, and the columns that are unique together. */
export interface TableNote {
  readonly about: string;
  readonly key: readonly string[];
}

export const DIMENSION_NOTES = {
  geographies_master: { about: 'A place where stores, DCs and customers are.', key: ['ID'] },
  stores: { about: 'A store.', key: ['ID'] },
  distribution_centers: {
    about: 'A distribution center (DC): a region, with its stores, trucks and customers.',
    key: ['ID'],
  },
  suppliers: { about: 'A company that delivers to the DCs.', key: ['ID'] },
  trucks: { about: 'A truck of a DC, or of the suppliers.', key: ['ID'] },
  supplier_depots: {
    about:
      "Where a supplier's goods for a DC are loaded: a consolidation depot that several share.",
    key: ['SupplierID', 'DCID'],
  },
  customers: { about: 'A customer, with the address at the opening of the world.', key: ['ID'] },
  customer_moves: {
    about:
      'A customer moves to another address; all moves before the year ends in which the history does.',
    key: ['CustomerID', 'MovedOn'],
  },
  products_master: { about: 'A product of the assortment, with its everyday price.', key: ['ID'] },
  dc_inventory_snapshots: {
    about: 'The opening stock of one product at a DC that carries it.',
    key: ['DCID', 'ProductID'],
  },
  store_inventory_snapshots: {
    about: 'The opening stock of one product at a store that carries it.',
    key: ['StoreID', 'ProductID'],
  },
  campaigns: {
    about: 'An ad campaign; all that start before the year ends in which the history does.',
    key: ['CampaignId'],
  },
  promotion_calendar: {
    about: 'A promotion; all that start before the year ends in which the history does.',
    key: ['PromoCode'],
  },
  zone_layout: {
    about: 'Two zones that lie side by side; the same in every store.',
    key: ['Zone', 'AdjacentZone'],
  },
} as const satisfies Record<DimensionName, TableNote>;

/** Closing stock, written at the end of each run beside the facts, so that files alone can be audited. */
export const CLOSING = {
  store_stock: [
    column('StoreID', 'nodeId', 'int', 'The store.', { references: 'stores.ID' }),
    productRef,
    column('OnHand', 'onHand', 'int', 'Units on hand.'),
    column('OnOrder', 'onOrder', 'int', 'Units ordered and not yet received.'),
    column('Shelf', 'shelf', 'int', 'Units on the shelf, those in carts included.'),
    column('Backroom', 'backroom', 'int', 'Units in the backroom.'),
    column('Recorded', 'recorded', 'int', "Units on hand by the store's record."),
  ],
  dc_stock: [
    column('DCID', 'nodeId', 'int', 'The distribution center.', {
      references: 'distribution_centers.ID',
    }),
    productRef,
    column('OnHand', 'onHand', 'int', 'Units on hand.'),
    column('OnOrder', 'onOrder', 'int', 'Units ordered and not yet received.'),
  ],
  in_transit: [
    column('TruckId', 'truckId', 'int', 'The truck.', { references: 'trucks.ID' }),
    column('ShipmentId', 'shipmentId', 'id', 'The shipment.'),
    productRef,
    column('Quantity', 'quantity', 'int', 'Units on board.'),
  ],
} as const satisfies Record<string, readonly Column[]>;

export const CLOSING_NOTES = {
  store_stock: {
    about: 'The stock of one product at a store that carries it.',
    key: ['StoreID', 'ProductID'],
  },
  dc_stock: {
    about: 'The stock of one product at a DC that carries it.',
    key: ['DCID', 'ProductID'],
  },
  in_transit: {
    about: 'Units of one product on board of a truck.',
    key: ['ShipmentId', 'ProductID'],
  },
} as const satisfies Record<keyof typeof CLOSING, TableNote>;
